using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary><c>$19.99</c>, <c>€1,299.00</c>, <c>£5m</c>, <c>$2.5 billion</c>, <c>$10-15</c>, <c>30 EUR</c>. Pure.</summary>
internal static partial class EnglishMoney
{
    private static readonly Dictionary<string, (string One, string Many, string Cent, string Cents)> Currencies = new(StringComparer.Ordinal)
    {
        ["$"] = ("dollar", "dollars", "cent", "cents"),
        ["USD"] = ("dollar", "dollars", "cent", "cents"),
        ["€"] = ("euro", "euros", "cent", "cents"),
        ["EUR"] = ("euro", "euros", "cent", "cents"),
        ["£"] = ("pound", "pounds", "penny", "pence"),
        ["GBP"] = ("pound", "pounds", "penny", "pence"),
        ["¥"] = ("yen", "yen", "sen", "sen"),
        ["JPY"] = ("yen", "yen", "sen", "sen"),
        ["₹"] = ("rupee", "rupees", "paisa", "paise"),
        ["INR"] = ("rupee", "rupees", "paisa", "paise"),
        ["CHF"] = ("Swiss franc", "Swiss francs", "centime", "centimes"),
    };

    internal static Reading Read(string text, int at)
    {
        var match = Before().Match(text, at);
        match = match.Success ? match : After().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var currency = Currencies[match.Groups["s"].Value];
        var first = match.Groups["n"].Value;
        var minus = match.Groups["neg"].Success ? "minus " : "";
        var per = match.Groups["per"].Success ? " per " + match.Groups["per"].Value : "";
        // "a two billion dollar deal", but "two billion dollars".
        var name = EnglishGrammar.IsAttribute(text, at) ? currency.One : currency.Many;
        var amount = match.Groups["m"].Success ? $"{Span(match)} {Magnitude(match.Groups["m"].Value)} {name}"
            : match.Groups["n2"].Success || (name == currency.One && !first.Contains('.', StringComparison.Ordinal)) ? $"{Span(match)} {name}"
            : Amount(first, currency);
        return new Reading(match.Length, minus + amount + per);
    }

    private static string Span(Match match) => match.Groups["n2"].Success
        ? $"{EnglishNumbers.Number(match.Groups["n"].Value)} to {EnglishNumbers.Number(match.Groups["n2"].Value)}"
        : EnglishNumbers.Number(match.Groups["n"].Value);

    private static string Amount(string number, (string One, string Many, string Cent, string Cents) currency)
    {
        var dot = number.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || number.Length - dot != 3)
        {
            return $"{EnglishNumbers.Number(number)} {(EnglishNumbers.IsOne(number) ? currency.One : currency.Many)}";
        }

        var (whole, cents) = (number[..dot], int.Parse(number.AsSpan(dot + 1), System.Globalization.CultureInfo.InvariantCulture));
        var head = $"{EnglishNumbers.Number(whole)} {(whole == "1" ? currency.One : currency.Many)}";
        var tail = $"{EnglishNumbers.Cardinal(cents)} {(cents == 1 ? currency.Cent : currency.Cents)}";
        return cents == 0 ? head : whole == "0" ? tail : $"{head} and {tail}";
    }

    internal static string Magnitude(string suffix) => suffix switch
    {
        "k" or "K" => "thousand",
        "m" or "M" or "mn" => "million",
        "b" or "B" or "bn" => "billion",
        "tn" or "T" => "trillion",
        _ => suffix.ToLowerInvariant(),
    };

    private const string Number = @"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?";
    private const string Scale = @"(?:\s?(?<m>[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion|mn|bn|tn|[kKmMbBT])(?![\p{L}\d]))?";

    [GeneratedRegex(@"\G(?<neg>[-−])?(?:US|A|C|CA|AU|NZ|HK)?(?<s>[$€£¥₹])\s?(?<n>" + Number + @")(?:\s?[-–]\s?[$€£¥₹]?(?<n2>" + Number + "))?" + Scale + @"(?![\d]|\.\d)(?:\s?/\s?(?<per>month|year|day|hour|week|night|user|seat|person|unit|item|kg|mo|yr|hr)(?!\p{L}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex(@"\G(?<neg>[-−])?(?<n>" + Number + @")(?:\s?[-–]\s?(?<n2>" + Number + "))?" + Scale + @"\s?(?<s>€|£|USD|EUR|GBP|JPY|INR|CHF)(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
