using System.Globalization;

namespace Url2Video.Farm.Content.Writing;

/// <summary>How many words a figure has when it is read aloud: <c>4.7</c> has three, <c>21</c> has two.</summary>
internal static class SpokenNumber
{
    /// <summary>Longer runs of digits are read one by one.</summary>
    private const int NumberDigitsMax = 12;

    private const int TextDigitsMax = 40;

    /// <param name="figure">Digits, with points or commas between them.</param>
    /// <param name="isMoney">Cents are read as a number of their own, and not at all when there are none.</param>
    /// <param name="language">Primary tag; decides which mark groups thousands.</param>
    public static int WordsOf(ReadOnlySpan<char> figure, bool isMoney, string language)
    {
        var digits = figure.ToString();
        var at = digits.LastIndexOfAny(['.', ',']);
        if (at < 0)
        {
            var isYear = !isMoney && language == "en" && digits.Length == 4 && int.Parse(digits, CultureInfo.InvariantCulture) is >= 1100 and < 2000;
            return isYear ? Math.Max(2, Whole(digits[..2]) + Whole(digits[2..])) : Whole(digits);
        }

        if (IsGroup(digits, at, language))
        {
            return Whole(Bare(digits));
        }

        var whole = Whole(Bare(digits[..at]));
        var decimals = digits[(at + 1)..];
        if (!isMoney)
        {
            return whole + 1 + Math.Min(decimals.Length, TextDigitsMax);
        }

        return decimals.Trim('0').Length == 0 ? whole : whole + 2 + Whole(decimals);
    }

    private static bool IsGroup(string digits, int at, string language)
    {
        var isThree = digits.Length - at - 1 == 3;
        var groups = language is "en" or "zh" or "ja" or "ko" or "th" or "he" or "yue" ? ',' : '.';
        return isThree && (digits[at] == groups || digits.AsSpan(0, at).Contains(digits[at]));
    }

    private static string Bare(string digits) => digits.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);

    private static int Whole(string digits) => digits.Length > NumberDigitsMax
        ? Math.Min(digits.Length, TextDigitsMax)
        : Math.Max(1, Cardinal(long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)));

    /// <summary>Zero has no word here: it is silent at the end of <c>twenty</c> and of <c>a hundred</c>.</summary>
    private static int Cardinal(long number) => number switch
    {
        >= 1_000_000_000 => Cardinal(number / 1_000_000_000) + 1 + Cardinal(number % 1_000_000_000),
        >= 1_000_000 => Cardinal(number / 1_000_000) + 1 + Cardinal(number % 1_000_000),
        >= 1_000 => Cardinal(number / 1_000) + 1 + Cardinal(number % 1_000),
        >= 100 => 2 + Cardinal(number % 100),
        >= 20 => 1 + (number % 10 == 0 ? 0 : 1),
        0 => 0,
        _ => 1,
    };
}
