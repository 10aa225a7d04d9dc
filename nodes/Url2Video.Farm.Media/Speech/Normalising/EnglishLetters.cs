using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>Acronyms: spoken as a word (NASA) or letter by letter (HTTP). Pure.</summary>
internal static partial class EnglishLetters
{
    /// <summary>Names that both engines say right; a bare "a" would be read as the article.</summary>
    private static readonly string[] Names =
    [
        "ay", "bee", "see", "dee", "ee", "eff", "gee", "aitch", "eye", "jay", "kay", "ell", "em", "en", "oh", "pee", "cue", "are", "ess", "tee",
        "you", "vee", "double you", "ex", "why", "zee",
    ];

    /// <summary>Read as words although, or exactly because, they are acronyms.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "NASA", "NATO", "UNESCO", "UNICEF", "OPEC", "FIFA", "UEFA", "AIDS", "LASER", "RADAR", "SCUBA", "SIM", "PIN", "RAM", "ROM", "GIF", "JPEG", "LAN",
        "WAN", "SAP", "SWAT", "FEMA", "NASDAQ", "ASCII", "YOLO", "FOMO", "OLED", "QLED", "SAAS", "COVID", "CAPTCHA", "GUI", "OSHA", "HIPAA", "ISIS", "CERN",
        "OK", "A", "I", "VAT", "ZIP", "CAD", "MIDI", "NOAA", "POTUS", "SCOTUS", "IKEA", "LEGO", "ALDI", "ASUS", "AND", "THE", "FOR", "NOT", "YOU", "NEW", "BUY", "NOW", "ALL", "BIG", "TOP", "YES", "NO",
    };

    /// <summary>Spelled in a respelling that engines cannot guess.</summary>
    private static readonly Dictionary<string, string> Said = new(StringComparer.Ordinal)
    {
        ["JPEG"] = "jay peg", ["GIF"] = "gif", ["OLED"] = "oh led", ["QLED"] = "cue led", ["SAAS"] = "sass", ["SaaS"] = "sass", ["ASCII"] = "askey", ["GUI"] = "gooey",
        ["OK"] = "okay", ["HIPAA"] = "hippa", ["IKEA"] = "eye kee uh", ["NOAA"] = "noah", ["IoT"] = "eye oh tee", ["iOS"] = "eye oh ess", ["macOS"] = "mac oh ess",
        ["YouTube"] = "you tube", ["GitHub"] = "git hub", ["LinkedIn"] = "linked in", ["WiFi"] = "why fie", ["Wi-Fi"] = "why fie", ["PhD"] = "pee aitch dee", ["eBay"] = "ee bay",
    };

    internal static string Name(char letter) => Names[char.ToUpperInvariant(letter) - 'A'];

    internal static string Spell(string letters) => string.Join(' ', letters.Where(char.IsAsciiLetter).Select(Name));

    internal static Reading Read(string text, int at)
    {
        var mixed = MixedCase().Match(text, at);
        if (mixed.Success && Said.TryGetValue(mixed.Value, out var known))
        {
            return new Reading(mixed.Length, known);
        }

        var match = Capitals().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var letters = match.Groups["a"].Value.Replace(".", "", StringComparison.Ordinal);
        var plural = match.Groups["s"].Success ? "s" : "";
        if (Said.TryGetValue(letters, out var said))
        {
            return new Reading(match.Length, said + plural);
        }

        var asWord = !match.Value.Contains('.', StringComparison.Ordinal) && (Words.Contains(letters) || Shouted(text, at, match.Length) || Pronounceable(letters));
        return new Reading(match.Length, (asWord ? letters.ToLowerInvariant() : Spell(letters)) + plural);
    }

    /// <summary>Five letters and more with vowels well spread ("BREXIT") are said as words; short ones rarely are.</summary>
    private static bool Pronounceable(string letters) => letters.Length >= 5 && !Cluster().IsMatch(letters) && Vowels().Count(letters) * 4 >= letters.Length;

    /// <summary>Capitals among capitals are a headline, not acronyms.</summary>
    private static bool Shouted(string text, int at, int length)
    {
        var before = WordBefore().Match(text, Math.Max(0, at - 24), Math.Min(at, 24));
        var after = WordAfter().Match(text, at + length);
        return IsCapital(before) && IsCapital(after) || (length >= 4 && (IsCapital(before) || IsCapital(after)));

        static bool IsCapital(Match match) => match.Success && match.Groups["w"].Length > 1 && !match.Groups["w"].ValueSpan.ContainsAnyExceptInRange('A', 'Z');
    }

    [GeneratedRegex(@"\G(?<a>(?:[A-Z]\.){2,6}|[A-Z]{2,12})(?<s>s)?(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();

    [GeneratedRegex(@"\G[A-Za-z][A-Za-z-]{1,11}(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex MixedCase();

    [GeneratedRegex(@"(?<w>\p{L}+)['’,]?\s+$", RegexOptions.CultureInvariant)]
    private static partial Regex WordBefore();

    [GeneratedRegex(@"\G['’,]?\s+(?<w>\p{L}+)", RegexOptions.CultureInvariant)]
    private static partial Regex WordAfter();

    [GeneratedRegex(@"[^AEIOUY]{4}|[AEIOUY]{4}|^[^AEIOUY]{3}", RegexOptions.CultureInvariant)]
    private static partial Regex Cluster();

    [GeneratedRegex(@"[AEIOUY]", RegexOptions.CultureInvariant)]
    private static partial Regex Vowels();
}
