using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>
/// Wraps the pictures of a chunk as CMAF. Chunks are encoded apart, so times come from the plan, never from the
/// encoder: tfdt is the segment's first frame, the reordering delay is the same in every segment and the edit list takes it
/// off again. So no segment's times depend on how many B-frames its encoder happened to use.
/// </summary>
public static class CmafVideo
{
    /// <summary>The init segment of a rung: a function of the parameter sets and the frame rate, so equal for all chunks.</summary>
    public static byte[] Init(IVideoConfig config, Rational fps)
    {
        var clock = VideoClock.For(fps);
        var delay = Delay(config) * clock.FrameTicks;
        return InitBoxes.Write(new BoxWriter(), TrackKind.Video, clock.Timescale, delay, config.Width, config.Height, config.WriteSampleEntry);
    }

    /// <summary>Cuts a chunk's samples (decode order) into its segments, each a whole file.</summary>
    /// <exception cref="FarmException">
    /// <see cref="ErrorCodes.MediaFailed"/>: the samples are not exactly the frames of the chunk, a segment does not start
    /// with a key frame, or a picture is reordered further than the parameter sets allow.
    /// </exception>
    public static ImmutableArray<byte[]> Segments(ChunkSlot chunk, Rational fps, IVideoConfig config, ReadOnlySpan<CodedSample> samples)
    {
        if (samples.Length != chunk.Frames)
        {
            throw Broken(chunk, $"has {samples.Length} pictures in place of {chunk.Frames}");
        }

        var files = ImmutableArray.CreateBuilder<byte[]>(chunk.Segments.Length);
        foreach (var slot in chunk.Segments)
        {
            var first = (int)(slot.FirstFrame - chunk.FirstFrame);
            files.Add(Segment(chunk, slot, VideoClock.For(fps), Delay(config), samples.Slice(first, slot.Frames)));
        }

        return files.MoveToImmutable();
    }

    private static byte[] Segment(ChunkSlot chunk, SegmentSlot slot, VideoClock clock, uint delay, ReadOnlySpan<CodedSample> samples)
    {
        var first = slot.FirstFrame - chunk.FirstFrame;
        var isSeen = new bool[slot.Frames];
        var timed = new SegmentBoxes.Sample[samples.Length];
        for (var index = 0; index < samples.Length; index++)
        {
            var sample = samples[index];
            var frame = sample.Frame - first;
            if (frame < 0 || frame >= slot.Frames || isSeen[frame])
            {
                throw Broken(chunk, $"shows frame {sample.Frame} in the wrong segment or twice");
            }

            if (index == 0 && (!sample.IsKey || frame != 0))
            {
                throw Broken(chunk, $"does not start segment {slot.Index} with a key frame");
            }

            isSeen[frame] = true;
            var offset = frame + delay - index;
            timed[index] = offset >= 0
                ? new SegmentBoxes.Sample(
                    sample.Data,
                    clock.FrameTicks,
                    sample.IsKey ? SegmentBoxes.SyncSample : SegmentBoxes.DependentSample,
                    (uint)(offset * clock.FrameTicks))
                : throw Broken(chunk, $"reorders frame {sample.Frame} by more than {delay}");
        }

        return SegmentBoxes.Write((uint)slot.Index + 1, clock.Ticks(slot.FirstFrame), timed);
    }

    private static uint Delay(IVideoConfig config) => (uint)config.FramesReordered;

    private static FarmException Broken(ChunkSlot chunk, string what) =>
        new(ErrorCodes.MediaFailed, $"The encoded chunk {chunk.Index} {what}.", retryable: true);
}
