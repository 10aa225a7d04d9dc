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

    [Fact]
    public void Lint_OfAFileNamedAgainAndAgain_ReadsItAFewTimes()
    {
        var package = SyntheticPackage.Make();
        var lines = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-MAP:URI=\"../media/144p/init.mp4\"\n");
        for (var index = 0; index < 10_000; index++)
        {
            lines.Append("#EXTINF:2,\n../media/144p/00001.m4s\n#EXTINF:2,\n../media/144p/00002.m4s\n");
        }

        package["hls/again.m3u8"] = Encoding.UTF8.GetBytes(lines.ToString());
        var reads = 0;

        var found = PackageRules.Lint(new PackageFiles(package.Keys.ToHashSet(), path =>
        {
            reads++;
            return package[path];
        }));

        Assert.Contains(found.Findings, f => f.Law == LintRules.TooMuch && f.What.Contains("again and again", StringComparison.Ordinal));
        Assert.InRange(reads, 1, Limits.LintReadsPerFileMax * package.Count);
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

        Assert.Equal(9 * 200_000, found.Rules.Single(r => r.Rule == LintRules.Missing).Count);
        Assert.Contains("PKG-TOO-MUCH", found.Ids());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L << 30);
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
    public void Segment_WhoseSamplesLieInEachOther_IsRefused()
    {
        var file = SyntheticPackage.Make()[Second];
        var sizes = SyntheticPackage.IndexOf(file, "trun") + 16;
        var mdat = file.Length - SyntheticPackage.IndexOf(file, "mdat") - 4;
        // Every sample becomes as large as all of them: the first fits, the sum does not.
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(sizes + 4), (uint)mdat);
        for (var sample = 1; sample < 64; sample++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(sizes + 16 * sample + 4), 0);
        }

        Assert.Equal(64, new FragmentReader(Init()).Read(file).Samples.Length);
        // A second run over the same bytes.
        var twice = Twice(file);

        Assert.Contains("in each other", Assert.Throws<InvalidDataException>(() => new FragmentReader(Init()).Read(twice)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_WithAFaultInEveryFragment_SaysItAFewTimes()
    {
        var good = SyntheticPackage.Make()[Second];
        var fragment = good[(SyntheticPackage.IndexOf(good, "moof") - 4)..];
        var file = Enumerable.Repeat(fragment, 500).SelectMany(f => f).ToArray();

        var read = new FragmentReader(Init()).Read(file);

        Assert.Equal(500, read.Numbers.Length);
        Assert.InRange(read.Faults.Length, 1, 4 * Limits.LintFaultsPerRuleMax);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 8)]
    [InlineData(1L << 40)]
    public void Segment_WhoseBaseIsFarBeyondTheFile_IsRefused(long offset)
    {
        var file = SyntheticPackage.Make()[Second];
        var at = SyntheticPackage.IndexOf(file, "tfhd");
        // The head gets a base of eight bytes, for which the boxes round it become longer.
        byte[] changed = [.. file[..(at + 12)], .. BitConverter.GetBytes(offset).Reverse(), .. file[(at + 12)..]];
        changed[at + 7] |= 1;
        foreach (var box in (string[])["tfhd", "traf", "moof"])
        {
            var size = changed.AsSpan(SyntheticPackage.IndexOf(changed, box) - 4);
            BinaryPrimitives.WriteUInt32BigEndian(size, BinaryPrimitives.ReadUInt32BigEndian(size) + 8);
        }

        Assert.Contains("beyond the file", Assert.Throws<InvalidDataException>(() => new FragmentReader(Init()).Read(changed)).Message, StringComparison.Ordinal);
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

    private static FragmentInit Init() => FragmentInit.Read(SyntheticPackage.Make()["media/144p/init.mp4"]);

    // The moof gets its trun a second time, over the same data.
    private static byte[] Twice(byte[] file)
    {
        var at = SyntheticPackage.IndexOf(file, "trun") - 4;
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
        byte[] changed = [.. file[..(at + length)], .. file.AsSpan(at, length), .. file[(at + length)..]];
        foreach (var box in (string[])["traf", "moof"])
        {
            var size = changed.AsSpan(SyntheticPackage.IndexOf(changed, box) - 4);
            BinaryPrimitives.WriteUInt32BigEndian(size, BinaryPrimitives.ReadUInt32BigEndian(size) + (uint)length);
        }

        foreach (var run in (int[])[at, at + length])
        {
            var offset = changed.AsSpan(run + 16);
            BinaryPrimitives.WriteUInt32BigEndian(offset, BinaryPrimitives.ReadUInt32BigEndian(offset) + (uint)length);
        }

        return changed;
    }

    private static Dictionary<string, byte[]> Manifest(string attributes, string inner) => new()
    {
        ["m.mpd"] = Encoding.UTF8.GetBytes($"<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"a\" minBufferTime=\"PT1S\" {attributes}><Period><AdaptationSet><Representation id=\"a\" bandwidth=\"1\">{inner}</Representation></AdaptationSet></Period></MPD>"),
    };
}
