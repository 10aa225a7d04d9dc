using System.Collections.Frozen;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Languages;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// What a source as a whole tells of its words: how often they and their pairs occur, and which of them it uses as nouns.
/// There is no dictionary of word classes here; a word counts as a noun when it closes noun phrases elsewhere on the page.
/// </summary>
internal sealed class WordEvidence
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), int> _pairs = [];
    private readonly Dictionary<string, int> _nouns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _capitals = new(StringComparer.Ordinal);
    private readonly FrozenSet<string> _stop;

    public WordEvidence(SourceDoc document, string language)
    {
        _stop = StopWords.Of(language);
        foreach (var block in document.Blocks)
        {
            var tokens = PhraseToken.Of(block.Text);
            for (var i = 0; i < tokens.Count; i++)
            {
                Add(_counts, Stem(tokens[i].Lower), 1);
                if (i > 0 && tokens[i].IsOpen)
                {
                    Add(_pairs, (Stem(tokens[i - 1].Lower), Stem(tokens[i].Lower)), 1);
                }

                if (tokens[i].IsCapital && !tokens[i].IsFirst && block.Kind != BlockKind.Heading)
                {
                    _capitals.Add(tokens[i].Lower);
                }
            }

            AddNouns(tokens);
        }
    }

    /// <summary>Singular and plural count as one.</summary>
    public int CountOf(string lower) => _counts.GetValueOrDefault(Stem(lower));

    public int PairsOf(string first, string second) => _pairs.GetValueOrDefault((Stem(first), Stem(second)));

    /// <summary>Written large inside a sentence.</summary>
    public bool IsCapitalised(string lower) => _capitals.Contains(lower);

    /// <summary>Closes noun phrases: once beyond doubt, or twice with some.</summary>
    public bool IsNoun(string lower) =>
        _nouns.GetValueOrDefault(lower) >= 2 && !lower.EndsWith("ing", StringComparison.Ordinal)
        && !lower.EndsWith("ed", StringComparison.Ordinal) && !lower.EndsWith("ly", StringComparison.Ordinal);

    public bool IsContent(PhraseToken token) => token.Text.Length > 1 && token.Text.All(IsWordChar) && !_stop.Contains(token.Lower)
        && !PhraseWords.NumberWords.Contains(token.Lower);

    private static bool IsWordChar(char c) => char.IsLetter(c) || c is '-' or '\'' or '’';

    /// <summary>"the lens is": sure. "a clear night of": a run of two might end with a verb, so it must be seen twice.</summary>
    private void AddNouns(List<PhraseToken> tokens)
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            var opener = tokens[i - 1].Lower;
            if (!tokens[i].IsOpen || (!PhraseWords.Determiners.Contains(opener) && !PhraseWords.Prepositions.Contains(opener)))
            {
                continue;
            }

            var last = i;
            while (IsContent(tokens[last]) && !tokens[last].IsEnd && last + 1 < tokens.Count && IsContent(tokens[last + 1]))
            {
                last++;
            }

            if (IsContent(tokens[last]) && (tokens[last].IsEnd || PhraseWords.Followers.Contains(tokens[last + 1].Lower)))
            {
                Add(_nouns, tokens[last].Lower, last == i ? 2 : 1);
            }
        }
    }

    private static string Stem(string lower) =>
        lower.Length > 3 && lower[^1] == 's' && lower[^2] is not ('s' or 'u' or 'i') ? lower[..^1] : lower;

    private static void Add<T>(Dictionary<T, int> counts, T key, int by)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + by;
}
