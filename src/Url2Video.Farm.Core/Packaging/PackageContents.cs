using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>Which files a finished package consists of, and which could be of another one.</summary>
public static class PackageContents
{
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
        Path.GetExtension(path) is ".m4s" or ".m3u8" or ".mpd" || Path.GetFileName(path) is "init.mp4" or "captions.vtt";
}
