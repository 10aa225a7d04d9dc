namespace Url2Video.Farm.Content.Languages;

/// <summary>Text to words, for counting and comparing; never for what is said.</summary>
internal static class Words
{
    /// <summary>Lower-case words; where a script writes no spaces, overlapping pairs of characters stand in for words.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isWord = i < text.Length
                && (char.IsLetterOrDigit(text[i])
                    || (start >= 0 && text[i] is '\'' or '’' or '-' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])));
            if (isWord && IsUnspaced(text[i]))
            {
                if (start >= 0)
                {
                    yield return Normal(text[start..i]);
                    start = -1;
                }

                yield return i + 1 < text.Length && IsUnspaced(text[i + 1]) ? text.Substring(i, 2) : text.Substring(i, 1);
            }
            else if (isWord && start < 0)
            {
                start = i;
            }
            else if (!isWord && start >= 0)
            {
                yield return Normal(text[start..i]);
                start = -1;
            }
        }
    }

    /// <summary>How long a text takes to say, in words: two unspaced characters count as one word.</summary>
    public static int CountOf(string text)
    {
        var unspaced = text.Count(IsUnspaced);
        var spaced = Of(text).Count(w => !IsUnspaced(w[0]));
        return spaced + (unspaced + 1) / 2;
    }

    /// <summary>Han, kana, Thai, Lao, Khmer, Burmese: written without spaces between words.</summary>
    public static bool IsUnspaced(char c) =>
        c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');

    private static string Normal(string word) => word.ToLowerInvariant().Replace('’', '\'');
}
