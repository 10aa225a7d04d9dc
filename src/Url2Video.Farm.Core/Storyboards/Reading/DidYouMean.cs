namespace Url2Video.Farm.Core.Storyboards.Reading;

/// <summary>
/// Guesses the word that was meant: least optimal-string-alignment distance (Damerau-Levenshtein without overlaps), case ignored.
/// </summary>
internal static class DidYouMean
{
    private const int CharsMax = 64;

    /// <returns>The nearest word if at most a third of its letters are wrong, else null; ties go to the first in ordinal order.</returns>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > CharsMax)
        {
            return null;
        }

        var best = known
            .Select(word => (Word: word, Distance: Distance(written.ToLowerInvariant(), word.ToLowerInvariant())))
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, Math.Max(best.Word.Length, written.Length) / 3) ? best.Word : null;
    }

    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = (i, j) switch
                {
                    (_, 0) => i,
                    (0, _) => j,
                    _ => Math.Min(
                        Math.Min(d[i - 1, j], d[i, j - 1]) + 1,
                        d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
