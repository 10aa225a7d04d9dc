using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>Packages that ask for more than there is to check: little is done for them, and it is said that not all was.</summary>
public sealed class LintBoundsTests
{
    private const string Rung = "hls/144p.m3u8", Second = "media/144p/00002.m4s";

    [Fact]
    public void Lint_OfMoreFindingsThanAreKept_CountsAll_AndKeepsTheFirstOfEveryRule()
    {
        const int Gone = 5_000;
        var list = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n");
        for (var index = 0; index < Gone; index++)
        {
            list.Append(CultureInfo.InvariantCulture, $"#EXTINF:2,\n{index}.m4s\n");
        }

        var package = new Dictionary<string, byte[]> { ["a.m3u8"] = Encoding.UTF8.GetBytes(list.ToString()), ["z.mpd"] = "<MPD/>"u8.ToArray() };

        var found = package.Lint();

        Assert.Equal(Gone, found.Rules.Single(r => r.Rule == LintRules.Missing).Count);
        Assert.Equal(Limits.LintFindingsPerRuleMax, found.Findings.Count(f => f.Law == LintRules.Missing));
        Assert.Equal(Gone - Limits.LintFindingsPerRuleMax, found.LeftOut);
        // What came after them is there, and so is the verdict.
        Assert.Contains(found.Findings, f => f.Law == LintRules.Xml);
        Assert.Contains(found.Findings, f => f.Law == LintRules.ListType);
        Assert.Equal(Gone + 2, found.Count(Severity.Error));
        Assert.False(found.IsClean);
    }

    [Fact]
    public void Lint_OfNotesAndErrors_ListsErrorsFirst()
    {
        var package = SyntheticPackage.Make();
        package.Remove(Second);

        var severities = package.Lint().Findings.Select(f => f.Law.Severity).ToList();

        Assert.Equal(Severity.Error, severities[0]);
        Assert.Equal(severities.OrderDescending(), severities);
    }

    [Theory]
    [InlineData("../media/144p/00001.m4s\n#EXTINF:2,\n../media/144p/00002.m4s", 20_000)]
    [InlineData("../media/144p/00001.m4s\n#EXTINF:2,\n../media/144p/00001.m4s", 20_000)]
    public void Lint_OfFilesNamedAgainAndAgain_LooksAtThemSoOften_AlsoAtTheOneAtHand(string names, int times)
    {
        var package = SyntheticPackage.Make();
        package["hls/again.m3u8"] = Encoding.UTF8.GetBytes("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-MAP:URI=\"../media/144p/init.mp4\"\n" + string.Concat(Enumerable.Repeat($"#EXTINF:2,\n{names}\n", times)));
        var reads = 0;

        var found = PackageRules.Lint(new PackageFiles(package.Keys.ToHashSet(), path =>
        {
            reads++;
            return package[path];
        }));

        Assert.Contains(found.Findings, f => f.Law == LintRules.TooMuch && f.What.Contains("again and again", StringComparison.Ordinal));
        Assert.InRange(reads, 1, Limits.LintReadsPerFileMax * package.Count + (int)(Limits.LintAgainBytesMax / Limits.LintAgainBytesMin));
    }

    [Fact]
    public void Lint_OfASlate_IsNamedAllDay_AndNotTooMuch()
    {
        const int Times = 10_000;
        var package = SyntheticPackage.Make();
        package["media/empty.vtt"] = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n"u8.ToArray();
        package["hls/captions.m3u8"] = Encoding.UTF8.GetBytes("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n" + string.Concat(Enumerable.Repeat("#EXTINF:2,\n../media/empty.vtt\n#EXTINF:2,\n../media/captions.vtt\n", Times / 2)) + "#EXT-X-ENDLIST\n");

        Assert.DoesNotContain("PKG-TOO-MUCH", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfSamplesWithoutBytes_CountsThemOverTheWholePackage()
    {
        // A segment of some hundred bytes with as many samples as one may have, named again and again.
        const int Enough = 5 * Limits.LintSamplesMax;
        var package = SyntheticPackage.Make();
        package["media/144p/zero.m4s"] = WithSamplesOfNothing(package[Second], Limits.LintSamplesMax);
        package["hls/again.m3u8"] = Encoding.UTF8.GetBytes("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-MAP:URI=\"../media/144p/init.mp4\"\n" + string.Concat(Enumerable.Repeat("#EXTINF:2,\n../media/144p/zero.m4s\n", 7)));

        var found = PackageRules.Lint(package.Files(), "hls/again.m3u8", new LintBudget(samplesMax: Enough));

        Assert.Contains(found.Findings, f => f.Law == LintRules.TooMuch && f.What.Contains($"more than {Enough} samples", StringComparison.Ordinal));
    }

    [Fact]
    public void Budget_OfBoxesAndSamples_EndsWhereItSays()
    {
        var budget = new LintBudget(boxesMax: 1);
        budget.TakeSamples(Limits.LintSamplesTotalMax);

        Assert.Throws<LintSpentException>(() => budget.TakeSamples(1));
        budget.TakeBox();

        Assert.Throws<LintSpentException>(budget.TakeBox);
    }

    [Fact]
    public void Lint_OfIFramesThatAreAllOfAFileOfBoxes_WalksItSoOften()
    {
        const int Lines = 1_000, Boxes = 1_000, Enough = 10 * Boxes;
        byte[] free = [0, 0, 0, 8, .. "free"u8];
        var file = new byte[Boxes * free.Length];
        for (var at = 0; at < file.Length; at += free.Length)
        {
            free.CopyTo(file, at);
        }

        var package = new Dictionary<string, byte[]>
        {
            ["i.m3u8"] = Encoding.UTF8.GetBytes("#EXTM3U\n#EXT-X-I-FRAMES-ONLY\n" + string.Concat(Enumerable.Repeat("#EXTINF:1,\n1.m4s\n", Lines))),
            ["1.m4s"] = file,
        };

        var found = PackageRules.Lint(package.Files(), null, new LintBudget(boxesMax: Enough));

        Assert.Contains(found.Findings, f => f.Law == LintRules.TooMuch && f.What.Contains($"more than {Enough} boxes", StringComparison.Ordinal));
        // Those that were looked at are judged.
        Assert.Contains(found.Findings, f => f.Law == LintRules.IFramesOnly);
    }

    [Theory]
    [InlineData("#EXT-X-I-FRAMES-ONLY")]
    [InlineData("#EXT-X-IMAGES-ONLY")]
    public void Lint_OfMorePicturesThanAFilmHas_LooksAtNone(string tag)
    {
        var package = new Dictionary<string, byte[]>
        {
            ["i.m3u8"] = Encoding.UTF8.GetBytes($"#EXTM3U\n{tag}\n" + string.Concat(Enumerable.Repeat("#EXTINF:1,\n1.bin\n", Limits.LintSegmentsMax + 1))),
            ["1.bin"] = [1],
        };

        Assert.Equal(["PKG-TOO-MUCH"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfAMillionNames_KeepsTheFoldersWords()
    {
        var paths = new HashSet<string> { "media/1.m4s" };
        var context = new LintContext(new PackageFiles(paths, _ => default), new LintBudget());

        Assert.Same(paths.Single(), context.Find("m.m3u8", "x/../media/./1.m4s"));
    }

    [Fact]
    public void Lint_OfAnElementOfMoreAttributesThanAny_IsNotKept()
    {
        var attributes = string.Concat(Enumerable.Range(0, Limits.LintXmlAttributesMax + 1).Select(i => $" a{i}=\"\""));

        Assert.Equal(["PKG-TOO-MUCH"], Manifest("", $"<SegmentTemplate{attributes}/>").Lint().Ids());
    }

    [Fact]
    public void Lint_OfATemplateOfManyIdentifiers_IsNotWrittenOut()
    {
        var media = string.Concat(Enumerable.Repeat("$Number%099d$", Limits.LintIdentifiersMax + 1));
        var package = Manifest("mediaPresentationDuration=\"PT9S\"", $"<SegmentTemplate media=\"{media}\"><SegmentTimeline><S d=\"1\" r=\"100000\"/></SegmentTimeline></SegmentTemplate>");

        var found = package.Lint().Ids();

        Assert.Contains("PKG-TOO-MUCH", found);
        Assert.DoesNotContain("PKG-MISSING", found);
    }

    [Theory]
    [InlineData("PKG-TOO-MUCH", "P10675199D", "timescale=\"9223372036854775807\" duration=\"1\"")]
    [InlineData("PKG-MISSING", "P10675199D", "timescale=\"9223372036854775807\" duration=\"9223372036854775807\"")]
    [InlineData("PKG-MISSING", "PT1S", "timescale=\"1\" duration=\"9223372036854775807\" endNumber=\"9\"")]
    public void Lint_OfADurationTemplateBeyondAllNumbers_Ends(string rule, string duration, string attributes) =>
        Assert.Contains(rule, Manifest($"mediaPresentationDuration=\"{duration}\"", $"<SegmentTemplate media=\"$Number$.m4s\" initialization=\"i\" {attributes}/>").Lint().Ids());

    [Fact]
    public void Lint_OfATimeBelowZeroOnAFineClock_SaysSo()
    {
        var package = SyntheticPackage.Make();
        var (init, file) = (package["media/144p/init.mp4"], package[Second]);
        BinaryPrimitives.WriteUInt32BigEndian(init.AsSpan(SyntheticPackage.IndexOf(init, "mdhd") + 16), 1_000_000_000);
        BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(SyntheticPackage.IndexOf(file, "tfdt") + 8), unchecked((ulong)-1024L));

        Assert.Contains(package.Lint().Findings, f => f.Law == LintRules.Negative && f.Path == Second);
    }

    [Fact]
    public void Codecs_AsLongAsABook_AreNotCompared()
    {
        var package = SyntheticPackage.Make();
        package.Edit(PackageLayout.HlsMaster, "avc1.64000c", "avc1.64000c," + string.Concat(Enumerable.Repeat("a,", Limits.LintNameCharsMax)));

        Assert.Contains("PKG-TOO-MUCH", package.Lint().Ids());
    }

    [Theory]
    [InlineData("duration=\"1\"", "PT9000000S")]
    [InlineData("duration=\"1\" endNumber=\"9000000000\"", "PT1S")]
    [InlineData("duration=\"1\" endNumber=\"9223372036854775807\" startNumber=\"0\"", "PT1S")]
    public void Lint_OfATemplateForBillions_WritesNoneOut(string attributes, string duration)
    {
        var package = Manifest($"mediaPresentationDuration=\"{duration}\"", $"<SegmentTemplate timescale=\"1000\" media=\"$Number%099d$.m4s\" initialization=\"i\" {attributes}/>");

        var found = package.Lint();

        Assert.Contains("PKG-TOO-MUCH", found.Ids());
        Assert.DoesNotContain("PKG-MISSING", found.Ids());
    }

    [Fact]
    public void Lint_OfATemplateAsLongAsABook_IsNotWrittenOut()
    {
        var package = Manifest("mediaPresentationDuration=\"PT9S\"", $"<SegmentTemplate media=\"{new string('a', 1 << 20)}$Number$\"><SegmentTimeline><S d=\"1\" r=\"100000\"/></SegmentTimeline></SegmentTemplate>");

        Assert.Contains("PKG-TOO-MUCH", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfATimelineForManyRepresentations_WritesOutNoMoreThanAllMayName()
    {
        const string Template = "<SegmentTemplate media=\"$RepresentationID$-$Number$\"><SegmentTimeline><S d=\"1\" r=\"199999\"/></SegmentTimeline></SegmentTemplate>";
        var package = Manifest("mediaPresentationDuration=\"PT9S\"", Template + "</Representation>" + string.Concat(Enumerable.Range(0, 254).Select(i => $"<Representation id=\"r{i}\" bandwidth=\"1\">{Template}</Representation>")) + "<Representation id=\"z\" bandwidth=\"1\">");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = package.Lint();
        var perName = (GC.GetAllocatedBytesForCurrentThread() - before) / Limits.LintNamesMax;

        Assert.Equal(9 * 200_000, found.Rules.Single(r => r.Rule == LintRules.Missing).Count);
        Assert.Contains("PKG-TOO-MUCH", found.Ids());
        Assert.InRange(perName, 1, 2_048);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lint_OfAManifestOfTooManyOrTooDeepElements_IsNotKept(bool isDeep)
    {
        var count = isDeep ? Limits.LintXmlDepthMax + 1 : Limits.LintXmlNodesMax;
        var inner = isDeep ? string.Concat(Enumerable.Repeat("<a>", count)) + string.Concat(Enumerable.Repeat("</a>", count)) : string.Concat(Enumerable.Repeat("<a/>", count));
        var package = new Dictionary<string, byte[]> { ["m.mpd"] = Encoding.UTF8.GetBytes($"<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">{inner}</MPD>") };

        Assert.Equal(["PKG-TOO-MUCH"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfAPlaylistOfLineEnds_IsNotCutApart()
    {
        var package = new Dictionary<string, byte[]> { ["m.m3u8"] = Encoding.UTF8.GetBytes("#EXTM3U\n" + new string('\n', Limits.LintLinesMax)) };

        Assert.Equal(["PKG-TOO-MUCH"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfMoreManifestsThanAPackageHas_LeavesTheRestAndSaysSo()
    {
        var package = Enumerable.Range(0, Limits.LintManifestsMax + 2).ToDictionary(i => $"{i:D3}.mpd", _ => "<MPD/>"u8.ToArray());

        var found = package.Lint();

        Assert.Equal(Limits.LintManifestsMax, found.Rules.Single(r => r.Rule == LintRules.Xml).Count);
        Assert.Equal(2, found.Rules.Single(r => r.Rule == LintRules.TooMuch).Count);
    }

    [Fact]
    public void Lint_OfTimesBeyondAllClocks_SaysSo_AndReckonsNothingWithThem()
    {
        var package = SyntheticPackage.Make();
        for (var index = 1; index <= 3; index++)
        {
            var file = package[$"media/144p/0000{index}.m4s"];
            BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(SyntheticPackage.IndexOf(file, "tfdt") + 8), (1ul << 61) + (ulong)index);
        }

        package["media/144p/init.mp4"].AsSpan(SyntheticPackage.IndexOf(package["media/144p/init.mp4"], "mdhd") + 16, 4).Clear();
        package["media/144p/init.mp4"][SyntheticPackage.IndexOf(package["media/144p/init.mp4"], "mdhd") + 19] = 1;
        var text = System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(package[PackageLayout.DashManifest]), "bandwidth=\"\\d+", "bandwidth=\"999999999999");
        package[PackageLayout.DashManifest] = Encoding.UTF8.GetBytes(text);

        Assert.Contains("CMAF-TFDT", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfTwoListsThatShareAnInit_LooksAtTheSegmentsOfBoth()
    {
        var package = SyntheticPackage.Make();
        var late = package[Second].ToArray();
        late[SyntheticPackage.IndexOf(late, "tfdt") + 15]++;
        package["media/144p/late.m4s"] = late;
        package["hls/other.m3u8"] = package[Rung].ToArray();
        package.Edit("hls/other.m3u8", "00002.m4s", "late.m4s");

        var found = package.Lint();

        Assert.Contains(found.Findings, f => f.Law == LintRules.DecodeTime && f.Path == "media/144p/late.m4s");
    }

    // One trun with nothing of its own in it: every sample has the length and the duration of the head, which are 0 and 1.
    private static byte[] WithSamplesOfNothing(byte[] segment, int samples)
    {
        static byte[] Box(string type, params byte[][] parts)
        {
            var body = parts.SelectMany(p => p).ToArray();
            return [.. Word(8 + (uint)body.Length), .. Encoding.ASCII.GetBytes(type), .. body];
        }

        static byte[] Word(uint value) => [.. BitConverter.GetBytes(value).Reverse()];
        const uint DefaultDuration = 8, DefaultBytes = 0x10, BaseIsMoof = 0x2_0000;
        const uint DataOffset = 1, MoofBytes = 96;
        var head = Box("tfhd", Word(DefaultDuration | DefaultBytes | BaseIsMoof), Word(1), Word(1), Word(0));
        var time = Box("tfdt", Word(1u << 24), Word(0), Word(0));
        var run = Box("trun", Word(DataOffset), Word((uint)samples), Word(MoofBytes + 8));
        var styp = segment[..(SyntheticPackage.IndexOf(segment, "moof") - 4)];
        byte[] moof = Box("moof", Box("mfhd", Word(0), Word(1)), Box("traf", head, time, run));
        Assert.Equal((int)MoofBytes, moof.Length);
        return [.. styp, .. moof, .. Box("mdat", [0])];
    }

    private static Dictionary<string, byte[]> Manifest(string attributes, string inner) => new()
    {
        ["m.mpd"] = Encoding.UTF8.GetBytes($"<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"a\" minBufferTime=\"PT1S\" {attributes}><Period><AdaptationSet><Representation id=\"a\" bandwidth=\"1\">{inner}</Representation></AdaptationSet></Period></MPD>"),
    };
}
