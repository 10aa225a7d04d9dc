using System.Collections.Immutable;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// Mihalcea and Tarau's TextRank over sentences: PageRank on a graph weighted by shared words. The overlap is divided by the
/// geometric mean of the sizes instead of their logarithms: the order is the same in practice and the bits are the same on every CPU.
/// </summary>
internal static class TextRank
{
    private const double Damping = 0.85;

    private const int RoundsMax = 30;

    /// <summary>Longer sources are ranked on their first part; the quadratic graph stays below a quarter million edges.</summary>
    public const int SentencesMax = 700;

    /// <returns>One score per sentence, the best is 1; sentences past <see cref="SentencesMax"/> have 0.</returns>
    public static double[] Scores(ImmutableArray<Sentence> sentences)
    {
        var count = Math.Min(sentences.Length, SentencesMax);
        var weights = new double[count, count];
        var sums = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                var weight = Similarity(sentences[i], sentences[j]);
                weights[i, j] = weights[j, i] = weight;
                sums[i] += weight;
                sums[j] += weight;
            }
        }

        var rank = Enumerable.Repeat(1.0, count).ToArray();
        for (var round = 0; round < RoundsMax; round++)
        {
            var next = new double[count];
            for (var i = 0; i < count; i++)
            {
                var sum = 0.0;
                for (var j = 0; j < count; j++)
                {
                    if (weights[i, j] > 0)
                    {
                        sum += rank[j] * weights[i, j] / sums[j];
                    }
                }

                next[i] = 1 - Damping + Damping * sum;
            }

            rank = next;
        }

        var best = count == 0 ? 1 : rank.Max();
        return [.. rank.Select(r => r / best), .. Enumerable.Repeat(0.0, sentences.Length - count)];
    }

    /// <summary>0 for nothing in common, 1 for the same words.</summary>
    public static double Similarity(Sentence a, Sentence b)
    {
        if (a.Topic.Count == 0 || b.Topic.Count == 0)
        {
            return 0;
        }

        var (small, large) = a.Topic.Count <= b.Topic.Count ? (a.Topic, b.Topic) : (b.Topic, a.Topic);
        return small.Count(large.Contains) / Math.Sqrt((double)small.Count * large.Count);
    }
}
