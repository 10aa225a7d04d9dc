using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>Which files a finished package consists of, and which could be of another one.</summary>
public static class PackageContents
{
    private const string Sheets = $"media/{PackageLayout.Thumbnails}/";

    /// <summary>The folders that hold nothing but packages.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["media", "hls", "dash"];

    /// <summary>Every path of the finished package of a film.</summary>
    public static IReadOnlySet<string> Of(PublishSpec spec)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rendition in spec.Plan.Streamed.Select(r => r.Name).Append(PackageLayout.Audio))
        {
            files.Add(PackageLayout.Init(rendition));
            files.UnionWith(Enumerable.Range(0, spec.Plan.Segments).Select(i => PackageLayout.Segment(rendition, i)));
            if (spec.Formats.HasFlag(OutputFormats.Hls))
            {
                files.Add(PackageLayout.HlsMedia(rendition));
            }
        }

        if (spec.HasCaptions)
        {
            files.Add(PackageLayout.CaptionsFile);
        }

        files.UnionWith(TrickPlayOf(spec));
        if (spec.Formats.HasFlag(OutputFormats.Hls))
        {
            files.UnionWith(spec.HasCaptions ? [PackageLayout.HlsMaster, PackageLayout.HlsCaptions] : [PackageLayout.HlsMaster]);
        }

        if (spec.Formats.HasFlag(OutputFormats.Dash))
        {
            files.Add(PackageLayout.DashManifest);
        }

        return files;
    }

    /// <summary>True for a path that this farm may have written as part of some package.</summary>
    public static bool IsPackageFile(string path) =>
        Path.GetExtension(path) is ".m4s" or ".m3u8" or ".mpd" || Path.GetFileName(path) is "init.mp4" or "captions.vtt"
        || path is PackageLayout.IFramesFile or PackageLayout.ThumbnailCues || (path.StartsWith(Sheets, StringComparison.Ordinal) && path.EndsWith(".jpg", StringComparison.Ordinal));

    private static IEnumerable<string> TrickPlayOf(PublishSpec spec)
    {
        if (spec.TrickPlay.HasFlag(TrickPlayKinds.IFrames))
        {
            yield return PackageLayout.IFramesFile;
            yield return PackageLayout.HlsMedia(PackageLayout.IFrames);
        }

        if (spec.TrickPlay.HasFlag(TrickPlayKinds.Thumbnails))
        {
            yield return PackageLayout.ThumbnailCues;
            for (var index = 0; index < ThumbnailGrid.Sheets(spec.Plan.Frames, spec.Plan.Fps); index++)
            {
                yield return PackageLayout.Sheet(index);
            }

            if (spec.Formats.HasFlag(OutputFormats.Hls))
            {
                yield return PackageLayout.HlsMedia(PackageLayout.Thumbnails);
            }
        }
    }
}
