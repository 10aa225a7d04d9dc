namespace Url2Video.Farm.Core;

/// <content>Of the linter: packages of strangers are read. What lies beyond a bound is a finding of its own, never silence.</content>
public static partial class Limits
{
    /// <summary>Findings that are kept of one rule; more are counted. Whoever has more has one cause for them, and reads the first.</summary>
    public const int LintFindingsPerRuleMax = 100;

    /// <summary>Of a playlist or manifest. A day in segments of two seconds is 4 MiB.</summary>
    public const int LintManifestBytesMax = 16 * 1024 * 1024;

    /// <summary>Of all playlists and manifests of a package together: they are kept until the end.</summary>
    public const int LintTextBytesMax = 4 * LintManifestBytesMax;

    /// <summary>Of one file of media, which is read whole. A segment of ten seconds at 100 Mbit/s is 120 MiB.</summary>
    public const int LintMediaBytesMax = 256 * 1024 * 1024;

    /// <summary>Files and folders of one package: a day of six rungs and sound in segments of two seconds.</summary>
    public const int LintFilesMax = 400_000;

    /// <summary>Folders below each other. Packages have two or three.</summary>
    public const int LintDepthMax = 16;

    /// <summary>Segments of one track, before a manifest of a few bytes makes a list of billions: a day in segments of half a second.</summary>
    public const int LintSegmentsMax = 200_000;

    /// <summary>Names of files in all playlists and manifests, templates written out: that day in HLS and DASH, three times.</summary>
    public const int LintNamesMax = 2_000_000;

    /// <summary>Of one name, template or identifier of a manifest: several times what a part of a path may have.</summary>
    public const int LintNameCharsMax = 1_024;

    /// <summary>How often any file is looked at: HLS, DASH, I-frames and a few renditions that share segments.</summary>
    public const int LintReadsPerFileMax = 8;

    /// <summary>Of all looks beyond these together: a slate, or the file of no captions, is named all day long.</summary>
    public const long LintAgainBytesMax = 1L << 30;

    /// <summary>What such a look costs at least: opening a file is work, however short it is. So 16,384 of them.</summary>
    public const int LintAgainBytesMin = 65_536;

    /// <summary>Lists of unlike segments that share an init: languages, and one film cut in several ways.</summary>
    public const int LintListsPerInitMax = 8;

    /// <summary>Lines of all playlists.</summary>
    public const int LintLinesMax = 2_000_000;

    /// <summary>Of one line of a playlist: signed URLs have some hundred.</summary>
    public const int LintLineCharsMax = 65_536;

    /// <summary>Attributes of one tag that are looked at. The standard knows about twenty.</summary>
    public const int LintTagAttributesMax = 64;

    /// <summary>Master playlists and manifests of one package: each is held against all that it names.</summary>
    public const int LintManifestsMax = 64;

    /// <summary>Representations of a manifest, or renditions and variants of a master playlist: every one may stand for a timeline of <see cref="LintSegmentsMax"/>.</summary>
    public const int LintTracksMax = 256;

    /// <summary>Elements and attributes of a manifest: a timeline that names every segment of the longest track has 800,000.</summary>
    public const int LintXmlNodesMax = 1_000_000;

    /// <summary>Attributes of one element, which are looked for one by one. The standard knows about thirty of a representation.</summary>
    public const int LintXmlAttributesMax = 64;

    /// <summary>Identifiers of one template: the standard knows four, and none is needed twice.</summary>
    public const int LintIdentifiersMax = 16;

    /// <summary>Elements inside each other. A manifest has six.</summary>
    public const int LintXmlDepthMax = 32;

    /// <summary>Samples of one segment.</summary>
    public const int LintSamplesMax = 65_536;

    /// <summary>Boxes of one segment that are walked: as many fragments as samples have a few each.</summary>
    public const int LintBoxesMax = 8 * LintSamplesMax;

    /// <summary>Samples of a package, each list of segments counted once: a day at 60 frames a second of forty rungs.</summary>
    public const long LintSamplesTotalMax = 256L << 20;

    /// <summary>Boxes of a package: as many, as a sample may have a fragment of its own in a rung of every film that is not a day long.</summary>
    public const long LintBoxesTotalMax = 256L << 20;

    /// <summary>Faults of one kind in one segment: the others say the same.</summary>
    public const int LintFaultsPerRuleMax = 4;

    /// <summary>Target durations for which the peak rate of one track is measured. A film has one, by rule 2; what has more is broken, and is held against the nearest.</summary>
    public const int LintPeakTargetsMax = 8;

    /// <summary>Segments that may share the time of one and a half, over which a peak rate is measured.</summary>
    public const int LintPeakSegmentsMax = 64;

    /// <summary>Ticks of a media time in seconds: what is later than this century's clocks by a thousand years is no time.</summary>
    public const long LintMediaSecondsMax = 100_000_000_000;

    /// <summary>For which the tracks of one package may be decoded: hours of film on a slow machine; what takes longer may never end.</summary>
    public const int LintDecodeSecondsMax = 2 * 3_600;

    /// <summary>Folders into which a decoder is let: a track lies in one or two, with its init elsewhere.</summary>
    public const int LintDecodeFoldersMax = 16;

    /// <summary>Private memory of that process: some dozen frames of 8K.</summary>
    public const long LintDecodeMemoryBytesMax = 2L * 1024 * 1024 * 1024;
}
