using System.Buffers.Binary;
using System.Text;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>Packages of others: the known defects of FFmpeg 5.1's muxers by their rule, and files that mean harm.</summary>
public sealed class LintTests
{
    private const string Master = "#EXTM3U\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:BANDWIDTH=1\n", List = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:2,\n1.m4s\n";

    private static readonly FragmentInit s_init = new(MediaKind.Video, 1, 30_000, 0, true, "avc1", [], 64, 36, 0, 1, [], default);

    private static readonly string[] s_film =
    [
        "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x36:r=30000/1001:d=4", "-f", "lavfi", "-i", "sine=d=4",
        "-c:v", "libx264", "-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac",
    ];

    [FfmpegFact]
    public void Lint_OfOurOwnPackage_HasNothingButNotes()
    {
        using var scratch = new ScratchFolder();
        var folder = scratch.Sub("package");
        PackageDirectory.Write(folder, EncodedFilm.Make(new Rational(30_000, 1_001), 60 * 2 + 2, [144], scratch.Sub("encode")));

        var found = PackageRules.Lint(PackageDirectory.Open(folder));

        Assert.True(found.IsClean, string.Join('\n', found.Findings));
        Assert.Equal(["HLS-A6.1", "HLS-A9.9"], found.Ids());
    }

    [FfmpegFact]
    public void Lint_OfFfmpegsHlsMuxer_NamesItsDefects()
    {
        using var scratch = new ScratchFolder();
        Ffmpeg([.. s_film, "-map", "0:v", "-map", "1:a", "-f", "hls", "-hls_time", "2", "-hls_segment_type", "fmp4", "-hls_playlist_type", "vod", "-master_pl_name", "master.m3u8",
            "-var_stream_map", "v:0,agroup:a a:0,agroup:a", "-hls_segment_filename", Path.Combine(scratch.Path, "v%v_%d.m4s"), Path.Combine(scratch.Path, "out_%v.m3u8")]);

        var found = PackageRules.Lint(PackageDirectory.Open(scratch.Path));

        // Not declared: independent, average, frame rate, language, channels. Sound has a segment of one packet more; no CMAF brands; empty edits.
        string[] known = ["HLS-A9.11", "HLS-A9.12", "HLS-A9.14", "HLS-A9.15", "HLS-A8.10", "HLS-A9-CHANNELS", "HLS-AUTOSELECT", "HLS-A8.22", "CMAF-BRAND", "CMAF-EDIT"];
        Assert.Empty(known.Except(found.Ids()));
        // And what is right there is not called wrong.
        Assert.DoesNotContain(found.Ids(), id => id is "CMAF-BOXES" or "HLS-A7.3" or "HLS-A8.1" or "HLS-CODECS" or "HLS-RESOLUTION" or "HLS-A7.4" || id.StartsWith("PKG", StringComparison.Ordinal));
    }

    [FfmpegFact]
    public void Lint_OfFfmpegsTransportStreams_LacksCodecs_AndSaysThatTheyAreNotRead()
    {
        using var scratch = new ScratchFolder();
        var film = Path.Combine(scratch.Sub("film"), "film.mp4");
        Ffmpeg([.. s_film, film]);
        var folder = scratch.Sub("package");
        Ffmpeg(["-v", "error", "-i", film, "-c", "copy", "-f", "hls", "-master_pl_name", "master.m3u8", Path.Combine(folder, "x.m3u8")]);

        var found = PackageRules.Lint(PackageDirectory.Open(folder)).Ids();

        Assert.Empty(new[] { "HLS-A9.1", "HLS-A9.14", "HLS-A9.15", "HLS-A8.6", "PKG-NOT-JUDGED" }.Except(found));
        Assert.DoesNotContain("HLS-A8.20", found);
    }

    [FfmpegFact]
    public void Lint_OfFfmpegsDashMuxer_FindsThatTheLastPictureIsCut()
    {
        using var scratch = new ScratchFolder();
        Ffmpeg([.. s_film, "-f", "dash", "-seg_duration", "2", Path.Combine(scratch.Path, "m.mpd")]);

        var found = PackageRules.Lint(PackageDirectory.Open(scratch.Path));

        Assert.Contains(found.Findings, f => f.Law == LintRules.Duration && f.What.Contains("4 s", StringComparison.Ordinal) && f.Expected.StartsWith("4.004", StringComparison.Ordinal));
        Assert.Equal(["CMAF-BRAND", "DASH-DURATION"], found.Ids());
    }

    [ShakaFact]
    public void Lint_OfShakaPackager_FindsTheClippedIFrames_AndThatItsSubtitlesEndEarly()
    {
        using var scratch = new ScratchFolder();
        var (source, folder) = (scratch.Sub("source"), scratch.Sub("package"));
        var (film, text) = (Path.Combine(source, "film.mp4"), Path.Combine(source, "text.vtt"));
        Ffmpeg([.. s_film, film]);
        File.WriteAllText(text, "WEBVTT\n\n00:00.500 --> 00:01.500\nHello.\n");
        string Track(string input, string name, string more) =>
            $"in={input},{more},init_segment={folder}/{name}/init.mp4,segment_template={folder}/{name}/$Number$.m4s,playlist_name={name}.m3u8";

        MediaPrograms.Run(MediaPrograms.ShakaPackager!, Track(film, "v", "stream=video,iframe_playlist_name=i.m3u8"), Track(film, "a", "stream=audio,lang=en,hls_group_id=audio,hls_name=en"),
            Track(text, "t", "stream=text,format=ttml+mp4,lang=en,hls_group_id=text,hls_name=en"),
            "--segment_duration", "2", "--hls_master_playlist_output", Path.Combine(folder, "master.m3u8"), "--mpd_output", Path.Combine(folder, "m.mpd"));
        var found = PackageRules.Lint(PackageDirectory.Open(folder));

        Assert.Empty(new[] { "HLS-A6.8", "HLS-A5.2" }.Except(found.Ids()));
        // And what is right there is not called wrong: its names of codecs, rates, times and addresses.
        Assert.DoesNotContain(found.Ids(), id => id is "CMAF-BOXES" or "HLS-A7.3" or "HLS-A8.1" or "HLS-A1.26" or "HLS-A1.27" or "HLS-CODECS" or "DASH-CODECS" or "DASH-TIMELINE" or "DASH-DURATION" or "DASH-SCHEMA"
            || id.StartsWith("PKG", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../../../etc/passwd", "PKG-ESCAPE")]
    [InlineData("a/%2e%2e/%2e%2e/%2e%2e/passwd", "PKG-ESCAPE")]
    [InlineData("/etc/passwd", "PKG-ABSOLUTE")]
    [InlineData("https://example.com/x.m3u8", "PKG-ABSOLUTE")]
    [InlineData("file:///etc/passwd", "PKG-ABSOLUTE")]
    [InlineData("gone.m3u8", "PKG-MISSING")]
    public void Lint_OfANameThatLeadsElsewhere_ReportsIt_AndReadsNothing(string uri, string rule)
    {
        var read = new List<string>();
        var files = new PackageFiles(new HashSet<string> { "hls/m.m3u8" }, path =>
        {
            read.Add(path);
            return Encoding.UTF8.GetBytes(Master + uri + "\n");
        });

        var found = PackageRules.Lint(files);

        Assert.Contains(rule, found.Ids());
        Assert.All(read, path => Assert.Equal("hls/m.m3u8", path));
    }

    [Fact]
    public void Lint_OfALineOfAMegabyte_IsShortAndCannotSteerATerminal()
    {
        var line = new string('a', 1 << 20) + "\u001b[2J";

        var found = Lint(("m.m3u8", Bytes(Master + line + "\n")), ("n.m3u8", Bytes("#EXTM3U\n#EXT-X-STREAM-INF:" + line + "\nx\u001b[2J\n")));

        Assert.Contains("PKG-TOO-MUCH", found.Ids());
        Assert.All(found.Findings, f => Assert.True(f.ToString().Length < 2_000 && !f.ToString().Any(char.IsControl), f.Law.Id));
    }

    [Fact]
    public void Lint_OfAnEmptyFolder_IsAFinding() => Assert.Equal(["PKG-EMPTY"], Lint().Ids());

    [Theory]
    [InlineData(0u, 0ul)]
    [InlineData(1u, 1ul << 63)]
    [InlineData(1u, 0ul)]
    [InlineData(1u, ulong.MaxValue)]
    [InlineData(7u, 0ul)]
    [InlineData(uint.MaxValue, 0ul)]
    public void Lint_OfBoxesWithImpossibleLengths_SaysThatTheyAreNotWhole(uint length, ulong longLength)
    {
        foreach (var type in new[] { "moov", "moof" })
        {
            var box = new byte[64];
            BinaryPrimitives.WriteUInt32BigEndian(box, length);
            Encoding.ASCII.GetBytes(type).CopyTo(box, 4);
            BinaryPrimitives.WriteUInt64BigEndian(box.AsSpan(8), longLength);

            Assert.Contains("CMAF-BOXES", Lint(("m.m3u8", Bytes(List)), ("init.mp4", box), ("1.m4s", box)).Ids());
            Assert.Throws<InvalidDataException>(() => FragmentInit.Read(box));
            Assert.Throws<InvalidDataException>(() => new FragmentReader(s_init, new LintBudget()).Read(box));
        }
    }

    [Theory]
    [InlineData("<S t=\"0\" d=\"1\" r=\"9000000000000000000\"/>")]
    [InlineData("<S t=\"9000000000000000000\" d=\"1\"/>")]
    [InlineData("<S d=\"0\" r=\"-1\"/>")]
    [InlineData("")]
    public void Lint_OfATimelineBeyondAllBounds_ReportsItAtOnce(string runs)
    {
        var manifest = "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet><Representation id=\"a\" bandwidth=\"1\">"
            + $"<SegmentTemplate timescale=\"1\" media=\"$Number%099d$.m4s\" initialization=\"i\"><SegmentTimeline>{runs}</SegmentTimeline></SegmentTemplate></Representation></AdaptationSet></Period></MPD>";

        Assert.Contains("DASH-TIMELINE", Lint(("m.mpd", Bytes(manifest))).Ids());
    }

    [Fact]
    public void Lint_OfMoreThanAnyPackageHas_SaysSoAndReadsNoMore()
    {
        var many = string.Concat(Enumerable.Repeat("<Representation/>", Limits.LintTracksMax + 1));
        var manifest = $"<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><AdaptationSet>{many}</AdaptationSet></Period></MPD>";
        var list = List + string.Concat(Enumerable.Repeat("#EXTINF:2,\n1.m4s\n", Limits.LintSegmentsMax));
        var spaces = Bytes("#EXTM3U\n" + new string(' ', Limits.LintManifestBytesMax));

        var found = Lint(("m.mpd", Bytes(manifest)), ("m.m3u8", Bytes(list)), ("n.m3u8", spaces));

        Assert.Equal(["m.m3u8", "m.mpd", "n.m3u8"], found.Findings.Where(f => f.Law == LintRules.TooMuch).Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><MPD>&b;</MPD>", "DASH-XML")]
    [InlineData("<html/>", "DASH-XML")]
    [InlineData("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"dynamic\"/>", "DASH-DYNAMIC")]
    [InlineData("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" mediaPresentationDuration=\"P999999999999Y\"/>", "DASH-DURATION")]
    public void Lint_OfAManifestThatCannotBeMeant_NamesTheRule(string manifest, string rule) =>
        Assert.Contains(rule, Lint(("m.mpd", Bytes(manifest))).Ids());

    [Theory]
    [InlineData("#EXTINF:79228162514264337593543950335,\n1.m4s\n", "HLS-R4.3.2.1")]
    [InlineData("1.m4s\n", "HLS-R4.3.2.1")]
    [InlineData("#EXTINF:9,\n1.m4s\n", "HLS-A7.7")]
    public void Lint_OfASegmentWithoutAGoodDuration_NamesTheRule(string segment, string rule) =>
        Assert.Contains(rule, Lint(("m.m3u8", Bytes("#EXTM3U\n#EXT-X-TARGETDURATION:2\n" + segment))).Ids());

    [Fact]
    public void Lint_OfDiscontinuitiesAtUnlikePlaces_NamesTheRule()
    {
        var master = Master + "a.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8\n";

        var found = Lint(("m.m3u8", Bytes(master)), ("a.m3u8", Bytes(List)), ("b.m3u8", Bytes(List.Replace("#EXTINF", "#EXT-X-DISCONTINUITY\n#EXTINF", StringComparison.Ordinal))));

        Assert.Contains("HLS-A8.13", found.Ids());
    }

    [Theory]
    [InlineData("16@0", true)]
    [InlineData("16@8", false)]
    [InlineData("24@0", false)]
    [InlineData("17@0", false)]
    [InlineData("2147483647@2147483647", false)]
    [InlineData("x@0", false)]
    public void Lint_OfAnIFrameRange_WantsOneWholeFragment(string range, bool isRight)
    {
        byte[] file = [0, 0, 0, 8, .. "moof"u8, 0, 0, 0, 8, .. "mdat"u8, 0, 0, 0, 8, .. "free"u8];
        var master = Master + "gone.m3u8\n#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,CODECS=\"avc1\",RESOLUTION=2x2,URI=\"i.m3u8\"\n";

        var found = Lint(("m.m3u8", Bytes(master)), ("i.m3u8", Bytes($"#EXTM3U\n#EXT-X-I-FRAMES-ONLY\n#EXTINF:1,\n#EXT-X-BYTERANGE:{range}\n1.m4s\n")), ("1.m4s", file));

        Assert.Equal(!isRight, found.Ids().Contains("HLS-A6.8"));
    }

    [Fact]
    public void Rules_HaveIdsOfTheirOwn_AndOneForEachOfTheFarmsNumbers()
    {
        Assert.Equal(LintRules.All.Length, LintRules.All.Select(r => r.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 24), LintRules.All.Select(r => r.Number).Distinct().Order());
        Assert.Equal(["DASH-UPDATES", "DASH-XSD", "HLS-A10.1"], LintRules.All.Where(r => !r.IsChecked).Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    private static void Ffmpeg(string[] arguments) => MediaPrograms.Run("ffmpeg", ["-nostdin", .. arguments]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static LintReport Lint(params (string Path, byte[] Bytes)[] files) =>
        PackageRules.Lint(new PackageFiles(files.Select(f => f.Path).ToHashSet(), path => files.Single(f => f.Path == path).Bytes));
}
