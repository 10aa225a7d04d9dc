using System.Globalization;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>Numbers that are neither money, dates nor measures: ordinals, fractions, ranges, versions, telephones, codes. Pure.</summary>
internal static partial class EnglishFigures
{
    private static readonly Dictionary<char, string> Vulgar = new()
    {
        ['½'] = "one half", ['⅓'] = "one third", ['⅔'] = "two thirds", ['¼'] = "one quarter", ['¾'] = "three quarters", ['⅛'] = "one eighth",
    };

    internal static Reading Read(string text, int at)
    {
        if (Vulgar.TryGetValue(text[at], out var vulgar))
        {
            return new Reading(1, vulgar);
        }

        foreach (var (form, speak) in Forms)
        {
            var match = form.Match(text, at);
            if (match.Success)
            {
                return new Reading(match.Length, speak(match));
            }
        }

        return Reading.None;
    }

    /// <summary>Most specific first.</summary>
    private static readonly (Regex Form, Func<Match, string> Speak)[] Forms =
    [
        (Phone(), m => string.Join(", ", Groups(m.Value).Select(EnglishNumbers.Digits)).Insert(0, m.Value[0] == '+' ? "plus " : "")),
        (Version(), m => (m.Groups["v"].Success ? "version " : "") + string.Join(" point ", m.Groups["n"].Value.Split('.').Select(EnglishNumbers.Number))),
        (Dimensions(), m => $"{EnglishNumbers.Number(m.Groups["a"].Value)} by {EnglishNumbers.Number(m.Groups["b"].Value)}{(m.Groups["px"].Success ? " pixels" : "")}"),
        (Proportion(), m => $"{EnglishNumbers.Number(m.Groups["a"].Value)} to {EnglishNumbers.Number(m.Groups["b"].Value)}"),
        (Ordinal(), m => EnglishNumbers.Ordinal(Long(m.Groups["n"].Value))),
        (Mixed(), m => $"{EnglishNumbers.Number(m.Groups["w"].Value)} and {Fraction(m)}"),
        (Around(), _ => "twenty four seven"),
        (Ratio(), Fraction),
        (Range(), Ranges),
        (Scaled(), m => $"{EnglishNumbers.Number(m.Groups["n"].Value)} {EnglishMoney.Magnitude(m.Groups["m"].Value)}"),
        (Generation(), m => $"{EnglishNumbers.Number(m.Groups["n"].Value)} {EnglishLetters.Name(m.Groups["l"].Value[0])}"),
        (Year(), m => EnglishNumbers.Year((int)Long(m.Value))),
        (Plain(), m => (m.Groups["neg"].Success ? "minus " : "") + EnglishNumbers.Number(m.Groups["n"].Value)),
        (Code(), m => Spell(m.Value)),
    ];

    /// <summary>Before units are tried: the s of "1990s" is not seconds.</summary>
    internal static Reading ReadDecade(string text, int at)
    {
        var match = Decade().Match(text, at);
        return match.Success ? new Reading(match.Length, Decades(match)) : Reading.None;
    }

    private static string Fraction(Match match)
    {
        var (top, bottom) = (Long(match.Groups["a"].Value), Long(match.Groups["b"].Value));
        var name = bottom switch { 2 => "half", 4 => "quarter", _ => EnglishNumbers.Ordinal(bottom) };
        var plural = bottom == 2 ? "halves" : name + "s";
        return bottom is >= 2 and <= 10 && top < bottom
            ? $"{EnglishNumbers.Cardinal(top)} {(top == 1 ? name : plural)}"
            : $"{EnglishNumbers.Cardinal(top)} out of {EnglishNumbers.Cardinal(bottom)}";
    }

    private static string Ranges(Match match)
    {
        var (a, b) = (match.Groups["a"].Value, match.Groups["b"].Value);
        return IsYear(a) && (IsYear(b) || b.Length == 2)
            ? $"{EnglishNumbers.Year((int)Long(a))} to {(b.Length == 2 ? EnglishNumbers.Cardinal(Long(b)) : EnglishNumbers.Year((int)Long(b)))}"
            : $"{EnglishNumbers.Number(a)} to {EnglishNumbers.Number(b)}";
    }

    private static string Decades(Match match)
    {
        var (century, tens) = (match.Groups["c"].Value, Long(match.Groups["d"].Value));
        var decade = tens == 0 ? "hundreds" : EnglishNumbers.Cardinal(tens)[..^1] + "ies";
        return century.Length == 0 ? decade
            : century == "20" && tens == 0 ? "two thousands"
            : $"{EnglishNumbers.Cardinal(Long(century))} {decade}";
    }

    private static string Spell(string code) => string.Join(' ', Pieces().Matches(code).Select(m =>
        char.IsAsciiDigit(m.Value[0]) ? m.Value.Length <= 2 ? EnglishNumbers.Number(m.Value) : EnglishNumbers.Digits(m.Value) : EnglishLetters.Spell(m.Value)));

    private static IEnumerable<string> Groups(string phone) => Pieces().Matches(phone).Select(m => m.Value);

    private static bool IsYear(string digits) => digits.Length == 4 && digits[0] is '1' or '2' && digits is [_, '9' or '8' or '0', ..];

    private static long Long(string digits) => long.Parse(digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);

    private const string Number = @"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,12})?|\d{1,40}(?:\.\d{1,12})?";

    [GeneratedRegex(@"\G(?:\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}|\(\d{3}\)\s?\d{3}[-.\s]\d{4}|\d{3}[-.\s]\d{3}[-.\s]\d{4}|0\d{2,4}[\s-]\d{3,4}[\s-]\d{3,5})(?![\d\p{L}])", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\G(?:(?<v>[vV])\.?\s?(?<n>\d{1,6}(?:\.\d{1,6}){0,4})|(?<n>\d{1,6}(?:\.\d{1,6}){2,4}))(?![\d\p{L}]|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"\G(?<a>\d{1,6})\s?[x×]\s?(?<b>\d{1,6})(?:\s?(?<px>px))?(?![\d\p{L}])", RegexOptions.CultureInvariant)]
    private static partial Regex Dimensions();

    [GeneratedRegex(@"\G(?<a>\d{1,4}):(?<b>\d{1,4})(?![\d\p{L}:])", RegexOptions.CultureInvariant)]
    private static partial Regex Proportion();

    [GeneratedRegex(@"\G(?<n>\d{1,3}(?:,\d{3})+|\d{1,9})(?:st|nd|rd|th)(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\G(?:(?<c>1[1-9]|20)|['’](?<c>))(?<d>\d0)['’]?s(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Decade();

    [GeneratedRegex(@"\G(?<w>\d{1,3})[\s-](?<a>\d)/(?<b>\d{1,2})(?![\d\p{L}/])", RegexOptions.CultureInvariant)]
    private static partial Regex Mixed();

    [GeneratedRegex(@"\G24/7(?![\d\p{L}/])", RegexOptions.CultureInvariant)]
    private static partial Regex Around();

    [GeneratedRegex(@"\G(?<a>\d{1,4})/(?<b>\d{1,4})(?![\d\p{L}/])", RegexOptions.CultureInvariant)]
    private static partial Regex Ratio();

    [GeneratedRegex(@"\G(?<a>\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,3})?)\s?[-–]\s?(?<b>\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,3})?)(?![\d\p{L}]|[-–.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex(@"\G(?<n>" + Number + @")\s?(?<m>million|billion|trillion|bn|tn|k(?!\p{L})|M(?!\p{L}))(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Scaled();

    [GeneratedRegex(@"\G(?<n>\d{1,2})(?<l>[KGDPA])(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Generation();

    [GeneratedRegex(@"\G(?:19|20)\d{2}(?![\d\p{L}]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"\G(?<neg>[-−])?(?<n>" + Number + @")(?![\d\p{L}]|[,.]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\G(?=[A-Za-z-]{0,6}\d)(?:[A-Z]{1,6}-?\d|\d)[A-Z\d]{0,12}[a-z]{0,2}(?:[-.]?\d{1,6})?(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\d+|[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();
}
