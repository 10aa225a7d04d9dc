namespace Url2Video.Farm.Content.Writing;

/// <summary>Noun phrases of English sentences.</summary>
internal sealed class EnglishPhrases(WordEvidence evidence)
{
    private const int WordsMax = 3;

    /// <summary>A number with its unit is the one thing of a sentence that everybody wants to see written.</summary>
    private const int NumberScore = 6;

    /// <summary>A pair that the source repeats is a term of its own.</summary>
    private const int TermScore = 3;

    private const int RepeatedScoreMax = 3;

    public IEnumerable<Phrase> Of(List<PhraseToken> tokens) =>
        Names.Of(tokens, evidence).Concat(Numbers(tokens)).Concat(Runs(tokens));

    /// <summary><c>two thousand years</c>; not <c>a thousand</c>, which means many, and not <c>one</c>, which means somebody.</summary>
    private IEnumerable<Phrase> Numbers(List<PhraseToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!IsNumber(tokens[i]) || (i > 0 && tokens[i].IsOpen && (IsNumber(tokens[i - 1]) || tokens[i - 1].Lower is "a" or "and")))
            {
                continue;
            }

            var noun = i;
            while (noun < tokens.Count && IsNumber(tokens[noun]) && !tokens[noun].IsEnd)
            {
                noun++;
            }

            if (noun < tokens.Count && noun > i && evidence.IsContent(tokens[noun]) && tokens[noun].Lower is [.., not 's', 's'])
            {
                yield return new Phrase(Join(tokens, i, noun), NumberScore);
            }
        }
    }

    private IEnumerable<Phrase> Runs(List<PhraseToken> tokens)
    {
        for (var start = 0; start < tokens.Count; start++)
        {
            if (!evidence.IsContent(tokens[start]) || (start > 0 && tokens[start].IsOpen && evidence.IsContent(tokens[start - 1])))
            {
                continue; // Inside a run.
            }

            var end = start;
            while (!tokens[end].IsEnd && end + 1 < tokens.Count && evidence.IsContent(tokens[end + 1]))
            {
                end++;
            }

            var isLed = start > 0 && tokens[start].IsOpen
                && (PhraseWords.Determiners.Contains(tokens[start - 1].Lower) || PhraseWords.Prepositions.Contains(tokens[start - 1].Lower));
            if (Phrase(tokens, start, end, isLed) is { } phrase)
            {
                yield return phrase;
            }
        }
    }

    /// <summary>What follows the last noun of a run is its verb, what goes before its first modifier is not a part of it.</summary>
    private Phrase? Phrase(List<PhraseToken> tokens, int start, int end, bool isLed)
    {
        while (end > start && !IsHead(tokens[end]))
        {
            end--;
        }

        while (start < end && IsVague(tokens[start]))
        {
            start++;
        }

        if (end - start >= WordsMax)
        {
            (start, isLed) = (end - WordsMax + 1, false);
        }

        while (start < end && !IsWhole(tokens, start, end, isLed))
        {
            (start, isLed) = (start + 1, false);
        }

        if (start == end || !IsHead(tokens[end]))
        {
            return null;
        }

        var words = tokens[start..(end + 1)];
        var repeated = words.Sum(t => Math.Min(RepeatedScoreMax, evidence.CountOf(t.Lower) - 1));
        var terms = Enumerable.Range(start, end - start).Any(i => evidence.PairsOf(tokens[i].Lower, tokens[i + 1].Lower) > 1) ? TermScore : 0;
        return new Phrase(Join(tokens, start, end), repeated + terms);
    }

    /// <summary>A modifier is believed after an article or a preposition, or when it is a noun, or when the pair is a term.</summary>
    private bool IsWhole(List<PhraseToken> tokens, int start, int end, bool isLed)
    {
        for (var i = start; i < end; i++)
        {
            var isBelieved = (i == start && isLed && !tokens[i].Lower.EndsWith("ly", StringComparison.Ordinal))
                || evidence.IsNoun(tokens[i].Lower)
                || (evidence.PairsOf(tokens[i].Lower, tokens[i + 1].Lower) > 1 && !tokens[i].Lower.EndsWith("ly", StringComparison.Ordinal));
            if (!isBelieved || IsVague(tokens[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsHead(PhraseToken token) => evidence.IsNoun(token.Lower) && !IsVague(token);

    private static bool IsVague(PhraseToken token) => PhraseWords.Vague.Contains(token.Lower);

    private static bool IsNumber(PhraseToken token) => token.Lower.Split('-').All(PhraseWords.NumberWords.Contains);

    private static string Join(List<PhraseToken> tokens, int start, int end) =>
        string.Join(' ', tokens[start..(end + 1)].Select(t => t.Text));
}
