namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// How long a text takes to say at the house rate, told from its letters before any voice has said it. The weights are a least-squares
/// fit to 138 sentences spoken by flite (English) and espeak-ng (German) at 155 words a minute; over a film the sum is right to a few
/// per cent, a single sentence to about 8.
/// </summary>
internal static class SpokenLength
{
    private const int MsPerWord = 59;

    private const int MsPerLetter = 60;

    /// <summary>A Chinese or Japanese character is a syllable, and so is every second Thai letter.</summary>
    private const int MsPerUnspaced = 190;

    /// <summary>A comma, a colon, a dash.</summary>
    private const int MsPerClause = 190;

    /// <summary>A breath between sentences, and the slowing before it.</summary>
    private const int MsPerStop = 450;

    /// <summary>The slowing before the end, and the silence that belongs to every clip.</summary>
    private const int MsEnds = 200;

    private const int AcronymLettersMax = 4;

    /// <summary>"Double-u" is the exception: a letter's name is said like three letters of a word.</summary>
    private const int LettersPerName = 3;

    private const string Signs = "%‰€$£¥&+=°§@";

    /// <param name="language">Primary tag.</param>
    /// <returns>Milliseconds; 0 for a text without words.</returns>
    public static int Millis(string text, string language)
    {
        var count = CountOf(text, language);
        return count.Words + count.Unspaced == 0 ? 0 : (int)Math.Min(
            int.MaxValue / 4,
            MsEnds + (long)MsPerWord * count.Words + (long)MsPerLetter * count.Letters + (long)MsPerUnspaced * count.Unspaced
                + (long)MsPerClause * count.Clauses + (long)MsPerStop * count.Stops);
    }

    /// <summary>Words as they are spoken: figures, signs and acronyms written out; two unspaced characters are one.</summary>
    public static int Words(string text, string language)
    {
        var count = CountOf(text, language);
        return count.Words + (count.Unspaced + 1) / 2;
    }

    private static Count CountOf(string text, string language)
    {
        var count = new Count();
        for (var i = 0; i < text.Length;)
        {
            i = Step(text, i, language, ref count);
        }

        return count;
    }

    /// <returns>Where the next piece begins.</returns>
    private static int Step(string text, int at, string language, ref Count count)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c))
        {
            return Figure(text, at, language, ref count);
        }

        if (Languages.Words.IsUnspaced(c))
        {
            count.Unspaced++;
            return at + 1;
        }

        if (char.IsLetterOrDigit(c))
        {
            return Word(text, at, ref count);
        }

        if (Signs.Contains(c, StringComparison.Ordinal))
        {
            count.Say(1, LettersPerNumberWord(language));
        }
        else if (c == '.' && at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]))
        {
            count.Say(1, LettersPerName); // "dot", in an address.
        }
        else if (IsMark(c) && HasMore(text, at))
        {
            count.Clauses += IsStop(c) ? 0 : 1;
            count.Stops += IsStop(c) ? 1 : 0;
        }

        return at + 1;
    }

    private static int Figure(string text, int at, string language, ref Count count)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsAsciiDigit(text[end])
            || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        var isMoney = (at > 0 && IsCurrency(text[at - 1])) || text.AsSpan(end).TrimStart(" \u00A0").StartsWith("€", StringComparison.Ordinal);
        var words = SpokenNumber.WordsOf(text.AsSpan(at, end - at), isMoney, language);
        count.Say(words, words * LettersPerNumberWord(language));
        return end;
    }

    private static int Word(string text, int at, ref Count count)
    {
        var end = at;
        var (letters, capitals) = (0, 0);
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] is '\'' or '’' && end > at)))
        {
            letters += char.IsLetter(text[end]) ? 1 : 0;
            capitals += char.IsUpper(text[end]) ? 1 : 0;
            end++;
        }

        var isAcronym = letters > 1 && letters <= AcronymLettersMax && capitals == letters;
        count.Say(isAcronym ? letters : 1, isAcronym ? letters * LettersPerName : letters);
        return end;
    }

    /// <summary>Number words are short in English; elsewhere they are longer, or written in one.</summary>
    private static int LettersPerNumberWord(string language) => language == "en" ? 5 : 6;

    private static bool IsCurrency(char c) => c is '$' or '€' or '£' or '¥';

    private static bool IsStop(char c) => c is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '।' or '؟' or '۔';

    private static bool IsMark(char c) => IsStop(c) || c is ',' or ';' or ':' or '–' or '—' or '，' or '、' or '；' or '：' or '،' or '؛';

    /// <summary>A mark is a pause where a word follows it after a blank; the marks of unspaced scripts need none.</summary>
    private static bool HasMore(string text, int at) =>
        at + 1 < text.Length && (char.IsWhiteSpace(text[at + 1]) || Languages.Words.IsUnspaced(text[at + 1])
            || text[at + 1] is '"' or '”' or '“' or '’' or '»' or ')')
        && HasWord(text, at + 1);

    private static bool HasWord(string text, int from)
    {
        // Only closing marks and blanks stand between a stop and what follows, so this ends soon.
        for (var i = from; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private struct Count
    {
        public int Words, Letters, Unspaced, Clauses, Stops;

        public void Say(int words, int letters)
        {
            Words += words;
            Letters += letters;
        }
    }
}
