using System.Collections.Frozen;

namespace Url2Video.Farm.Content.Languages;

/// <summary>
/// Cuts text into sentences. A full stop ends one unless it belongs to an abbreviation, an initial, a number or (in languages that
/// write them so) an ordinal; what follows must look like a beginning. CJK stops need no space after them.
/// </summary>
internal static class SentenceSplitter
{
    private const string Closing = "\"'”’»)]}›」』）";

    private const string Opening = "\"'“‘„«([¿¡‹「『（";

    /// <summary>Without the last full stop, lower case; the languages share one list because their abbreviations hardly collide.</summary>
    private static readonly FrozenSet<string> Abbreviations = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "vs", "etc", "e.g", "i.e", "cf", "inc", "ltd", "co", "corp", "dept", "est",
        "fig", "no", "vol", "pp", "approx",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "gen", "col", "lt", "sgt", "capt", "gov",
        "sen", "rep", "rev", "hon", "ave", "blvd", "u.s", "u.k", "a.m", "p.m", "ph.d",
        "z.b", "d.h", "u.a", "bzw", "ca", "usw", "evtl", "ggf", "inkl", "exkl", "nr", "bzgl", "vgl", "str", "hr", "fr", "dipl", "ing",
        "mio", "mrd", "jh", "s.o", "s.u", "u.ä", "o.ä", "i.d.r", "z.t", "abs", "art", "sog", "tel", "max", "min", "mind",
        "m", "mme", "mlle", "p.ex", "env", "av", "apr", "ex", "sra", "srta", "ud", "uds", "pág", "núm", "aprox", "ee.uu", "dott", "sig",
        "sig.ra", "ecc", "es", "pag", "d.c", "a.c",
        "bijv", "enz", "o.a", "t.o.v", "m.b.t", "i.v.m", "bl.a", "t.ex", "osv", "f.eks", "bl", "ca", "dvs", "np", "tzn", "tzw", "itd",
        "itp", "ul", "prof", "hab", "inż", "mgr", "tj", "např", "atd", "tzv", "r",
        "г", "гг", "т.е", "т.д", "т.п", "др", "ул", "им", "руб", "млн", "млрд", "тыс", "см", "стр",
    }.Distinct().ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithOrdinals = new[] { "de", "da", "nb", "fi", "cs", "pl", "hu", "sk", "hr", "sr", "sl", "et", "lv", "tr" }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="language">Primary tag.</param>
    public static IReadOnlyList<string> Split(string text, string language)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsTerminator(text[i]))
            {
                continue;
            }

            var end = i + 1;
            while (end < text.Length && (IsTerminator(text[end]) || Closing.Contains(text[end], StringComparison.Ordinal)))
            {
                end++;
            }

            if (end == text.Length || IsBoundary(text, start, i, end, language))
            {
                Add(text[start..end]);
                start = end;
            }

            i = end - 1;
        }

        Add(text[start..]);
        return sentences;

        void Add(string sentence)
        {
            var trimmed = sentence.Trim();
            if (trimmed.Any(char.IsLetterOrDigit))
            {
                sentences.Add(trimmed);
            }
        }
    }

    private static bool IsTerminator(char c) => c is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '．' or '।' or '؟' or '۔';

    private static bool IsBoundary(string text, int start, int at, int end, string language)
    {
        if (text[at] is '。' or '！' or '？' or '．')
        {
            return true;
        }

        if (!char.IsWhiteSpace(text[end]))
        {
            return false;
        }

        var next = end;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || Opening.Contains(text[next], StringComparison.Ordinal)))
        {
            next++;
        }

        // A lower-case letter continues the sentence; letters without case (Arabic, Hindi, CJK) may begin one.
        if (next < text.Length && (char.IsLower(text[next]) || !char.IsLetterOrDigit(text[next])))
        {
            return false;
        }

        return text[at] != '.' || !IsAbbreviation(text, start, at, language);
    }

    private static bool IsAbbreviation(string text, int start, int at, string language)
    {
        var from = at;
        while (from > start && !char.IsWhiteSpace(text[from - 1]) && !Opening.Contains(text[from - 1], StringComparison.Ordinal))
        {
            from--;
        }

        var word = text[from..at];
        if (word.Length == 0)
        {
            return false;
        }

        var isInitial = word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I';
        var isOrdinal = word.Length <= 2 && word.All(char.IsAsciiDigit) && WithOrdinals.Contains(language);
        return isInitial || isOrdinal || Abbreviations.Contains(word.ToLowerInvariant());
    }
}
