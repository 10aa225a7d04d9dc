namespace Url2Video.Farm.Core.Captions;

/// <summary>How good a place between two words is to break at. Pure.</summary>
public static class CaptionBreaks
{
    /// <summary>Words that belong to what follows: a line may begin with them, hardly end with them.</summary>
    private static readonly HashSet<string> Leading = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "or", "but", "because", "so", "that", "which", "who", "when", "while", "if", "than", "for", "with", "from", "in", "on", "at", "to", "of", "by", "as", "the", "a", "an",
        "und", "oder", "aber", "weil", "dass", "wenn", "mit", "von", "der", "die", "das", "ein", "eine", "et", "ou", "mais", "que", "qui", "avec", "de", "la", "le", "les", "un", "une",
        "y", "o", "pero", "con", "el", "los", "las", "e", "ma", "che", "di", "il",
    };

    public static bool EndsSentence(string word) => Last(word) is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '।' or '؟';

    public static bool EndsClause(string word) => Last(word) is ',' or ';' or ':' or '–' or '—' or '，' or '、' or '；' or '：' or '،' || EndsSentence(word);

    /// <summary>0 for the end of a sentence up to 140 between an article and its noun.</summary>
    public static int Penalty(WordTime left, WordTime? right)
    {
        if (right is null || left.EndsPhrase || EndsSentence(left.Text))
        {
            return 0;
        }

        return EndsClause(left.Text) ? 20
            : Leading.Contains(left.Text) ? 140
            : Leading.Contains(right.Text) ? 60
            : 100;
    }

    /// <summary>The last character that is not a closing quote or bracket.</summary>
    private static char Last(string word)
    {
        for (var i = word.Length - 1; i >= 0; i--)
        {
            if (word[i] is not ('"' or '\'' or '”' or '’' or ')' or ']' or '»' or '」' or '』' or '*' or '_'))
            {
                return word[i];
            }
        }

        return '\0';
    }
}
