using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.TrickPlay;

/// <summary>The sheets of small pictures as a track.</summary>
internal static class ThumbnailTrack
{
    /// <summary>Each sheet lasts fifty seconds, the last one as long as the film.</summary>
    public static Rendition Of(PackageView view, ThumbnailFiles small)
    {
        var clock = VideoClock.For(view.Plan.Fps);
        var end = (long)clock.Ticks(view.Plan.Frames);
        var whole = ThumbnailGrid.SheetSeconds * (long)clock.Timescale;
        return new Rendition(
            PackageLayout.Thumbnails, "jpeg", clock.Timescale, [.. small.Sheets.Select((file, index) => new SegmentEntry(Math.Min(whole, end - (index * whole)), file.Bytes))]);
    }

    public static BitRate RateOf(PackageView view, ThumbnailFiles small) => BitRate.Measure(Of(view, small), ThumbnailGrid.SheetSeconds);
}
