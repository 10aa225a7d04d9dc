using Url2Video.Farm.Content.Extraction;

namespace Url2Video.Farm.Content.Writing;

/// <param name="Score">At least <see cref="KeyPhrases.ScoreMin"/> to be worth showing.</param>
internal sealed record Phrase(string Text, int Score);

/// <summary>
/// The noun phrase that carries a sentence: a name, a number with what it counts, or a phrase whose words the source keeps coming back
/// to. Where none stands out nothing is shown, because a fragment tells a viewer less than an empty corner.
/// </summary>
internal sealed class KeyPhrases
{
    public const int ScoreMin = 3;

    private const int CharsMax = 42;

    private readonly string _title;
    private readonly Func<List<PhraseToken>, IEnumerable<Phrase>> _find;

    public KeyPhrases(SourceDoc document, string language)
    {
        var evidence = new WordEvidence(document, language);
        _title = document.Title;
        _find = language switch
        {
            "en" => new EnglishPhrases(evidence).Of,
            "de" => new GermanPhrases(evidence).Of,
            _ => tokens => Names.Of(tokens, evidence),
        };
    }

    /// <returns>As it is written there, first letter large; null when nothing is worth a viewer's glance.</returns>
    public string? Best(string sentence, IReadOnlySet<string> used) =>
        _find(PhraseToken.Of(sentence))
            .Select((p, place) => (Text: char.ToUpperInvariant(p.Text[0]) + p.Text[1..], p.Score, Place: place))
            .Where(p => p.Score >= ScoreMin && p.Text.Length <= CharsMax && !used.Contains(p.Text)
                && !_title.Contains(p.Text, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(p => p.Score).ThenBy(p => p.Place)
            .Select(p => p.Text)
            .FirstOrDefault();
}

/// <summary>Two or more words in a row that are written large inside a sentence: people, places, works.</summary>
internal static class Names
{
    private const int Score = 8;

    private const int WordsMax = 4;

    public static IEnumerable<Phrase> Of(List<PhraseToken> tokens, WordEvidence evidence)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var end = i;
            while (end < tokens.Count && tokens[end].IsCapital && evidence.IsContent(tokens[end])
                && !PhraseWords.Dates.Contains(tokens[end].Lower) && (end == i || tokens[end].IsOpen))
            {
                end++;
            }

            if (end - i is >= 2 and <= WordsMax)
            {
                yield return new Phrase(string.Join(' ', tokens[i..end].Select(t => t.Text)), Score);
            }

            i = Math.Max(i, end - 1);
        }
    }
}
