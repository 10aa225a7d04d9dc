using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Speech.Espeak;

/// <param name="Start">Sample.</param>
/// <param name="End">Sample, exclusive.</param>
internal readonly record struct WordSpan(int Start, int End);

/// <summary>Turns measured first differences into word spans. Pure.</summary>
internal static class WordSpans
{
    /// <summary>Below this (−50 dBFS) a sample counts as silence.</summary>
    private const int SilenceLevel = 104;

    /// <summary>A shorter silence before a word is the closure of its first stop (p, t, k), not a pause.</summary>
    private const int ClosureMillisMax = 90;

    /// <param name="differs">Per word the first sample that changed with it; the first entry is ignored.</param>
    /// <param name="weights">Letters per word, for words that begin at the same sample (the engine joins "of the").</param>
    internal static ImmutableArray<WordSpan> FromStarts(ReadOnlySpan<short> pcm, int rate, ReadOnlySpan<int> differs, ReadOnlySpan<int> weights)
    {
        var end = pcm.Length;
        while (end > 0 && Math.Abs((int)pcm[end - 1]) < SilenceLevel)
        {
            end--;
        }

        var starts = new int[differs.Length];
        var pauses = new int[differs.Length + 1];
        for (var i = 0; i < starts.Length; i++)
        {
            var floor = i == 0 ? 0 : starts[i - 1];
            var at = Math.Clamp(i == 0 ? FirstSound(pcm) : differs[i], floor, end);
            var silent = SilentRunBefore(pcm, at, floor);
            var closure = silent * 1000L <= (long)ClosureMillisMax * rate;
            starts[i] = closure && i > 0 ? at - silent : at;
            pauses[i] = closure ? 0 : silent;
        }

        SpreadEqual(starts, weights, end);
        var spans = ImmutableArray.CreateBuilder<WordSpan>(starts.Length);
        for (var i = 0; i < starts.Length; i++)
        {
            var next = i + 1 < starts.Length ? starts[i + 1] - pauses[i + 1] : end;
            spans.Add(new WordSpan(starts[i], Math.Max(starts[i], next)));
        }

        return spans.MoveToImmutable();
    }

    private static int FirstSound(ReadOnlySpan<short> pcm)
    {
        var at = 0;
        while (at < pcm.Length && Math.Abs((int)pcm[at]) < SilenceLevel)
        {
            at++;
        }

        return at;
    }

    private static int SilentRunBefore(ReadOnlySpan<short> pcm, int at, int floor)
    {
        var run = 0;
        while (at - run > floor && Math.Abs((int)pcm[at - run - 1]) < SilenceLevel)
        {
            run++;
        }

        return run;
    }

    private static void SpreadEqual(Span<int> starts, ReadOnlySpan<int> weights, int end)
    {
        for (var first = 0; first < starts.Length;)
        {
            var after = first + 1;
            long total = weights[first];
            while (after < starts.Length && starts[after] == starts[first])
            {
                total += weights[after++];
            }

            var (from, until) = (starts[first], after < starts.Length ? starts[after] : end);
            long before = 0;
            for (var i = first; i < after; i++)
            {
                starts[i] = from + (int)((until - from) * before / Math.Max(1, total));
                before += weights[i];
            }

            first = after;
        }
    }
}
