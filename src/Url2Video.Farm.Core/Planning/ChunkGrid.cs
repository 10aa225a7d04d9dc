using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Planning;

/// <summary>
/// Cuts a film into segments of about two seconds, and chunks of two segments. Where the frame rate allows, a segment is a
/// whole number of AAC packets, so sound and picture are cut at the very same instant (30 fps: 64 frames = 100 packets);
/// otherwise sound is cut at the nearest packet, at most 10.7 ms away.
/// A film that nobody streams is cut by its scenes instead (<see cref="SceneCuts"/>).
/// </summary>
public static class ChunkGrid
{
    public const int SegmentsPerChunk = 2;

    private static readonly Rational s_streamed = new(2, 1);
    private static readonly Rational s_file = new(16, 3);

    /// <summary>Frames of a full segment: the exact length nearest to 2 s within 1.5..3 s, else 2 s rounded to frames.</summary>
    public static int SegmentFrames(Rational fps) => FramesNear(s_streamed, fps);

    /// <summary>The longest segment of a film that is not streamed, near 5⅓ s.</summary>
    public static int FileSegmentFrames(Rational fps) => FramesNear(s_file, fps);

    /// <summary>The shortest, unless the film is shorter: it must be worth a key frame.</summary>
    public static int FileSegmentFramesMin(Rational fps) => FramesMin(FileSegmentFrames(fps));

    /// <summary>From key frame to key frame in a film that was cut so: where several chunks are made for streams, the first has its two segments.</summary>
    public static int GopFrames(ImmutableArray<ChunkSlot> film, Rational fps) =>
        film[0].Segments.Length == 1 && (film.Length > 1 || film[0].Frames > SegmentFramesMax(fps)) ? FileSegmentFrames(fps) : SegmentFrames(fps);

    private static int FramesNear(Rational seconds, Rational fps)
    {
        var (ticks, unit) = (seconds.Numerator * fps.Numerator, seconds.Denominator * fps.Denominator);
        var wanted = (int)Math.Max(1, (2 * ticks + unit) / (2 * unit));
        var step = ExactStepFrames(fps);
        var exact = Math.Max(1, (wanted + step / 2) / step) * step;
        return exact * 4L >= wanted * 3L && exact * 2L <= wanted * 3L ? (int)exact : wanted;
    }

    /// <summary>A last segment shorter than this is merged into the one before: it needs room for reordering and must be worth a file.</summary>
    public static int SegmentFramesMin(Rational fps) => FramesMin(SegmentFrames(fps));

    /// <summary>No segment is longer than this; an encoder's key frame distance must not be shorter.</summary>
    public static int SegmentFramesMax(Rational fps) => SegmentFrames(fps) + SegmentFramesMin(fps) - 1;

    /// <summary>Frames that may be decoded before a frame that is shown earlier: B-frames with a pyramid need two.</summary>
    public const int FramesReorderedMax = 2;

    /// <summary>The chunks of a film for players that fetch segments.</summary>
    /// <param name="frames">Length of the film, at least 1.</param>
    public static ImmutableArray<ChunkSlot> Cut(long frames, Rational fps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        return Chunks(Starts(frames, SegmentFrames(fps)), frames, fps, SegmentsPerChunk);
    }

    /// <param name="starts">First frames of the segments, ascending from 0.</param>
    /// <param name="together">Segments of a chunk.</param>
    internal static ImmutableArray<ChunkSlot> Chunks(IReadOnlyList<long> starts, long frames, Rational fps, int together)
    {
        var segments = Segments(starts, frames, fps);
        var chunks = ImmutableArray.CreateBuilder<ChunkSlot>((segments.Length + together - 1) / together);
        for (var first = 0; first < segments.Length; first += together)
        {
            chunks.Add(new ChunkSlot(chunks.Count, segments[first..Math.Min(segments.Length, first + together)]));
        }

        return chunks.MoveToImmutable();
    }

    private static int FramesMin(int segment) => Math.Max(FramesReorderedMax + 1, (segment + 3) / 4);

    private static List<long> Starts(long frames, int length)
    {
        var count = (int)Math.Max(1, frames / length);
        if (frames > length && frames - (long)count * length >= FramesMin(length))
        {
            count++;
        }

        return [.. Enumerable.Range(0, count).Select(i => (long)i * length)];
    }

    private static ImmutableArray<SegmentSlot> Segments(IReadOnlyList<long> starts, long frames, Rational fps)
    {
        var packets = SampleClock.PacketsFor(SampleClock.SamplesAt(frames, fps));
        var slots = ImmutableArray.CreateBuilder<SegmentSlot>(starts.Count);
        for (var index = 0; index < starts.Count; index++)
        {
            var isLast = index == starts.Count - 1;
            var packet = FirstPacket(starts[index], fps);
            slots.Add(new SegmentSlot(
                index,
                starts[index],
                (int)((isLast ? frames : starts[index + 1]) - starts[index]),
                packet,
                (int)((isLast ? packets : FirstPacket(starts[index + 1], fps)) - packet)));
        }

        return slots.MoveToImmutable();
    }

    // The first segment carries the priming packet on top, so every later boundary is heard exactly where it is seen.
    private static long FirstPacket(long frame, Rational fps) =>
        frame == 0 ? 0 : SampleClock.NearestPacket(frame, fps) + SampleClock.PrimingPackets;

    /// <summary>The smallest number of frames that lasts a whole number of packets.</summary>
    private static long ExactStepFrames(Rational fps) =>
        new Rational(SampleClock.SamplesPerSecond * fps.Denominator, fps.Numerator * SampleClock.SamplesPerPacket).Denominator;
}
