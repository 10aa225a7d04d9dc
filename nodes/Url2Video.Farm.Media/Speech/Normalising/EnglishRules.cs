using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>English, complete: what is not plain words, in the order in which forms must be tried.</summary>
internal sealed partial class EnglishRules : ILanguageRules
{
    internal static readonly EnglishRules Instance = new();
    private static readonly WebWords Web = new("dot", "at", "slash");

    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["Dr"] = "doctor", ["Mr"] = "mister", ["Mrs"] = "missus", ["Ms"] = "miz", ["Prof"] = "professor", ["St"] = "saint", ["Jr"] = "junior", ["Sr"] = "senior",
        ["vs"] = "versus", ["etc"] = "et cetera", ["approx"] = "approximately", ["Inc"] = "incorporated", ["Ltd"] = "limited", ["Corp"] = "corporation", ["Co"] = "company",
        ["dept"] = "department", ["est"] = "established", ["No"] = "number", ["Nos"] = "numbers", ["Fig"] = "figure", ["Vol"] = "volume", ["Ave"] = "avenue", ["Blvd"] = "boulevard",
        ["e.g"] = "for example", ["i.e"] = "that is", ["a.k.a"] = "also known as",
    };

    public Reading Read(string text, int at)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c) || c is '-' or '−' or '+' or '(' or '\'' or '’' or '$' or '€' or '£' or '¥' or '₹' || c > '\u00bb')
        {
            return Figure(text, at);
        }

        if (c is '#' or '@')
        {
            return Tag(text, at);
        }

        // The one product whose name begins with a full stop.
        return char.IsLetter(c) ? Name(text, at) : DotNet().IsMatch(text, at) ? new Reading(4, "dot net") : Reading.None;
    }

    public string Symbol(char symbol) => symbol switch
    {
        '&' => "and",
        '+' => "plus",
        '=' => "equals",
        '%' => "percent",
        '~' or '≈' => "about",
        '±' => "plus or minus",
        '×' => "times",
        '÷' => "divided by",
        '≥' => "at least",
        '≤' => "at most",
        '°' => "degrees",
        _ => "",
    };

    public bool IsAbbreviation(string word) => Abbreviations.ContainsKey(word) && word != "No";

    private static Reading Figure(string text, int at)
    {
        var number = WebAddress.Read(text, at, Web, ReadDigits);
        number = number.Found ? number : EnglishMoney.Read(text, at);
        number = number.Found ? number : EnglishDates.Read(text, at);
        number = number.Found ? number : EnglishFigures.ReadDecade(text, at);
        if (number.Found)
        {
            return number;
        }

        // "1920x1080" and "+1 555 010 2030" must not be taken as measures, "-5 °C" not as a range.
        number = EnglishFigures.Read(text, at);
        var unit = EnglishUnits.Read(text, at);
        return unit.Length > number.Length || (unit.Found && unit.Length == number.Length) ? unit : number;
    }

    private static Reading Name(string text, int at)
    {
        var reading = WebAddress.Read(text, at, Web, ReadDigits);
        reading = reading.Found ? reading : EnglishDates.Read(text, at);
        reading = reading.Found ? reading : EnglishMoney.Read(text, at);
        reading = reading.Found ? reading : Abbreviation(text, at);
        reading = reading.Found ? reading : EnglishRoman.Read(text, at);
        reading = reading.Found ? reading : EnglishLetters.Read(text, at);
        return reading.Found ? reading : EnglishFigures.Read(text, at);
    }

    private static Reading Abbreviation(string text, int at)
    {
        var match = Dotted().Match(text, at);
        if (!match.Success || !Abbreviations.TryGetValue(match.Groups["w"].Value, out var spoken))
        {
            return Reading.None;
        }

        // "No. 5" is a number, "No." an answer; a dot at the end of the text ends the sentence too.
        var number = match.Groups["w"].Value is "No" or "Nos" or "Fig" or "Vol";
        if (number && !NumberNext().IsMatch(text, at + match.Length))
        {
            return Reading.None;
        }

        var last = !NextWord().IsMatch(text, at + match.Length);
        var street = match.Groups["w"].Value == "St" && !CapitalNext().IsMatch(text, at + match.Length);
        return new Reading(last ? match.Length - 1 : match.Length, street ? "street" : spoken);
    }

    private static Reading Tag(string text, int at)
    {
        var match = SocialTag().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var pieces = Camel().Matches(match.Groups["w"].Value).Select(m => char.IsAsciiDigit(m.Value[0]) ? ReadDigits(m.Value) : m.Value);
        var name = string.Join(' ', pieces);
        var number = char.IsAsciiDigit(match.Groups["w"].Value[0]);
        return new Reading(match.Length, text[at] == '@' ? $"at {name}" : number ? $"number {name}" : $"hashtag {name}");
    }

    private static string ReadDigits(string digits) => digits.Length <= 4 && digits[0] != '0' ? EnglishNumbers.Number(digits) : EnglishNumbers.Digits(digits);

    [GeneratedRegex(@"\G(?<w>e\.g|i\.e|a\.k\.a|[A-Za-z]{2,6})\.(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"\G\.NET(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex DotNet();

    [GeneratedRegex(@"\G\s?\p{Lu}", RegexOptions.CultureInvariant)]
    private static partial Regex CapitalNext();

    [GeneratedRegex(@"\G\s?\d", RegexOptions.CultureInvariant)]
    private static partial Regex NumberNext();

    [GeneratedRegex(@"\G[,;:)]?\s*[\p{L}\d]", RegexOptions.CultureInvariant)]
    private static partial Regex NextWord();

    [GeneratedRegex(@"\G[#@](?<w>[\p{L}\d][\p{L}\d_]{0,60})", RegexOptions.CultureInvariant)]
    private static partial Regex SocialTag();

    [GeneratedRegex(@"\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}|\d+|[\p{L}-[\p{Lu}\p{Ll}]]+", RegexOptions.CultureInvariant)]
    private static partial Regex Camel();
}
