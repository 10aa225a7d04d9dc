using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// How far the music steps back, computed from where the speech is known to be rather than guessed from its level.
/// It is down before the first word and comes back slowly; short gaps between narrations stay down. Pure, integers only.
/// </summary>
internal sealed class DuckEnvelope
{
    /// <summary>1.0 in the envelope's units.</summary>
    internal const int One = 1 << 15;

    /// <summary>The music is fully down when the first word begins.</summary>
    internal const int AttackSamples = 14_400;

    /// <summary>Back to full level, starting at the last word's end.</summary>
    internal const int ReleaseSamples = 38_400;

    /// <summary>Coming up for less than this would pump.</summary>
    internal const int GapSamplesMin = AttackSamples + ReleaseSamples + 24_000;
    private readonly ImmutableArray<(long Start, long End)> _spoken;
    private int _next;

    /// <param name="intervals">Speech on the film's clock, any order; end exclusive.</param>
    internal DuckEnvelope(IEnumerable<(long Start, long End)> intervals) => _spoken = Merge(intervals);

    /// <summary>Attenuation at a sample, 0 (full music) to <see cref="One"/> (fully ducked). Ask in increasing order.</summary>
    internal int At(long sample)
    {
        while (_next < _spoken.Length && sample >= _spoken[_next].End + ReleaseSamples)
        {
            _next++;
        }

        if (_next == _spoken.Length || sample < _spoken[_next].Start - AttackSamples)
        {
            return 0;
        }

        var (start, end) = _spoken[_next];
        return sample < start ? Smooth(sample - (start - AttackSamples), AttackSamples)
            : sample < end ? One
            : Smooth(end + ReleaseSamples - sample, ReleaseSamples);
    }

    private static ImmutableArray<(long Start, long End)> Merge(IEnumerable<(long Start, long End)> intervals)
    {
        var merged = new List<(long Start, long End)>();
        foreach (var interval in intervals.Where(i => i.End > i.Start).OrderBy(i => i.Start).ThenBy(i => i.End))
        {
            if (merged.Count > 0 && interval.Start - merged[^1].End < GapSamplesMin)
            {
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, interval.End));
            }
            else
            {
                merged.Add(interval);
            }
        }

        return [.. merged];
    }

    /// <summary>3t² − 2t³ in integers: no corner at either end, so the step back is not heard as a step.</summary>
    private static int Smooth(long at, long length)
    {
        var t = at * One / length;
        return (int)(t * t / One * (3 * One - 2 * t) / One);
    }
}
