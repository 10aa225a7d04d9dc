using System.Globalization;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>
/// Any language but English: signs become words, thousands separators go, digits stay for the engine to read. Of a
/// language without <see cref="LanguageWords"/> everything but markup and addresses passes through.
/// </summary>
internal sealed partial class GeneralRules(LanguageWords words) : ILanguageRules
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "dr", "prof", "hr", "fr", "nr", "st", "bzw", "ca", "etc", "usw", "mr", "mme", "sr", "sra", "ing", "vs", "mio", "mrd", "tel",
    };

    public Reading Read(string text, int at)
    {
        if (!words.Known)
        {
            return PlainNumber(text, at);
        }

        var web = WebAddress.Read(text, at, new WebWords(words.Dot, words.At, words.Slash), static digits => digits);
        return web.Found ? web : First(Date(text, at), Clock(text, at), Money(text, at), Range(text, at), Percent(text, at), Unit(text, at), PlainNumber(text, at));
    }

    public string Symbol(char symbol) => symbol switch
    {
        '&' => words.And,
        '+' => words.Plus,
        '%' when words.Known => words.Percent,
        '€' when words.Known => words.Euros,
        '$' when words.Known => words.Dollars,
        '£' when words.Known => words.Pounds,
        // The engine knows better than we do.
        '%' or '€' or '$' or '£' or '¥' or '₽' or '₩' => symbol.ToString(),
        '٪' => "%",
        _ => "",
    };

    public bool IsAbbreviation(string word) => Abbreviations.Contains(word);

    private static Reading First(params ReadOnlySpan<Reading> readings)
    {
        foreach (var reading in readings)
        {
            if (reading.Found)
            {
                return reading;
            }
        }

        return Reading.None;
    }

    private Reading Money(string text, int at)
    {
        var match = MoneyForm().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var sign = match.Groups["s"].Value + match.Groups["t"].Value;
        var (one, many) = sign switch
        {
            "€" or "EUR" => (words.Euro, words.Euros),
            "$" or "USD" => (words.Dollar, words.Dollars),
            _ => (words.Pound, words.Pounds),
        };
        var number = Canonical(match.Groups["n"].Value);
        var mark = number.IndexOf(words.DecimalComma ? ',' : '.', StringComparison.Ordinal);
        if (match.Groups["m"].Success)
        {
            var scale = match.Groups["m"].Value switch { "Mio." => "Millionen", "Mrd." => "Milliarden", var other => other };
            return new Reading(match.Length, $"{number} {scale} {many}");
        }

        // 19,99 € is "19 Euro 99": how prices are said in all of these languages.
        return new Reading(match.Length, mark < 0
            ? $"{number} {(number == "1" ? one : many)}"
            : $"{number[..mark]} {(number[..mark] == "1" ? one : many)} {number[(mark + 1)..].TrimStart('0').PadLeft(1, '0')}");
    }

    /// <summary>Day first, as in all of these languages; the ISO form says itself what it is.</summary>
    private Reading Date(string text, int at)
    {
        var match = DateForm().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var (day, month) = (int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture));
        return day is < 1 or > 31 || month is < 1 or > 12
            ? Reading.None
            : new Reading(match.Length, string.Format(CultureInfo.InvariantCulture, words.Date, day, words.Months.Split(' ')[month - 1], match.Groups["y"].Value));
    }

    private Reading Clock(string text, int at)
    {
        var match = ClockForm().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var minutes = match.Groups["m"].Value.TrimStart('0');
        return new Reading(match.Length, $"{match.Groups["h"].Value} {(minutes.Length > 0 || words.Hour is "Uhr" or "heures" or "uur" ? words.Hour : "")} {minutes}");
    }

    private Reading Percent(string text, int at)
    {
        var match = PercentForm().Match(text, at);
        return match.Success ? new Reading(match.Length, $"{Signed(match)} {words.Percent}") : Reading.None;
    }

    private Reading Unit(string text, int at)
    {
        var match = UnitForm().Match(text, at);
        return match.Success
            ? new Reading(match.Length, $"{Signed(match)} {(match.Groups["u"].Value == "km/h" ? words.KilometresPerHour : words.Celsius)}")
            : Reading.None;
    }

    private Reading Range(string text, int at)
    {
        var match = RangeForm().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var percent = match.Groups["p"].Success ? " " + words.Percent : "";
        return new Reading(match.Length, $"{match.Groups["a"].Value} {words.To} {match.Groups["b"].Value}{percent}");
    }

    private Reading PlainNumber(string text, int at)
    {
        var match = NumberForm().Match(text, at);
        return match.Success ? new Reading(match.Length, Signed(match)) : Reading.None;
    }

    private string Signed(Match match) => (match.Groups["neg"].Success && words.Known ? words.Minus + " " : "") + Canonical(match.Groups["n"].Value);

    /// <summary>Without thousands separators; a fraction of zeros is dropped.</summary>
    private string Canonical(string number)
    {
        if (!words.Known)
        {
            return Grouped().IsMatch(number) ? number.Replace(",", "", StringComparison.Ordinal) : number;
        }

        var (group, mark) = words.DecimalComma ? ('.', ',') : (',', '.');
        var plain = number.Replace("\u00a0", "", StringComparison.Ordinal).Replace("\u202f", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var lastGroup = plain.LastIndexOf(group);
        // "3.5" in German text is a foreign decimal point, "3.500" a thousand.
        var isGroup = lastGroup >= 0 && (plain.IndexOf(mark, StringComparison.Ordinal) > lastGroup || plain.Length - lastGroup == 4);
        plain = isGroup ? plain.Replace(group.ToString(), "", StringComparison.Ordinal) : plain.Replace(group, mark);
        var fraction = plain.IndexOf(mark, StringComparison.Ordinal);
        return fraction > 0 && plain.AsSpan(fraction + 1).Trim('0').IsEmpty ? plain[..fraction] : plain;
    }

    private const string Number = @"(?<n>\d{1,3}(?:[.,\u00a0\u202f ]\d{3}){1,4}(?:[.,]\d{1,6})?(?!\d)|\d{1,15}(?:[.,]\d{1,6})?)";

    [GeneratedRegex(@"\G(?:(?<s>[€$£])\s?" + Number + @"|" + Number + @"(?:\s?(?<m>Mio\.|Mrd\.|Millionen|Milliarden|millions?|milliards?|millones|milhões|milioni|miljoen))?\s?(?<t>€|\$|£|EUR\b|USD\b|GBP\b))", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyForm();

    [GeneratedRegex(@"\G(?:(?<d>\d{1,2})(?<s>[./])(?<m>\d{1,2})\k<s>(?<y>\d{4})|(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2}))(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex DateForm();

    [GeneratedRegex(@"\G(?<h>[01]?\d|2[0-3]):(?<m>[0-5]\d)(?![\d:])(?:\s?(?:Uhr|heures|uur|h)\b)?", RegexOptions.CultureInvariant)]
    private static partial Regex ClockForm();

    [GeneratedRegex(@"\G(?<neg>[-−])?" + Number + @"[\s\u00a0\u202f]?%", RegexOptions.CultureInvariant)]
    private static partial Regex PercentForm();

    [GeneratedRegex(@"\G(?<neg>[-−])?" + Number + @"[\s\u00a0\u202f]?(?<u>km/h\b|°\s?C\b)", RegexOptions.CultureInvariant)]
    private static partial Regex UnitForm();

    [GeneratedRegex(@"\G(?<a>\d{1,6})\s?[-–]\s?(?<b>\d{1,6})(?![-–\d.,:/])(?<p>\s?%)?", RegexOptions.CultureInvariant)]
    private static partial Regex RangeForm();

    [GeneratedRegex(@"\G(?<neg>[-−])?" + Number + @"(?![\d:/])", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();
}
