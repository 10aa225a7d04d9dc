namespace Url2Video.Farm.Core.Packaging;

/// <summary>Measured rates in bits a second, rounded up.</summary>
/// <param name="Peak">Largest rate over any run of segments that lasts 0.5 to 1.5 target durations (RFC 8216 section 4.3.4.2).</param>
/// <param name="Average">Over everything published.</param>
public readonly record struct BitRate(long Peak, long Average)
{
    public static BitRate operator +(BitRate a, BitRate b) => new(a.Peak + b.Peak, a.Average + b.Average);

    public static BitRate Add(BitRate left, BitRate right) => left + right;

    public static BitRate Measure(Rendition rendition, int targetSeconds)
    {
        var segments = rendition.Segments.AsSpan();
        var (bytes, ticks, peak) = (0L, 0L, 0L);
        for (var first = 0; first < segments.Length; first++)
        {
            bytes += segments[first].Bytes;
            ticks += segments[first].Ticks;
            peak = Math.Max(peak, PeakFrom(segments[first..], rendition.Timescale, targetSeconds));
        }

        var average = Rate(bytes, ticks, rendition.Timescale);
        return new BitRate(Math.Max(peak, average), average);
    }

    private static long PeakFrom(ReadOnlySpan<SegmentEntry> segments, uint timescale, int targetSeconds)
    {
        var targetTicks = (long)targetSeconds * timescale;
        var (bytes, ticks, peak) = (0L, 0L, 0L);
        foreach (var segment in segments)
        {
            bytes += segment.Bytes;
            ticks += segment.Ticks;
            if (2 * ticks > 3 * targetTicks)
            {
                break;
            }

            peak = 2 * ticks >= targetTicks ? Math.Max(peak, Rate(bytes, ticks, timescale)) : peak;
        }

        return peak;
    }

    private static long Rate(long bytes, long ticks, uint timescale) =>
        ticks == 0 ? 0 : (long)(((Int128)bytes * 8 * timescale + ticks - 1) / ticks);
}
