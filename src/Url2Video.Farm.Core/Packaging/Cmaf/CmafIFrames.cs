using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.TrickPlay;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>
/// The I-frame rendition: every picture in a fragment of its own, whose moof describes that one picture. Clients fetch the bytes of a single
/// fragment; a range cut out of a longer segment would leave its moof describing pictures that are not there.
/// </summary>
public static class CmafIFrames
{
    /// <summary>A fragment: moof and mdat, without a segment type before it.</summary>
    /// <param name="index">Of the picture, from 0.</param>
    /// <param name="frames">Of the film.</param>
    /// <param name="picture">A key picture as a file holds it.</param>
    public static byte[] Fragment(int index, long frames, Rational fps, ReadOnlyMemory<byte> picture)
    {
        var clock = VideoClock.For(fps);
        var ticks = (uint)clock.Ticks(IFrameGrid.FramesOf(index, frames, fps));
        return SegmentBoxes.Fragment((uint)index + 1, clock.Ticks(IFrameGrid.FrameOf(index, fps)), [new SegmentBoxes.Sample(picture, ticks, SegmentBoxes.SyncSample, 0)]);
    }

    /// <summary>The track as playlists see it.</summary>
    public static Rendition Rendition(IFrameFile file, long frames, Rational fps)
    {
        var clock = VideoClock.For(fps);
        return new Rendition(
            PackageLayout.IFrames,
            file.Codecs,
            clock.Timescale,
            [.. file.Bytes.Select((bytes, index) => new SegmentEntry((long)clock.Ticks(IFrameGrid.FramesOf(index, frames, fps)), bytes))]);
    }
}
