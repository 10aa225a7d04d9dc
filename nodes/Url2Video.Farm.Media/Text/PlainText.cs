using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Text;

/// <summary>Makes foreign text safe and tidy before it is set, and before libass reads it.</summary>
internal static class PlainText
{
    /// <summary>More than any script stacks: Hebrew with points and accents, Tibetan and Vietnamese stay below.</summary>
    private const int MarksPerLetterMax = 6;

    private const char WordJoiner = '\u2060';

    /// <summary>
    /// One space for any run of white space, no other control or format characters but joiners (direction overrides could
    /// reach beyond their line), no lone surrogates. Line feeds survive when <paramref name="keepLines"/> is set.
    /// </summary>
    public static string Clean(string text, bool keepLines = true)
    {
        var clean = new StringBuilder(text.Length);
        var (gap, marks) = ('\0', 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                var isLine = keepLines && rune.Value is '\n' or 0x2028 or 0x2029;
                gap = isLine || gap == '\n' ? '\n' : ' ';
                continue;
            }

            if (rune == Rune.ReplacementChar || !IsKept(rune))
            {
                continue;
            }

            // Marks heaped on one letter would climb over the whole picture.
            marks = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => marks + 1,
                UnicodeCategory.Format => marks,
                _ => 0,
            };
            if (marks > MarksPerLetterMax)
            {
                continue;
            }

            if (gap != '\0' && clean.Length > 0)
            {
                clean.Append(gap);
            }

            gap = '\0';
            clean.Append(rune);
        }

        return clean.ToString();
    }

    /// <summary>
    /// Text in which libass finds no command: braces are escaped, and a backslash is followed by an invisible joiner so that
    /// it cannot pair with the letter after it. Expects cleaned text.
    /// </summary>
    public static string EscapeForAss(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '{' => escaped.Append("\\{"),
                '}' => escaped.Append("\\}"),
                '\\' => escaped.Append('\\').Append(WordJoiner),
                '\n' or '\r' => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static bool IsKept(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => false,
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        _ => true,
    };
}
