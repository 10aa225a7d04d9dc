using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What the bytes of one segment say.</summary>
/// <param name="Shift">Ticks from decoding the first sample to showing it, the edit list counted in.</param>
internal sealed record TrackSegment(string Path, long DecodeTime, long Duration, long Shift, long Bytes)
{
    /// <summary>Ticks at which it is shown; what lies before the film's first instant is not.</summary>
    public long Start => Math.Max(0, DecodeTime + Shift);
}

/// <summary>What the bytes of one track say: the truth that playlists and manifests are held against.</summary>
/// <param name="frameTicks">Of the first picture or packet.</param>
/// <param name="isEven">Whether all pictures are as long as the first.</param>
/// <param name="segments">At least one.</param>
internal sealed class Track(string name, FragmentInit init, long frameTicks, bool isEven, long samples, ImmutableArray<TrackSegment> segments)
{
    private readonly Dictionary<int, decimal> _peaks = [];
    private decimal? _average;

    public string Name => name;

    public FragmentInit Init => init;

    public long Samples => samples;

    public ImmutableArray<TrackSegment> Segments => segments;

    /// <summary>Paths of segments of pictures whose first is no IDR: a decoder that starts there cannot show what leads up to it.</summary>
    public ImmutableArray<string> Open { get; init; } = [];

    /// <summary>Seconds from the film's first instant to the end of the track.</summary>
    public decimal End => EndOf(segments.Length - 1);

    public decimal Seconds => EndSeconds(segments.Length - 1);

    public decimal FrameSeconds => (decimal)frameTicks / init.Timescale;

    /// <summary>Pictures a second; null when they are not equally long.</summary>
    public decimal? FrameRate => isEven && frameTicks > 0 ? (decimal)init.Timescale / frameTicks : null;

    public bool IsVideo => init.Kind == MediaKind.Video;

    /// <summary>Bits a second over everything.</summary>
    public decimal AverageRate => _average ??= Rate(segments.Sum(s => s.Bytes), Seconds);

    /// <summary>Seconds from the track's first shown instant to the end of a segment.</summary>
    public decimal EndSeconds(int segment) => EndOf(segment) - (decimal)segments[0].Start / init.Timescale;

    public decimal StartSeconds(int segment) => segment == 0 ? 0 : EndSeconds(segment - 1);

    /// <summary>Bits a second over that run of segments, half to one and a half of the target duration long, where they are most (RFC 8216 section 4.3.4.2).</summary>
    public decimal PeakRate(int targetSeconds)
    {
        if (!_peaks.TryGetValue(targetSeconds, out var peak))
        {
            if (_peaks.Count >= Limits.LintPeakTargetsMax)
            {
                return _peaks[_peaks.Keys.MinBy(t => Math.Abs((long)t - targetSeconds))];
            }

            peak = AverageRate;
            for (var first = 0; first < segments.Length; first++)
            {
                peak = Math.Max(peak, PeakFrom(first, targetSeconds));
            }

            _peaks[targetSeconds] = peak;
        }

        return peak;
    }

    /// <summary>Whether both have their segments at the same instants. Unlike clocks do not have the same: they may be a tick of the coarser apart.</summary>
    public bool IsCutAs(Track other)
    {
        Int128 mine = init.Timescale, theirs = other.Init.Timescale;
        var apart = mine == theirs ? 0 : Int128.Max(mine, theirs);
        return segments.Length == other.Segments.Length && segments.Zip(other.Segments).All(s => Int128.Abs(s.First.Start * theirs - s.Second.Start * mine) <= apart);
    }

    private decimal PeakFrom(int first, int targetSeconds)
    {
        var (bytes, peak, start) = (0L, 0m, StartSeconds(first));
        for (var last = first; last < Math.Min(segments.Length, first + Limits.LintPeakSegmentsMax); last++)
        {
            bytes += segments[last].Bytes;
            var seconds = EndSeconds(last) - start;
            if (2 * seconds > 3 * targetSeconds)
            {
                break;
            }

            peak = 2 * seconds >= targetSeconds ? Math.Max(peak, Rate(bytes, seconds)) : peak;
        }

        return peak;
    }

    private static decimal Rate(long bytes, decimal seconds) => seconds <= 0 ? 0 : bytes * 8 / seconds;

    private decimal EndOf(int segment) => ((decimal)segments[segment].DecodeTime + segments[segment].Duration + segments[segment].Shift) / init.Timescale;
}
