using System.Globalization;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>Dates (<c>2026-11-22</c>, <c>22 Nov 2026</c>, <c>11/22/2026</c>) and times of day. Pure.</summary>
internal static partial class EnglishDates
{
    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    internal static Reading Read(string text, int at)
    {
        foreach (var form in (ReadOnlySpan<Regex>)[Iso(), Slashed(), DayMonth(), MonthDay()])
        {
            var match = form.Match(text, at);
            if (match.Success && TryDate(match, out var spoken))
            {
                return new Reading(match.Length, spoken);
            }
        }

        var month = MonthYear().Match(text, at);
        if (month.Success)
        {
            return new Reading(month.Length, $"{Months[MonthOf(month.Groups["m"].Value) - 1]} {EnglishNumbers.Year(Int(month.Groups["y"].Value))}");
        }

        var clock = Clock().Match(text, at);
        clock = clock.Success ? clock : HourOnly().Match(text, at);
        return clock.Success && TryTime(clock, out var time) ? new Reading(clock.Length, time) : Reading.None;
    }

    private static bool TryDate(Match match, out string spoken)
    {
        var (month, day) = (MonthOf(match.Groups["m"].Value), Int(match.Groups["d"].Value));
        // 22/11/2026 cannot be read the American way, so it is read the other way.
        (month, day) = month > 12 ? (day, month) : (month, day);
        var valid = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2024, month);
        spoken = "";
        if (valid)
        {
            var year = match.Groups["y"].Success ? ", " + EnglishNumbers.Year(Int(match.Groups["y"].Value)) : "";
            spoken = $"{Months[month - 1]} {EnglishNumbers.Ordinal(day)}{year}";
        }

        return valid;
    }

    private static bool TryTime(Match match, out string spoken)
    {
        var hour = Int(match.Groups["h"].Value);
        var minute = match.Groups["min"].Success ? Int(match.Groups["min"].Value) : -1;
        var half = match.Groups["half"].Value.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();
        var seconds = match.Groups["s"].Success ? $" and {EnglishNumbers.Cardinal(Int(match.Groups["s"].Value))} seconds" : "";
        var minutes = minute switch
        {
            -1 => "",
            0 when half.Length > 0 => "",
            0 => hour is > 12 or 0 ? " hundred hours" : " o'clock",
            < 10 => $" oh {EnglishNumbers.Cardinal(minute)}",
            _ => $" {EnglishNumbers.Cardinal(minute)}",
        };
        var suffix = half switch { "AM" => " ay em", "PM" => " pee em", _ => "" };
        spoken = EnglishNumbers.Cardinal(hour) + minutes + seconds + suffix;
        return hour <= 23 && minute <= 59;
    }

    private static int MonthOf(string text)
    {
        if (char.IsAsciiDigit(text[0]))
        {
            return Int(text);
        }

        return 1 + Array.FindIndex(Months, m => m.StartsWith(text.AsSpan(0, 3), StringComparison.OrdinalIgnoreCase));
    }

    private static int Int(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private const string Month = @"(?<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";

    [GeneratedRegex(@"\G(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?![\d-])", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(@"\G(?<m>\d{1,2})/(?<d>\d{1,2})/(?<y>\d{4})(?![\d/])", RegexOptions.CultureInvariant)]
    private static partial Regex Slashed();

    [GeneratedRegex(@"\G(?<d>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?" + Month + @"(?![\p{L}\d])(?:,?\s(?<y>\d{4}))?(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"\G" + Month + @"\s(?<d>\d{1,2})(?:st|nd|rd|th)?(?![\p{L}\d:%])(?:,?\s(?<y>\d{4}))?(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex MonthDay();

    [GeneratedRegex(@"\G" + Month + @"\s(?<y>[12]\d{3})(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex MonthYear();

    [GeneratedRegex(@"\G(?<h>\d{1,2}):(?<min>\d{2})(?::(?<s>\d{2}))?(?![\d:])(?:\s?(?<half>[aApP]\.?[mM]\b\.?))?", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\G(?<h>\d{1,2})\s?(?<half>[aApP](?:\.[mM]\.|[mM]\b))", RegexOptions.CultureInvariant)]
    private static partial Regex HourOnly();
}
