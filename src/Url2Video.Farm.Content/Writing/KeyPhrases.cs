using System.Collections.Frozen;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Languages;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// Key phrases after RAKE (Rose et al. 2010): runs of words between stop words and punctuation, scored by how often their words occur
/// in the whole source. Needs a stop word list, so it says nothing for languages without one.
/// </summary>
internal sealed class KeyPhrases(SourceDoc document, string language)
{
    private const int WordsMax = 4;

    private const int CharsMax = 42;

    private readonly Dictionary<string, int> _counts = document.Blocks
        .SelectMany(b => Words.Of(b.Text)).GroupBy(w => w, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => g.Count(), StringComparer.Ordinal);

    /// <returns>The best phrase of 2 to 4 words as it is written there, first letter large; null when there is none.</returns>
    public string? Best(string sentence, IReadOnlySet<string> used)
    {
        var stop = StopWords.Of(language);
        if (stop.Count == 0)
        {
            return null;
        }

        return Runs(sentence, stop)
            .Select(Trimmed)
            .Where(run => run.Count is >= 2 and <= WordsMax && run.Any(IsWeighty))
            .Select(run => (Phrase: Capital(string.Join(' ', run)), Score: run.Sum(ScoreOf)))
            .Where(p => p.Phrase.Length <= CharsMax && !used.Contains(p.Phrase))
            .OrderByDescending(p => p.Score).ThenBy(p => p.Phrase, StringComparer.Ordinal)
            .Select(p => p.Phrase)
            .FirstOrDefault();
    }

    /// <summary>
    /// A word at the edge that the source says only once is more often a verb than a part of the name: "tide table looks".
    /// </summary>
    private List<string> Trimmed(List<string> run)
    {
        if (language == "de")
        {
            run.RemoveRange(run.FindLastIndex(w => char.IsUpper(w[0])) + 1, run.Count - run.FindLastIndex(w => char.IsUpper(w[0])) - 1);
            return run; // German writes its nouns large: a phrase ends with one.
        }

        while (run.Count > 2 && CountOf(run[^1]) <= 1 && !char.IsUpper(run[^1][0]))
        {
            run.RemoveAt(run.Count - 1);
        }

        while (run.Count > 2 && CountOf(run[0]) <= 1 && !char.IsUpper(run[0][0]))
        {
            run.RemoveAt(0);
        }

        return run;
    }

    /// <summary>Said more than once, so that it is what the source is about.</summary>
    private bool IsWeighty(string word) => CountOf(word) >= 2;

    private int CountOf(string word) => _counts.GetValueOrDefault(word.ToLowerInvariant());

    private int ScoreOf(string word) => Math.Min(6, CountOf(word)) + (word.Length > 5 ? 2 : 0) + (char.IsUpper(word[0]) ? 1 : 0);

    private static IEnumerable<List<string>> Runs(string sentence, FrozenSet<string> stop)
    {
        var run = new List<string>();
        foreach (var token in sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = token.Trim('.', ',', ';', ':', '!', '?', '"', '“', '”', '„', '«', '»', '(', ')', '—', '–', '…');
            var isWord = word.Length > 1 && word.Any(char.IsLetter) && !stop.Contains(word.ToLowerInvariant().Replace('’', '\''));
            if (isWord && token.StartsWith(word, StringComparison.Ordinal))
            {
                run.Add(word);
            }

            if (!isWord || token.Length != word.Length)
            {
                yield return run;
                run = [];
            }
        }

        yield return run;
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
