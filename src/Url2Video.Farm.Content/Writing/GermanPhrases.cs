namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// Noun phrases of German sentences. Nouns are written large, so they are easy to find; the care goes into cases, because an oblique
/// noun or a declined adjective looks wrong without its sentence.
/// </summary>
internal sealed class GermanPhrases(WordEvidence evidence)
{
    private const int NumberScore = 6;

    private const int PairScore = 4;

    private const int RepeatedScoreMax = 3;

    /// <summary>Long nouns are compounds, and a compound says as much as a phrase.</summary>
    private const int CompoundCharsMin = 8;

    public IEnumerable<Phrase> Of(List<PhraseToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (At(tokens, i) is { } phrase)
            {
                yield return phrase;
            }
        }
    }

    private Phrase? At(List<PhraseToken> tokens, int i)
    {
        if (PhraseWords.NumberWords.Contains(tokens[i].Lower) && !tokens[i].IsEnd && i + 1 < tokens.Count && IsNoun(tokens[i + 1])
            && !IsOblique(tokens, i))
        {
            var end = i + 1;
            while (!tokens[end].IsEnd && end + 1 < tokens.Count && end < i + 2 && IsNoun(tokens[end + 1]))
            {
                end++;
            }

            return new Phrase(Join(tokens, i, end), NumberScore);
        }

        if (!IsNoun(tokens[i]) || (i > 0 && tokens[i].IsOpen && IsNoun(tokens[i - 1])))
        {
            return null;
        }

        return Names(tokens, i) ?? Pair(tokens, i) ?? Described(tokens, i) ?? Compound(tokens, i);
    }

    /// <summary>Nouns in a row without an article are a person with her trade, or a measure with its matter.</summary>
    private Phrase? Names(List<PhraseToken> tokens, int i)
    {
        var end = i;
        while (!tokens[end].IsEnd && end + 1 < tokens.Count && IsNoun(tokens[end + 1]))
        {
            end++;
        }

        return end - i is 1 or 2 && !IsVague(tokens[i]) && !IsOblique(tokens, i) && !PhraseWords.NumberWords.Contains(i > 0 ? tokens[i - 1].Lower : "")
            ? new Phrase(Join(tokens, i, end), NumberScore)
            : null;
    }

    /// <summary><c>Schilf und Rohrkolben</c>.</summary>
    private Phrase? Pair(List<PhraseToken> tokens, int i) =>
        i + 2 < tokens.Count && !tokens[i].IsEnd && tokens[i + 1].Lower == "und" && !tokens[i + 1].IsEnd && IsNoun(tokens[i + 2])
            && !IsOblique(tokens, i) && !IsVague(tokens[i]) && !IsVague(tokens[i + 2])
            ? new Phrase(Join(tokens, i, i + 2), PairScore + Repeated(tokens[i]) + Repeated(tokens[i + 2]))
            : null;

    /// <summary><c>eine dünne Schicht</c>: after "eine" the adjective has the ending that it has without an article.</summary>
    private Phrase? Described(List<PhraseToken> tokens, int i) =>
        i > 1 && tokens[i].IsOpen && tokens[i - 1].IsOpen && !tokens[i - 1].IsCapital && tokens[i - 2].Lower == "eine"
            && evidence.IsContent(tokens[i - 1]) && tokens[i - 1].Lower.EndsWith('e') && !IsVague(tokens[i])
            ? new Phrase(Join(tokens, i - 1, i), KeyPhrases.ScoreMin + Repeated(tokens[i]))
            : null;

    private Phrase? Compound(List<PhraseToken> tokens, int i) =>
        tokens[i].Text.Length >= CompoundCharsMin && !IsOblique(tokens, i) && !IsVague(tokens[i])
            ? new Phrase(tokens[i].Text, 1 + Repeated(tokens[i]) + (tokens[i].Text.Length > CompoundCharsMin + 2 ? 1 : 0))
            : null;

    private int Repeated(PhraseToken token) => Math.Min(RepeatedScoreMax, evidence.CountOf(token.Lower) - 1);

    /// <summary>At the beginning of a sentence everything is written large, so there it must be known from elsewhere.</summary>
    private bool IsNoun(PhraseToken token) =>
        token.IsCapital && token.Text.Length > 2 && evidence.IsContent(token) && (!token.IsFirst || evidence.IsCapitalised(token.Lower));

    private static bool IsOblique(List<PhraseToken> tokens, int i) =>
        (i > 0 && tokens[i].IsOpen && PhraseWords.GermanOblique.Contains(tokens[i - 1].Lower))
        || (i > 1 && tokens[i].IsOpen && tokens[i - 1].IsOpen && !tokens[i - 1].IsCapital && PhraseWords.GermanOblique.Contains(tokens[i - 2].Lower));

    private static bool IsVague(PhraseToken token) => PhraseWords.GermanVague.Contains(token.Lower);

    private static string Join(List<PhraseToken> tokens, int start, int end) =>
        string.Join(' ', tokens[start..(end + 1)].Select(t => t.Text));
}
