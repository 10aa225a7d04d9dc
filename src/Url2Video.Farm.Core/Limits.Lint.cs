namespace Url2Video.Farm.Core;

/// <content>Of the linter: packages of strangers are read.</content>
public static partial class Limits
{
    /// <summary>Findings of one package: whoever has more has one cause for them, and reads the first.</summary>
    public const int LintFindingsMax = 1_000;

    /// <summary>Of a playlist or manifest. A day in segments of two seconds is 4 MiB.</summary>
    public const int LintManifestBytesMax = 16 * 1024 * 1024;

    /// <summary>Of one file of media, which is read whole. A segment of ten seconds at 100 Mbit/s is 120 MiB.</summary>
    public const int LintMediaBytesMax = 256 * 1024 * 1024;

    /// <summary>Files of one package: a day of six rungs and sound in segments of two seconds.</summary>
    public const int LintFilesMax = 400_000;

    /// <summary>Folders below each other. Packages have two or three.</summary>
    public const int LintDepthMax = 16;

    /// <summary>Segments of one track, before a manifest of a few bytes makes a list of billions: a day in segments of half a second.</summary>
    public const int LintSegmentsMax = 200_000;

    /// <summary>Of all playlists, manifests and captions of a package together: they are kept until the end.</summary>
    public const int LintTextBytesMax = 8 * LintManifestBytesMax;

    /// <summary>Representations of a manifest: every one may stand for a timeline of <see cref="LintSegmentsMax"/>.</summary>
    public const int LintTracksMax = 256;

    /// <summary>Samples of one segment.</summary>
    public const int LintSamplesMax = 65_536;
}
