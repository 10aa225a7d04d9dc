using System.Text.RegularExpressions;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// Shortens a sentence for the ear without a language model: brackets, reference marks, openers, and in long sentences a relative
/// clause go. What holds a digit or a quotation mark is never touched, and nothing is ever added or reordered.
/// </summary>
internal static partial class Compression
{
    /// <summary>Only longer sentences lose a relative clause.</summary>
    private const int LongWords = 25;

    /// <param name="language">Primary tag.</param>
    public static string Shorten(string sentence, string language)
    {
        var text = Reference().Replace(sentence, "");
        text = Bracket().Replace(text, m => IsFact(m.Value) ? m.Value : "");
        if (Connectives.OpenerOf(text, language) is { } opener && text.Length > opener.Length + 10)
        {
            text = Capital(text[opener.Length..]);
        }

        if (language == "en" && Languages.Words.CountOf(text) > LongWords)
        {
            text = RelativeClause().Replace(text, m => IsFact(m.Value) ? m.Value : m.Groups[1].Value, 1);
        }

        return Spaces().Replace(text, "$1").Replace("  ", " ", StringComparison.Ordinal).Trim();
    }

    /// <summary>Numbers and quotations are claims; they stay as they are.</summary>
    private static bool IsFact(string part) => part.Any(c => char.IsDigit(c) || "\"“”„«»‘".Contains(c, StringComparison.Ordinal));

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"\[(\d{1,3}|[a-z]|citation needed|note \d)\]")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s?[(（\[][^()（）\[\]]{1,160}[)）\]]")]
    private static partial Regex Bracket();

    /// <summary>A clause between two commas; the second comma goes too, except before a conjunction.</summary>
    [GeneratedRegex(@", (?:which|who|whose|where) [^,;:()]{8,90},( (?:and|but|or) )?")]
    private static partial Regex RelativeClause();

    [GeneratedRegex(@"\s+([,.;:!?…。])")]
    private static partial Regex Spaces();
}
