using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <param name="Order">Names of the children in the order in which they must stand, with how many there may be: <c>?</c>, <c>*</c> or <c>+</c>.</param>
/// <param name="Attributes">Names of the attributes with their types.</param>
internal sealed record DashElement(ImmutableArray<(string Name, char Many)> Order, FrozenDictionary<string, (string Type, bool IsRequired)> Attributes)
{
    /// <summary>Less than 0 for a child that is not known.</summary>
    public int PlaceOf(string child)
    {
        var place = Order.Length - 1;
        while (place >= 0 && Order[place].Name != child)
        {
            place--;
        }

        return place;
    }
}

/// <summary>
/// Our own table of what a manifest may say (ISO/IEC 23009-1, editions 2 to 5), for MPEG's schema may not be passed on. What is not in it is not
/// wrong, only unknown here.
/// </summary>
internal static class DashSchema
{
    private const string
        Media = "FramePacking* AudioChannelConfiguration* ContentProtection* OutputProtection? EssentialProperty* SupplementalProperty* InbandEventStream* Switching* RandomAccess* GroupLabel* Label* ProducerReferenceTime* ContentPopularityRate* Resync* ",
        MediaAttributes = "profiles:text width:uint height:uint sar:ratio frameRate:rate audioSamplingRate:uints mimeType:text segmentProfiles:text codecs:text maximumSAPPeriod:real startWithSAP:sap maxPlayoutRate:real codingDependency:bool scanType:progressive|interlaced|unknown selectionPriority:uint tag:text ",
        Roles = "Accessibility* Role* Rating* Viewpoint* ",
        Segments = "Initialization? RepresentationIndex? FailoverContent? ",
        SegmentAttributes = "timescale:uint eptDelta:int pdDelta:int presentationTimeOffset:uint presentationDuration:uint timeShiftBufferDepth:duration indexRange:text indexRangeExact:bool availabilityTimeOffset:real availabilityTimeComplete:bool ",
        ManyAttributes = "duration:uint startNumber:uint endNumber:uint ",
        Described = "schemeIdUri!:text value:text id:text";

    private static readonly string[] s_descriptors =
    [
        "AssetIdentifier", "FramePacking", "AudioChannelConfiguration", "EssentialProperty", "SupplementalProperty", "Accessibility", "Role", "Rating", "Viewpoint", "UTCTiming", "OutputProtection",
    ];

    private static readonly FrozenDictionary<string, DashElement> s_elements = Table().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an element may hold; null for one that is not in the table.</summary>
    public static DashElement? Of(string name) => s_elements.GetValueOrDefault(name);

    private static Dictionary<string, DashElement> Table()
    {
        var table = s_descriptors.ToDictionary(name => name, _ => Make("", Described));
        void Add(string name, string order, string attributes) => table.Add(name, Make(order, attributes));
        Add("MPD",
            "ProgramInformation* BaseURL* Location* PatchLocation* ServiceDescription* InitializationSet* InitializationGroup* InitializationPresentation* ContentProtection* Period+ Metrics* EssentialProperty* SupplementalProperty* UTCTiming* LeapSecondInformation?",
            "id:text profiles!:text type:static|dynamic availabilityStartTime:time availabilityEndTime:time publishTime:time mediaPresentationDuration:duration minimumUpdatePeriod:duration minBufferTime!:duration "
            + "timeShiftBufferDepth:duration suggestedPresentationDelay:duration maxSegmentDuration:duration maxSubsegmentDuration:duration");
        Add("Period",
            "BaseURL* SegmentBase? SegmentList? SegmentTemplate? AssetIdentifier? EventStream* ServiceDescription* ContentProtection* AdaptationSet* Subset* SupplementalProperty* EmptyAdaptationSet* GroupLabel* Preselection*",
            "id:text start:duration duration:duration bitstreamSwitching:bool");
        Add("AdaptationSet",
            Media + Roles + "ContentComponent* BaseURL* SegmentBase? SegmentList? SegmentTemplate? Representation*",
            MediaAttributes + "id:uint group:uint lang:text contentType:text|image|audio|video|application|font par:ratio minBandwidth:uint maxBandwidth:uint minWidth:uint maxWidth:uint minHeight:uint maxHeight:uint "
            + "minFrameRate:rate maxFrameRate:rate segmentAlignment:boolOrUint subsegmentAlignment:boolOrUint subsegmentStartsWithSAP:sap bitstreamSwitching:bool initializationSetRef:uints initializationPrincipal:text");
        Add("Representation",
            Media + "BaseURL* ExtendedBandwidth* SubRepresentation* SegmentBase? SegmentList? SegmentTemplate?",
            MediaAttributes + "id!:word bandwidth!:uint qualityRanking:uint dependencyId:text associationId:text associationType:text mediaStreamStructureId:text");
        Add("SubRepresentation", Media, MediaAttributes + "level:uint dependencyLevel:uints bandwidth:uint contentComponent:text");
        Add("SegmentBase", Segments, SegmentAttributes);
        Add("SegmentTemplate", Segments + "SegmentTimeline? BitstreamSwitching?", SegmentAttributes + ManyAttributes + "media:text index:text initialization:text bitstreamSwitching:text");
        Add("SegmentList", Segments + "SegmentTimeline? BitstreamSwitching? SegmentURL*", SegmentAttributes + ManyAttributes);
        Add("SegmentTimeline", "Pattern* S*", "");
        Add("S", "", "t:uint n:uint d!:uint r:int k:uint p:uint pE:uint");
        Add("SegmentURL", "", "media:text mediaRange:text index:text indexRange:text");
        foreach (var url in (string[])["Initialization", "RepresentationIndex", "BitstreamSwitching"])
        {
            Add(url, "", "sourceURL:text range:text");
        }

        Add("BaseURL", "", "serviceLocation:text byteRange:text availabilityTimeOffset:real availabilityTimeComplete:bool timeShiftBufferDepth:duration rangeAccess:bool");
        Add("ContentProtection", "", Described + " ref:text refId:text robustness:text");
        Add("ProgramInformation", "Title? Source? Copyright?", "lang:text moreInformationURL:text");
        Add("ContentComponent", Roles, "id:uint lang:text contentType:text|image|audio|video|application|font par:ratio tag:text");
        Add("EventStream", "Event*", "schemeIdUri!:text value:text timescale:uint presentationTimeOffset:uint");
        Add("Subset", "", "contains!:uints id:text");
        Add("Label", "", "id:uint lang:text");
        Add("GroupLabel", "", "id:uint lang:text");
        return table;
    }

    private static DashElement Make(string order, string attributes) => new(
        [.. Words(order).Select(w => (w[..^1], w[^1]))],
        Words(attributes).Select(w => w.Split(':')).ToFrozenDictionary(p => p[0].TrimEnd('!'), p => (p[1], p[0].EndsWith('!')), StringComparer.Ordinal));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
