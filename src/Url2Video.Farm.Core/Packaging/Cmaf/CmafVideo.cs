using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>
/// Wraps the H.264 pictures of a chunk as CMAF. Chunks are encoded apart, so times come from the plan, never from the
/// encoder: tfdt is the segment's first frame, the reordering delay is the same in every segment and the edit list takes it
/// off again. So no segment's times depend on how many B-frames its encoder happened to use.
/// </summary>
public static class CmafVideo
{
    /// <summary>The init segment of a rung: a function of the parameter sets and the frame rate, so equal for all chunks.</summary>
    public static byte[] Init(AvcConfig config, Rational fps)
    {
        var (clock, sps) = (VideoClock.For(fps), config.Sps);
        var delay = Delay(config) * clock.FrameTicks;
        return InitBoxes.Write(new BoxWriter(), TrackKind.Video, clock.Timescale, delay, sps.Width, sps.Height, writer => SampleEntry(writer, config));
    }

    /// <summary>Cuts a chunk's samples (decode order) into its segments, each a whole file.</summary>
    /// <exception cref="FarmException">
    /// <see cref="ErrorCodes.MediaFailed"/>: the samples are not exactly the frames of the chunk, a segment does not start
    /// with an IDR picture, or a picture is reordered further than the parameter sets allow.
    /// </exception>
    public static ImmutableArray<byte[]> Segments(ChunkSlot chunk, Rational fps, AvcConfig config, ReadOnlySpan<AvcSample> samples)
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

    private static byte[] Segment(ChunkSlot chunk, SegmentSlot slot, VideoClock clock, uint delay, ReadOnlySpan<AvcSample> samples)
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

            if (index == 0 && (!sample.IsIdr || frame != 0))
            {
                throw Broken(chunk, $"does not start segment {slot.Index} with an IDR picture");
            }

            isSeen[frame] = true;
            var offset = frame + delay - index;
            timed[index] = offset >= 0
                ? new SegmentBoxes.Sample(
                    sample.Data,
                    clock.FrameTicks,
                    sample.IsIdr ? SegmentBoxes.SyncSample : SegmentBoxes.DependentSample,
                    (uint)(offset * clock.FrameTicks))
                : throw Broken(chunk, $"reorders frame {sample.Frame} by more than {delay}");
        }

        return SegmentBoxes.Write((uint)slot.Index + 1, clock.Ticks(slot.FirstFrame), timed);
    }

    private static uint Delay(AvcConfig config) => (uint)(config.Sps.FramesReordered ?? ChunkGrid.FramesReorderedMax);

    private static void SampleEntry(BoxWriter writer, AvcConfig config)
    {
        const int DotsPerInch72 = 0x48, Depth24 = 0x18, NoColourTable = 0xFFFF;
        var sps = config.Sps;
        writer.Open("avc1").Zeros(6).U16(1).Zeros(16)
            .U16(sps.Width).U16(sps.Height).U16(DotsPerInch72).U16(0).U16(DotsPerInch72).U16(0)
            .U32(0).U16(1).Zeros(32).U16(Depth24).U16(NoColourTable);
        writer.Open("avcC").Bytes(config.ToRecord()).Close();
        writer.Open("colr").Ascii("nclx").U16(sps.ColourPrimaries).U16(sps.ColourTransfer).U16(sps.ColourMatrix).U8(sps.IsFullRange ? 0x80 : 0).Close();
        writer.Open("pasp").U32((uint)sps.AspectWidth).U32((uint)sps.AspectHeight).Close();
        writer.Close();
    }

    private static FarmException Broken(ChunkSlot chunk, string what) =>
        new(ErrorCodes.MediaFailed, $"The encoded chunk {chunk.Index} {what}.", retryable: true);
}
