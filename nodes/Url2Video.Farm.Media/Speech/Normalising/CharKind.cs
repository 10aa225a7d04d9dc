using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>What a character is to a reader. Pure.</summary>
internal static class CharKind
{
    /// <summary>Blanks and all control characters: neither is ever spoken.</summary>
    internal static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || c is '\u200b' or '\ufeff' or '\u2028' or '\u2029';

    /// <summary>Han, kana and other scripts that are written without blanks and can break at every character.</summary>
    internal static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff';

    /// <summary>Part of a word only between its letters.</summary>
    internal static bool IsJoiner(char c) => c is '\'' or '’' or '-' or '\u200c' or '\u200d' or '·';

    /// <summary>Letters, marks, digits; an apostrophe or a hyphen between letters; letters outside the basic plane.</summary>
    internal static bool IsWordPart(string text, int at)
    {
        var c = text[at];
        if (char.IsSurrogate(c))
        {
            var start = char.IsLowSurrogate(c) && at > 0 ? at - 1 : at;
            return Rune.TryGetRuneAt(text, start, out var rune) && Rune.IsLetter(rune);
        }

        if (char.IsLetterOrDigit(c) || IsMark(c))
        {
            return true;
        }

        var between = at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);
        return between && IsJoiner(c);
    }

    /// <summary>Only what an engine should ever see: letters, marks, digits, apostrophes; hyphens become part breaks it reads well.</summary>
    internal static string Speakable(string word)
    {
        var clean = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '\'' or '-' || IsMarkCategory(Rune.GetUnicodeCategory(rune)))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    internal static bool IsCloser(char c) => c is '"' or '\'' or '’' or '”' or '»' or ')' or ']' or '}' or '.' or '!' or '?' or '…' or '*' or '_' or '」' or '』';

    internal static Pause PauseOf(string text, int at) => text[at] switch
    {
        '.' or '。' or '।' or '…' or '۔' => Pause.Stop,
        '?' or '？' or '؟' => Pause.Question,
        '!' or '！' => Pause.Exclamation,
        ',' or ';' or ':' or '，' or '、' or '；' or '：' or '،' or '؛' or '—' or '–' => Pause.Comma,
        '(' or ')' => Pause.Comma,
        '-' when at > 0 && IsBlank(text[at - 1]) && at + 1 < text.Length && IsBlank(text[at + 1]) => Pause.Comma,
        _ => Pause.None,
    };

    private static bool IsMark(char c) => IsMarkCategory(char.GetUnicodeCategory(c)) && c is not (>= '\ufe00' and <= '\ufe0f') and not '\u20e3';

    private static bool IsMarkCategory(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
