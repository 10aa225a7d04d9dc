using System.Globalization;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>
/// Where everything of a package lies, relative to the output directory, with forward slashes. HLS and DASH name the same
/// media files. No part of a path comes from input: rung names are made by <see cref="Planning.Ladder"/>.
/// </summary>
public static class PackageLayout
{
    /// <summary>The folder name of the sound; no rung has it.</summary>
    public const string Audio = "audio";

    public const string HlsMaster = "hls/master.m3u8";

    public const string HlsCaptions = "hls/captions.m3u8";

    public const string DashManifest = "dash/manifest.mpd";

    /// <summary>WebVTT of the whole film, named by HLS and DASH.</summary>
    public const string CaptionsFile = "media/captions.vtt";

    /// <summary>The name of the I-frame rendition; no rung has it.</summary>
    public const string IFrames = "iframes";

    /// <summary>One track file with a fragment for each picture.</summary>
    public const string IFramesFile = "media/iframes.mp4";

    /// <summary>The name of the small pictures of the seek bar; no rung has it.</summary>
    public const string Thumbnails = "thumbnails";

    /// <summary>WebVTT that says where on the sheets the small picture of a moment lies, for players without a manifest's help.</summary>
    public const string ThumbnailCues = "media/thumbnails.vtt";

    /// <summary>The media template of the sheets, seen from <see cref="DashManifest"/>.</summary>
    public const string DashSheetTemplate = "../media/$RepresentationID$/$Number%05d$.jpg";

    /// <summary>The media template of DASH, seen from <see cref="DashManifest"/>.</summary>
    public const string DashSegmentTemplate = "../media/$RepresentationID$/$Number%05d$.m4s";

    public const string DashInitTemplate = "../media/$RepresentationID$/init.mp4";

    /// <summary>The media playlist of a rung or of <see cref="Audio"/>.</summary>
    public static string HlsMedia(string rendition) => $"hls/{rendition}.m3u8";

    public static string Init(string rendition) => $"media/{rendition}/init.mp4";

    /// <param name="rendition">Rung name or <see cref="Audio"/>.</param>
    /// <param name="index">Segment index from 0; names count from 1.</param>
    public static string Segment(string rendition, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"media/{rendition}/{index + 1:D5}.m4s");

    /// <param name="index">Sheet of small pictures, from 0; names count from 1.</param>
    public static string Sheet(int index) => string.Create(CultureInfo.InvariantCulture, $"media/{Thumbnails}/{index + 1:D5}.jpg");

    /// <summary>A path of this layout as a playlist or manifest (one folder deep) names it.</summary>
    public static string FromManifest(string path) => "../" + path;
}
