using System.Collections.Immutable;
using System.Reflection;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>
/// Every rule that the linter knows. What a standard demands is an error; what it recommends, or only CMAF or DASH-IF demand of a package that does
/// not claim to be theirs, is a warning; what is left open is a note. The numbers of Apple's are those of its text of June 2025.
/// </summary>
public static class LintRules
{
    private const string Rfc = "RFC 8216 ", Bis = "RFC 8216bis ", Apple = "Apple HLS Authoring Specification ",
        Dash = "ISO/IEC 23009-1", DashIf = "DASH-IF IOP", Live = "DASH-IF timing model", Cmaf = "ISO/IEC 23000-19 (CMAF)", Farm = "Url2Video.Farm";

    public static readonly LintRule
        Missing = Error("PKG-MISSING", 24, Farm, "every file that is named exists"),
        Escape = Error("PKG-ESCAPE", 24, Farm, "no name leads out of the package"),
        Unreadable = Error("PKG-UNREADABLE", 24, Farm, "every file can be read and is not too large to judge"),
        TooMuch = Error("PKG-TOO-MUCH", 24, Farm, "there is no more to check than any package has; what is beyond is not checked"),
        Empty = Error("PKG-EMPTY", 24, Farm, "there is a playlist or a manifest"),
        Absolute = Warning("PKG-ABSOLUTE", 24, Farm, "files are named relative to the package; what is elsewhere is not looked at"),
        NotJudged = Note("PKG-NOT-JUDGED", 24, Farm, "media that is encrypted, MPEG-TS, packed audio, by byte range, by SegmentList, SegmentBase or duration is not read; nor names with variables, nor lists with gaps"),
        Utf8 = Error("HLS-R4.1", 1, Rfc + "4.1", "a playlist is UTF-8 without a byte order mark"),
        Header = Error("HLS-R4.3.1.1", 1, Rfc + "4.3.1.1", "the first line is #EXTM3U"),
        Version = Error("HLS-R7", 1, Rfc + "7", "EXT-X-VERSION is 6 or more where EXT-X-MAP stands"),
        ExtInf = Error("HLS-R4.3.2.1", 1, Rfc + "4.3.2.1", "EXTINF is a number of seconds, and a URI follows"),
        Target = Error("HLS-R4.3.3.1", 1, Rfc + "4.3.3.1", "no EXTINF, rounded, is above TARGETDURATION"),
        OverTarget = Error("HLS-A7.7", 1, Apple + "7.7", "no segment lasts half a second longer than TARGETDURATION"),
        SameTarget = Error("HLS-A8.2", 2, Apple + "8.2", "all playlists of pictures and sound have one TARGETDURATION"),
        SameLength = Error("HLS-A8.3", 2, Apple + "8.3", "all renditions last equally long, within a frame and a packet"),
        RealDuration = Error("HLS-A8.1", 3, Apple + "8.1", "the EXTINF of any run of segments add up to what the media lasts, within a frame"),
        ListType = Error("HLS-A8.6", 4, Apple + "8.6", "a playlist with ENDLIST is of type VOD or was an EVENT; one without is no VOD"),
        Codecs = Error("HLS-A9.1", 5, Apple + "9.1", "every variant has CODECS"),
        Resolution = Error("HLS-A9.2", 5, Apple + "9.2", "every variant with pictures has RESOLUTION"),
        IFrameAttributes = Error("HLS-A9.3", 5, Apple + "9.3, 9.4", "every I-frame variant has CODECS and RESOLUTION"),
        AverageBandwidth = Error("HLS-A9.14", 5, Apple + "9.14", "every variant has AVERAGE-BANDWIDTH"),
        FrameRate = Error("HLS-A9.15", 5, Apple + "9.15", "every variant with pictures has FRAME-RATE"),
        Bandwidth = Error("HLS-R4.3.4.2", 5, Rfc + "4.3.4.2", "every variant has BANDWIDTH"),
        TrueCodecs = Error("HLS-CODECS", 5, Rfc + "4.3.4.2", "CODECS is what the sample entries say, of pictures and of every sound that goes with them"),
        TrueResolution = Error("HLS-RESOLUTION", 5, Rfc + "4.3.4.2", "RESOLUTION is that of the sample entry"),
        TrueFrameRate = Error("HLS-FRAME-RATE", 5, Rfc + "4.3.4.2", "FRAME-RATE is that of the media"),
        FrameRateMax = Error("HLS-A1.19", 5, Apple + "1.19", "no more than 60 frames a second"),
        AverageRate = Error("HLS-A1.26", 6, Apple + "1.26, 1.28", "the measured average is within 10 % of AVERAGE-BANDWIDTH; while a playlist grows, below 110 %"),
        PeakRate = Error("HLS-A1.27", 6, Apple + "1.27, 1.29, 9.13", "the measured peak, with the largest sound, is within 10 % of BANDWIDTH; while a playlist grows, below 125 %"),
        Spread = Note("HLS-A1.30", 6, Apple + "1.30", "the measured peak is at most twice the average"),
        Independent = Warning("HLS-A9.11", 7, Apple + "9.11", "the master playlist, or one without a master, declares EXT-X-INDEPENDENT-SEGMENTS"),
        IndependentMedia = Error("HLS-A9.12", 7, Apple + "9.12", "playlists of pictures declare EXT-X-INDEPENDENT-SEGMENTS when the master does not"),
        KeyFrame = Error("HLS-A7.4", 7, Apple + "7.4", "every segment of pictures starts with an IDR picture"),
        DecodeTime = Error("HLS-A7.3", 8, Apple + "7.3", "a segment starts where the one before ended"),
        Even = Note("CMAF-EVEN", 8, Farm, "pictures follow each other at equal distances, from segment to segment too"),
        Map = Error("HLS-A8.20", 8, Apple + "8.20", "fragmented MP4 has an EXT-X-MAP"),
        Boundaries = Warning("HLS-A8.22", 8, Apple + "8.22", "all renditions are cut at the same places, sound within a packet"),
        Language = Error("HLS-A8.10", 9, Apple + "8.10, 4.7, 2.27", "every rendition of sound or text has LANGUAGE"),
        Channels = Warning("HLS-A9-CHANNELS", 9, Bis + "4.4.6.1", "every rendition of sound has CHANNELS"),
        TrueChannels = Error("HLS-CHANNELS", 9, Bis + "4.4.6.1", "CHANNELS is what the decoder's configuration says"),
        AutoSelect = Error("HLS-R4.3.4.1", 9, Rfc + "4.3.4.1", "DEFAULT=YES comes without AUTOSELECT=NO, and once in a group of a type"),
        AutoSelectSaid = Warning("HLS-AUTOSELECT", 9, Farm, "DEFAULT=YES says AUTOSELECT=YES too"),
        Media = Error("HLS-MEDIA", 9, Rfc + "4.3.4.1, 4.3.4.2", "EXT-X-MEDIA has TYPE, GROUP-ID and NAME, and every group that a variant names exists"),
        Captions = Error("HLS-A5.2", 10, Apple + "5.2, 5.4, 5.5", "subtitles are WebVTT, or IMSC1 in fragmented MP4, and last as long as the film"),
        TimestampMap = Warning("HLS-A5.3", 10, Apple + "5.3; by " + Rfc + "3.5 it is 0 where it is missing", "WebVTT has an X-TIMESTAMP-MAP"),
        IFrames = Note("HLS-A6.1", 11, Apple + "6.1", "there are I-frame playlists"),
        IFramesOnly = Error("HLS-A6.8", 11, Apple + "6.8, 6.10", "an I-frame playlist says I-FRAMES-ONLY, and every range is one whole fragment of its file"),
        Images = Error("HLS-IMAGES", 11, Farm, "a playlist of images says EXT-X-IMAGES-ONLY and names JPEG or PNG files"),
        ManyRates = Note("HLS-A9.9", 12, Apple + "9.9", "there are several bit rates"),
        Level = Error("HLS-A1.3", 12, Apple + "1.3b, 1.6b, 1.37", "H.264 is at most High 5.2, HEVC Main 10 level 5.1 High tier, AV1 level 6.2"),
        Container = Error("HLS-A1.5", 12, Apple + "1.5, 1.39", "HEVC and AV1 are in fragmented MP4"),
        EntryType = Warning("HLS-A1.10", 12, Apple + "1.10", "parameter sets are in the sample entry: avc1 and hvc1, not avc3 and hev1"),
        Server = Unchecked("HLS-A10.1", 13, Apple + "10.1, 10.4, 8.18", "playlists are served with gzip and the right MIME types, without redirects: a folder does not tell"),
        Discontinuity = Error("HLS-A8.13", 14, Apple + "8.13, 8.15", "discontinuities are at the same places in all renditions"),
        Xml = Error("DASH-XML", 15, Dash, "the manifest is well-formed XML without DTD, and its root is MPD"),
        Schema = Error("DASH-SCHEMA", 15, Dash, "elements and attributes have their types and places, and those that must be there are"),
        Unknown = Note("DASH-UNKNOWN", 15, Dash, "no element or attribute of the manifest's namespace is unknown to the linter's own table"),
        FullSchema = Unchecked("DASH-XSD", 15, Dash, "the manifest is valid by DASH-MPD.xsd, whose licence forbids us to bring it: DASH-SCHEMA is our own table"),
        Timeline = Error("DASH-TIMELINE", 16, Dash, "the SegmentTimeline is contiguous and says what the media says"),
        SegmentCount = Warning("DASH-COUNT", 16, Farm, "no segment lies beside those that are named"),
        Timescale = Warning("DASH-TIMESCALE", 16, DashIf, "timescale is that of the media"),
        Duration = Error("DASH-DURATION", 17, Dash, "mediaPresentationDuration is that of the longest track and cuts no picture"),
        Buffer = Error("DASH-BUFFER", 17, Dash, "who fills minBufferTime at @bandwidth never waits"),
        DashCodecs = Error("DASH-CODECS", 17, Dash, "codecs is what the sample entry says"),
        Declared = Warning("DASH-DECLARED", 17, DashIf, "codecs is declared, and width and height of pictures"),
        DashSize = Error("DASH-SIZE", 17, Dash, "width and height are those of the sample entry"),
        DashFrameRate = Error("DASH-FRAMERATE", 17, Dash, "frameRate is that of the media"),
        DashChannels = Error("DASH-CHANNELS", 17, Dash, "AudioChannelConfiguration is what the decoder's configuration says"),
        Dynamic = Error("DASH-DYNAMIC", 18, Live, "a dynamic manifest says when it began, was written and comes again; a static one says how long it is"),
        Updates = Unchecked("DASH-UPDATES", 18, Live, "availabilityStartTime never changes between two updates: a folder holds one of them"),
        Alignment = Warning("DASH-ALIGNED", 19, DashIf, "segmentAlignment and startWithSAP are declared for pictures and sound"),
        AccessPoint = Error("DASH-SAP", 19, Dash, "where startWithSAP is 1, every segment of pictures starts with an IDR picture"),
        Switching = Error("DASH-SWITCH", 19, Dash, "representations of a set with segmentAlignment have the same boundaries in fact, and codecs of one family"),
        SwitchingEntry = Warning("DASH-SWITCH-ENTRY", 19, DashIf, "representations of one set have their parameter sets at one place: all avc1, or all avc3"),
        Brand = Note("CMAF-BRAND", 20, Cmaf, "an init has the brand cmfc, a segment cmfs (or cmf2, cmfl, cmff)"),
        Boxes = Error("CMAF-BOXES", 20, Cmaf, "the boxes are whole, every sample lies in its mdat, and none in another"),
        Sequence = Error("CMAF-SEQUENCE", 20, Cmaf, "mfhd numbers grow"),
        Shape = Warning("CMAF-SHAPE", 20, Cmaf, "one track a file, one traf and one trun a moof, default-base-is-moof, tfdt of version 1"),
        EditList = Warning("CMAF-EDIT", 20, Cmaf, "an edit list is one edit that only says where the media starts"),
        InBand = Error("CMAF-INBAND", 21, Cmaf, "parameter sets are in the init alone"),
        Delimiter = Warning("CMAF-DELIMITER", 21, "AV1 in ISOBMFF section 2.4", "a sample of AV1 carries no temporal delimiter"),
        Negative = Error("CMAF-TFDT", 22, Cmaf, "no segment starts before zero, or later than any clock"),
        Decodes = Error("CMAF-DECODE", 23, Farm, "a decoder gives every picture once, without an error") with { OnlyWith = "--decode" };

    public static ImmutableArray<LintRule> All { get; } =
    [
        .. typeof(LintRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<LintRule>().OrderBy(r => r.Number).ThenBy(r => r.Id, StringComparer.Ordinal),
    ];

    private static LintRule Error(string id, int number, string source, string title) => new(id, number, Severity.Error, source, title);

    private static LintRule Warning(string id, int number, string source, string title) => new(id, number, Severity.Warning, source, title);

    private static LintRule Note(string id, int number, string source, string title) => new(id, number, Severity.Info, source, title);

    private static LintRule Unchecked(string id, int number, string source, string title) => new(id, number, Severity.Error, source, title, IsChecked: false);
}
