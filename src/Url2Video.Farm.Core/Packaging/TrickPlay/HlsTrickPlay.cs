using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.TrickPlay;

/// <summary>
/// What HLS says of I-frames (RFC 8216 section 4.3.3.6) and of sheets of small pictures (the image playlists that televisions and players
/// for the web agreed on: EXT-X-IMAGE-STREAM-INF). Written when the film is complete.
/// </summary>
internal static class HlsTrickPlay
{
    /// <summary>The lines of the master playlist, after all variants.</summary>
    public static void Master(StringBuilder text, PackageView view)
    {
        if (view.TrickPlay?.IFrames is { } track)
        {
            var rate = RateOf(track, view);
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={rate.Peak},AVERAGE-BANDWIDTH={rate.Average},CODECS=\"{track.Codecs}\",");
            text.Append(CultureInfo.InvariantCulture, $"RESOLUTION={track.Width}x{track.Height},URI=\"{PackageLayout.IFrames}.m3u8\"\n");
        }

        if (view.TrickPlay?.Thumbnails is { } small)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-IMAGE-STREAM-INF:BANDWIDTH={ThumbnailTrack.RateOf(view, small).Peak},CODECS=\"jpeg\",");
            text.Append(CultureInfo.InvariantCulture, $"RESOLUTION={small.Width}x{small.Height},URI=\"{PackageLayout.Thumbnails}.m3u8\"\n");
        }
    }

    /// <summary>Every picture as the range of its own fragment.</summary>
    public static string IFrames(PackageView view, IFrameFile track)
    {
        var uri = PackageLayout.FromManifest(PackageLayout.IFramesFile);
        var rendition = CmafIFrames.Rendition(track, view.Plan.Frames, view.Plan.Fps);
        var text = HlsMediaPlaylist.Head(TargetOf(rendition), isComplete: true, rendition.Segments.Length);
        text.Append("#EXT-X-I-FRAMES-ONLY\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI=\"{uri}\",BYTERANGE=\"{track.InitBytes}@0\"\n");
        var (ticks, micros, offset) = (0L, 0L, (long)track.InitBytes);
        foreach (var picture in rendition.Segments)
        {
            ticks += picture.Ticks;
            var end = HlsMediaPlaylist.Micros(ticks, rendition.Timescale);
            HlsMediaPlaylist.Length(text, end - micros);
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-BYTERANGE:{picture.Bytes}@{offset}\n{uri}\n");
            (micros, offset) = (end, offset + picture.Bytes);
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    /// <summary>Every sheet, with how it is divided.</summary>
    public static string Thumbnails(PackageView view, ThumbnailFiles small)
    {
        var rendition = ThumbnailTrack.Of(view, small);
        var text = HlsMediaPlaylist.Head(TargetOf(rendition), isComplete: true, rendition.Segments.Length);
        text.Append("#EXT-X-IMAGES-ONLY\n");
        for (var index = 0; index < rendition.Segments.Length; index++)
        {
            HlsMediaPlaylist.Length(text, HlsMediaPlaylist.Micros(rendition.Segments[index].Ticks, rendition.Timescale));
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TILES:RESOLUTION={small.Width}x{small.Height},LAYOUT={ThumbnailGrid.Columns}x{ThumbnailGrid.Rows},DURATION={ThumbnailGrid.Seconds}.000\n");
            text.Append(PackageLayout.FromManifest(PackageLayout.Sheet(index))).Append('\n');
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    private static BitRate RateOf(IFrameFile track, PackageView view)
    {
        var rendition = CmafIFrames.Rendition(track, view.Plan.Frames, view.Plan.Fps);
        return BitRate.Measure(rendition, TargetOf(rendition));
    }

    // As media playlists: the longest, in whole seconds, halves up.
    private static int TargetOf(Rendition rendition) =>
        (int)Math.Max(1, ((2 * rendition.Segments.Max(s => s.Ticks)) + rendition.Timescale) / (2L * rendition.Timescale));
}
