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

    /// <summary>Coming up for less than this, between release and attack, would pump.</summary>
    private const int FullSamplesMin = 24_000;
    private readonly int _attack;
    private readonly int _release;
    private readonly ImmutableArray<(long Start, long End)> _spoken;
    private int _next;

    /// <param name="intervals">Speech on the film's clock, any order; end exclusive.</param>
    internal DuckEnvelope(IEnumerable<(long Start, long End)> intervals, DuckPlan plan)
    {
        (_attack, _release) = (plan.AttackSamples, plan.ReleaseSamples);
        _spoken = Merge(intervals, _attack + _release + FullSamplesMin);
    }

    /// <summary>Attenuation at a sample, 0 (full music) to <see cref="One"/> (fully ducked). Ask in increasing order.</summary>
    internal int At(long sample)
    {
        while (_next < _spoken.Length && sample >= _spoken[_next].End + _release)
        {
            _next++;
        }

        if (_next == _spoken.Length || sample < _spoken[_next].Start - _attack)
        {
            return 0;
        }

        var (start, end) = _spoken[_next];
        return sample < start ? Smooth(sample - (start - _attack), _attack)
            : sample < end ? One
            : Smooth(end + _release - sample, _release);
    }

    private static ImmutableArray<(long Start, long End)> Merge(IEnumerable<(long Start, long End)> intervals, int gapMin)
    {
        var merged = new List<(long Start, long End)>();
        foreach (var interval in intervals.Where(i => i.End > i.Start).OrderBy(i => i.Start).ThenBy(i => i.End))
        {
            if (merged.Count > 0 && interval.Start - merged[^1].End < gapMin)
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
        return (int)(t * t * (3 * One - 2 * t) / One / One);
    }
}
