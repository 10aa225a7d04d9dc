using System.Collections.Immutable;
using System.Reflection;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Every rule that the linter knows. A means the HLS Authoring Specification for Apple Devices, R the RFC 8216.</summary>
public static class LintRules
{
    private const string Rfc = "RFC 8216 ", Apple = "Apple HLS Authoring Specification ", Attributes = Apple + "9.1-9.4, 9.14, 9.15",
        Dash = "ISO/IEC 23009-1", Live = "DASH-IF timing model", Cmaf = "ISO/IEC 23000-19 (CMAF)", Farm = "Url2Video.Farm";

    public static readonly LintRule
        Missing = Error("PKG-MISSING", 24, Farm, "every file that is named exists"),
        Escape = Error("PKG-ESCAPE", 24, Farm, "no name leads out of the package"),
        Unreadable = Error("PKG-UNREADABLE", 24, Farm, "every file can be read and is not too large to judge"),
        Empty = Error("PKG-EMPTY", 24, Farm, "there is a playlist or a manifest"),
        Absolute = Warning("PKG-ABSOLUTE", 24, Farm, "files are named relative to the package; what is elsewhere is not looked at"),
        NotJudged = Note("PKG-NOT-JUDGED", 24, Farm, "media that is encrypted, MPEG-TS, by byte range, by SegmentList or SegmentBase is not read"),
        Utf8 = Error("HLS-R4.1", 1, Rfc + "4.1", "a playlist is UTF-8 without a byte order mark"),
        Header = Error("HLS-R4.3.1.1", 1, Rfc + "4.3.1.1", "the first line is #EXTM3U"),
        Version = Error("HLS-R7", 1, Rfc + "7", "EXT-X-VERSION is 6 or more where EXT-X-MAP stands"),
        ExtInf = Error("HLS-R4.3.2.1", 1, Rfc + "4.3.2.1", "EXTINF is a number of seconds, and a URI follows"),
        Target = Error("HLS-R4.3.3.1", 1, Rfc + "4.3.3.1", "no EXTINF, rounded, is above TARGETDURATION"),
        OverTarget = Error("HLS-A7.7", 1, Apple + "7.7", "no segment lasts half a second longer than TARGETDURATION"),
        SameTarget = Error("HLS-A8.2", 2, Apple + "8.2", "all playlists of pictures and sound have one TARGETDURATION"),
        SameLength = Error("HLS-A8.3", 2, Apple + "8.3", "all renditions last equally long"),
        RealDuration = Error("HLS-A8.1", 3, Apple + "8.1", "EXTINF adds up to what the media lasts, within a frame"),
        ListType = Error("HLS-A8.6", 4, Apple + "8.6, 8.8", "a finished playlist is of type VOD and ends with ENDLIST; a growing one is an EVENT"),
        Codecs = Error("HLS-A9.1", 5, Attributes, "every variant has CODECS"),
        Resolution = Error("HLS-A9.2", 5, Attributes, "every variant with pictures has RESOLUTION"),
        IFrameAttributes = Error("HLS-A9.3", 5, Attributes, "every I-frame variant has CODECS and RESOLUTION"),
        AverageBandwidth = Error("HLS-A9.14", 5, Attributes, "every variant has AVERAGE-BANDWIDTH"),
        FrameRate = Error("HLS-A9.15", 5, Attributes, "every variant with pictures has FRAME-RATE"),
        Bandwidth = Error("HLS-R4.3.4.2", 5, Rfc + "4.3.4.2", "every variant has BANDWIDTH"),
        TrueCodecs = Error("HLS-CODECS", 5, Attributes, "CODECS is what the sample entries say"),
        TrueResolution = Error("HLS-RESOLUTION", 5, Attributes, "RESOLUTION is that of the sample entry"),
        AverageRate = Error("HLS-A1.26", 6, Apple + "1.26", "the measured average is within 10 % of AVERAGE-BANDWIDTH"),
        PeakRate = Error("HLS-A1.27", 6, Apple + "1.27", "BANDWIDTH is not below the average"),
        Independent = Error("HLS-A9.11", 7, Apple + "9.11, 9.12", "EXT-X-INDEPENDENT-SEGMENTS is declared"),
        KeyFrame = Error("HLS-A7.4", 7, Apple + "7.4", "every segment of pictures starts with an IDR picture"),
        DecodeTime = Error("HLS-A7.3", 8, Apple + "7.3", "a segment starts where the one before ended"),
        Even = Warning("CMAF-EVEN", 8, Cmaf, "pictures follow each other at equal distances"),
        Map = Error("HLS-A8.20", 8, Apple + "8.20", "fragmented MP4 has an EXT-X-MAP"),
        Boundaries = Error("HLS-A8.22", 8, Apple + "8.22", "all renditions are cut at the same places"),
        Language = Error("HLS-A8.10", 9, Apple + "8.10, 4.7, 2.27", "every rendition of sound or text has LANGUAGE"),
        Channels = Error("HLS-A9-CHANNELS", 9, "RFC 8216bis 4.4.6.1", "every rendition of sound has CHANNELS"),
        AutoSelect = Error("HLS-R4.3.4.1", 9, Rfc + "4.3.4.1", "DEFAULT=YES comes with AUTOSELECT=YES, and once in a group"),
        Captions = Error("HLS-A5.2", 10, Apple + "5.2-5.5", "subtitles are WebVTT and last as long as the film"),
        IFrames = Note("HLS-A6.1", 11, Apple + "6.1", "there are I-frame playlists"),
        IFramesOnly = Error("HLS-A6.8", 11, Apple + "6.8, 6.10", "an I-frame playlist says I-FRAMES-ONLY, and every range is one whole fragment of its file"),
        ManyRates = Note("HLS-A9.9", 12, Apple + "9.9", "there are several bit rates"),
        Level = Error("HLS-A1.3", 12, Apple + "1.3", "H.264 is at most of level 4.2; above 1080 lines, of 5.2"),
        Server = Unchecked("HLS-A10.1", 13, Apple + "10.1, 10.4, 8.18", "playlists are served with gzip and the right MIME types, without redirects"),
        Discontinuity = Error("HLS-A8.13", 14, Apple + "8.13-8.17", "discontinuities are at the same places in all renditions"),
        Xml = Error("DASH-XML", 15, Dash, "the manifest is well-formed XML without DTD, and its root is MPD"),
        Schema = Unchecked("DASH-XSD", 15, Dash, "the manifest is valid by DASH-MPD.xsd"),
        Timeline = Error("DASH-TIMELINE", 16, Dash, "the SegmentTimeline is contiguous and says what the media says"),
        SegmentCount = Error("DASH-COUNT", 16, Dash, "no segment lies beside those that are named"),
        Timescale = Error("DASH-TIMESCALE", 16, Dash, "timescale is that of the media"),
        Duration = Error("DASH-DURATION", 17, Dash, "mediaPresentationDuration is that of the longest track and cuts no picture"),
        Buffer = Error("DASH-BUFFER", 17, Dash, "who fills minBufferTime at @bandwidth never waits"),
        DashCodecs = Error("DASH-CODECS", 17, Dash, "codecs is what the sample entry says"),
        DashSize = Error("DASH-SIZE", 17, Dash, "width and height are those of the sample entry"),
        Dynamic = Error("DASH-DYNAMIC", 18, Live, "a dynamic manifest says when it began, was written and comes again; a static one says how long it is"),
        Updates = Unchecked("DASH-UPDATES", 18, Live, "availabilityStartTime never changes between two updates"),
        Alignment = Error("DASH-ALIGNED", 19, Dash, "segmentAlignment and startWithSAP are declared"),
        Brand = Warning("CMAF-BRAND", 20, Cmaf, "an init has the brand cmfc, a segment cmfs (or cmf2, cmfl, cmff)"),
        Boxes = Error("CMAF-BOXES", 20, Cmaf, "the boxes are whole, and every sample lies in its mdat"),
        Sequence = Error("CMAF-SEQUENCE", 20, Cmaf, "mfhd numbers grow"),
        Shape = Warning("CMAF-SHAPE", 20, Cmaf, "one track a file, one traf and one trun a moof, default-base-is-moof, tfdt of version 1"),
        EditList = Warning("CMAF-EDIT", 20, Cmaf, "an edit list is one edit that only says where the media starts"),
        InBand = Error("CMAF-INBAND", 21, Cmaf, "parameter sets are in the init alone"),
        Negative = Error("CMAF-TFDT", 22, Cmaf, "no segment starts before zero"),
        Decodes = Unchecked("CMAF-DECODE", 23, Farm, "a decoder gives every frame once, without a complaint");

    public static ImmutableArray<LintRule> All { get; } =
    [
        .. typeof(LintRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<LintRule>().OrderBy(r => r.Number).ThenBy(r => r.Id, StringComparer.Ordinal),
    ];

    private static LintRule Error(string id, int number, string source, string title) => new(id, number, Severity.Error, source, title);

    private static LintRule Warning(string id, int number, string source, string title) => new(id, number, Severity.Warning, source, title);

    private static LintRule Note(string id, int number, string source, string title) => new(id, number, Severity.Info, source, title);

    private static LintRule Unchecked(string id, int number, string source, string title) => new(id, number, Severity.Error, source, title, IsChecked: false);
}
