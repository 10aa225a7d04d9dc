using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>Numbers in English words. Pure.</summary>
internal static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly (long Value, string Name)[] Large =
    [
        (1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"),
    ];

    /// <summary>0 .. 999 trillion.</summary>
    internal static string Cardinal(long value)
    {
        if (value < 20)
        {
            return Small[value];
        }

        if (value < 100)
        {
            return value % 10 == 0 ? Tens[value / 10] : $"{Tens[value / 10]} {Small[value % 10]}";
        }

        var (unit, name) = Large.First(l => value >= l.Value);
        var rest = value % unit;
        var head = $"{Cardinal(value / unit)} {name}";
        return rest == 0 ? head : rest < 100 ? $"{head} and {Cardinal(rest)}" : $"{head} {Cardinal(rest)}";
    }

    internal static string Ordinal(long value)
    {
        var cardinal = Cardinal(value);
        var blank = cardinal.LastIndexOf(' ');
        var (head, last) = (cardinal[..(blank + 1)], cardinal[(blank + 1)..]);
        return head + last switch
        {
            "one" => "first",
            "two" => "second",
            "three" => "third",
            "five" => "fifth",
            "eight" => "eighth",
            "nine" => "ninth",
            "twelve" => "twelfth",
            _ when last.EndsWith('y') => last[..^1] + "ieth",
            _ => last + "th",
        };
    }

    /// <summary>As in "in 1984", "2005", "1900".</summary>
    internal static string Year(int year) => year switch
    {
        < 1100 or >= 2100 or 2000 => Cardinal(year),
        > 2000 and < 2010 => $"two thousand {Small[year - 2000]}",
        _ when year % 100 == 0 => $"{Cardinal(year / 100)} hundred",
        _ when year % 100 < 10 => $"{Cardinal(year / 100)} oh {Small[year % 100]}",
        _ => $"{Cardinal(year / 100)} {Cardinal(year % 100)}",
    };

    /// <summary>One digit after another; signs between them are skipped.</summary>
    internal static string Digits(string text)
    {
        var spoken = new StringBuilder();
        foreach (var c in text.Where(char.IsAsciiDigit))
        {
            spoken.Append(spoken.Length > 0 ? " " : "").Append(Small[c - '0']);
        }

        return spoken.ToString();
    }

    /// <summary>Digits with optional thousands commas and decimals. Longer than fifteen digits: digit by digit.</summary>
    internal static string Number(string text)
    {
        var plain = text.Replace(",", "", StringComparison.Ordinal);
        var dot = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? plain : plain[..dot];
        var spoken = whole.Length is > 15 || (whole.Length > 1 && whole[0] == '0')
            ? Digits(whole)
            : Cardinal(long.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture));
        return dot < 0 ? spoken : $"{spoken} point {Digits(plain[(dot + 1)..])}";
    }

    /// <summary>True for "1", "1.0", "1.00" …: what takes a singular.</summary>
    internal static bool IsOne(string number) => number == "1" || (number.StartsWith("1.", StringComparison.Ordinal) && number.AsSpan(2).Trim('0').IsEmpty);
}
