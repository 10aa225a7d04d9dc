using System.Buffers.Binary;
using System.Text.Json;
using Url2Video.Farm.Cli.Lint;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Node.Workers;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary><c>url2video lint</c> as it is typed: its exit status, its lines for programs, and what it never opens.</summary>
public sealed class LintCommandTests : IDisposable
{
    // A master whose only list lies beside its folder: whole from one folder up.
    private const string Master = "#EXTM3U\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:BANDWIDTH=1\n../gone.m3u8\n";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Lint_OfAMasterWithFaults_NamesEachByRuleAndFile_AndEndsWith1()
    {
        Directory.CreateDirectory(_temp["hls"]);
        File.WriteAllText(_temp["hls/master.m3u8"], Master);

        var result = await Url2VideoProgram.RunAsync("lint", _temp["hls/master.m3u8"], "--json");

        Assert.True(result.Exit == 1, result.Out + result.Error);
        Assert.Equal("ERR_PACKAGE_RULES", result.Result.GetProperty("error").GetProperty("code").GetString());
        var findings = result.Json.Where(l => l.GetProperty("type").GetString() == "finding").ToList();
        var codecs = Assert.Single(findings, f => f.GetProperty("rule").GetString() == "HLS-A9.1");
        Assert.Equal(("error", "hls/master.m3u8"), (codecs.GetProperty("severity").GetString(), codecs.GetProperty("file").GetString()));
        Assert.Single(findings, f => f.GetProperty("rule").GetString() == "PKG-MISSING" && f.GetProperty("file").GetString() == "gone.m3u8");
        Assert.DoesNotContain(findings, f => f.GetProperty("rule").GetString() == "PKG-ESCAPE");
        Assert.Equal(findings.Count, new[] { "errors", "warnings", "notes" }.Sum(n => result.Result.GetProperty(n).GetInt32()));
        Assert.Equal(0, result.Result.GetProperty("left_out").GetInt32());
        Assert.Equal(1, result.Result.GetProperty("rules").GetProperty("HLS-A9.1").GetInt32());
    }

    [Fact]
    public async Task Lint_OfAMasterBesideWhatIsNoPackage_KeepsWhatItFound()
    {
        // The folder above cannot be walked to its end: what the first walk found still counts.
        Directory.CreateDirectory(_temp["hls"]);
        Directory.CreateDirectory(Path.Combine([_temp.Path, .. Enumerable.Repeat("d", Limits.LintDepthMax + 1)]));
        File.WriteAllText(_temp["hls/master.m3u8"], Master);

        var result = await Url2VideoProgram.RunAsync("lint", _temp["hls/master.m3u8"], "--json");

        Assert.True(result.Exit == 1, result.Out + result.Error);
        var rules = result.Result.GetProperty("rules");
        Assert.Equal(1, rules.GetProperty("PKG-ESCAPE").GetInt32());
        Assert.Equal(1, rules.GetProperty("HLS-A9.1").GetInt32());
    }

    [Fact]
    public async Task Lint_OfMoreThanIsListed_CountsTheRest()
    {
        const int Gone = 1_500;
        var lines = Enumerable.Range(0, Gone).Select(i => $"#EXTINF:2,\n{i}.m4s\n");
        File.WriteAllText(_temp["list.m3u8"], "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n" + string.Concat(lines) + "#EXT-X-ENDLIST\n");

        var result = await Url2VideoProgram.RunAsync("lint", _temp.Path, "--json");

        Assert.Equal(1, result.Exit);
        Assert.Equal(Gone, result.Result.GetProperty("rules").GetProperty("PKG-MISSING").GetInt32());
        Assert.Equal(Gone - Limits.LintFindingsPerRuleMax, result.Result.GetProperty("left_out").GetInt32());
        Assert.Equal(Limits.LintFindingsPerRuleMax, result.Json.Count(l => l.GetProperty("type").GetString() == "finding" && l.GetProperty("rule").GetString() == "PKG-MISSING"));
    }

    [Theory]
    [InlineData("ERR_INVALID_ARGUMENT", "https://example.com/master.m3u8")]
    [InlineData("ERR_INVALID_ARGUMENT", null)]
    [InlineData("ERR_SOURCE_NOT_FOUND", "gone")]
    public async Task Lint_OfWhatCannotBeChecked_EndsWith2AndAWayOut(string code, string? package)
    {
        var result = await Url2VideoProgram.RunAsync(["lint", .. package is null ? Array.Empty<string>() : [package], "--json"]);

        Assert.Equal(2, result.Exit);
        Assert.Equal(code, result.Result.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEqual("", result.Result.GetProperty("error").GetProperty("wayOut").GetString());
    }

    [Fact]
    public async Task Lint_WithRules_ListsThemAndSaysWhichAreChecked()
    {
        var result = await Url2VideoProgram.RunAsync("lint", "--rules", "--json");

        Assert.Equal(0, result.Exit);
        var rules = result.Result.GetProperty("rules").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!, r => r.GetProperty("checked").GetBoolean());
        Assert.True(rules["HLS-A9.1"]);
        Assert.False(rules["DASH-XSD"]);
        var decodes = result.Result.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "CMAF-DECODE");
        Assert.Equal("--decode", decodes.GetProperty("only_with").GetString());
    }

    [DecodeFact]
    public async Task Lint_WithDecode_CountsThePicturesOfEveryTrack_AndHearsWhatADecoderSays()
    {
        Directory.CreateDirectory(_temp["encode"]);
        Directory.CreateDirectory(_temp["package"]);
        PackageDirectory.Write(_temp["package"], EncodedFilm.Make(new Rational(30, 1), 64 * 2, [180, 144], _temp["encode"]));

        var good = await Url2VideoProgram.RunAsync("lint", _temp["package"], "--decode", "--json");

        Assert.True(good.Exit == 0, good.Out + good.Error);

        // The boxes stay whole and the lengths right: only a decoder can tell.
        var segment = Path.Combine(_temp["package"], PackageLayout.Segment("144p", 1));
        var bytes = File.ReadAllBytes(segment);
        SpoilKeyPicture(bytes);
        File.WriteAllBytes(segment, bytes);
        var plain = await Url2VideoProgram.RunAsync("lint", _temp["package"], "--json");
        var decoded = await Url2VideoProgram.RunAsync("lint", _temp["package"], "--decode", "--json");

        Assert.True(plain.Exit == 0, plain.Out + plain.Error);
        Assert.Equal(1, decoded.Exit);
        Assert.Equal(1, decoded.Result.GetProperty("rules").GetProperty("CMAF-DECODE").GetInt32());
        var finding = Assert.Single(decoded.Json, l => l.GetProperty("type").GetString() == "finding" && l.GetProperty("rule").GetString() == "CMAF-DECODE");
        Assert.Equal(PackageLayout.Init("144p"), finding.GetProperty("file").GetString());
    }

    // Pictures and sound in one file: the decoder is not let to the sound, and need not complain of that.
    [DecodeFact]
    public async Task Lint_WithDecode_OfPicturesWithTheirSound_CountsThePictures()
    {
        var folder = Directory.CreateDirectory(_temp["muxed"]).FullName;
        MediaPrograms.Run("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x36:r=30:d=4", "-f", "lavfi", "-i", "sine=d=4", "-c:v", "libx264", "-g", "60", "-pix_fmt", "yuv420p",
            "-c:a", "aac", "-f", "hls", "-hls_time", "2", "-hls_segment_type", "fmp4", "-hls_playlist_type", "vod", Path.Combine(folder, "x.m3u8"));

        var found = await Url2VideoProgram.RunAsync("lint", folder, "--decode", "--json");

        var rules = found.Result.GetProperty("rules");
        Assert.Equal(1, rules.GetProperty("CMAF-SHAPE").GetInt32() > 0 ? 1 : 0);
        Assert.False(rules.TryGetProperty("CMAF-DECODE", out _), found.Out);
        Assert.False(rules.TryGetProperty("PKG-NOT-JUDGED", out _), found.Out);
    }

    [DecodeFact]
    public async Task Decoder_IsNotLetIntoOtherFoldersThanTheTracks()
    {
        // Once it is let into the folder of the track, once into the folder beside it.
        Directory.CreateDirectory(_temp["encode"]);
        Directory.CreateDirectory(_temp["package"]);
        PackageDirectory.Write(_temp["package"], EncodedFilm.Make(new Rational(30, 1), 64, [144], _temp["encode"]));
        Directory.CreateDirectory(_temp["scratch"]);
        var order = JsonSerializer.Serialize(new DecodeOrder(64, [_temp["package/" + PackageLayout.Init("144p")], _temp["package/" + PackageLayout.Segment("144p", 0)]]));

        var let = await Url2VideoProgram.RunAsync([DecodeMain.Verb, "--folder", _temp["scratch"], DecodeMain.InputOption, _temp["package/media/144p"]], null, null, input: order);
        var notLet = await Url2VideoProgram.RunAsync([DecodeMain.Verb, "--folder", _temp["scratch"], DecodeMain.InputOption, _temp["package/media/audio"]], null, null, input: order);

        Assert.Equal((64, true), Answer(let));
        Assert.Equal((-1, true), Answer(notLet));
    }

    [DecodeFact]
    public async Task Decoder_ThatCannotBeConfined_DecodesNothing()
    {
        // Without a folder to work in nothing is confined.
        var refused = await Url2VideoProgram.RunAsync([DecodeMain.Verb, DecodeMain.InputOption, _temp.Path], null, null, input: "{}");

        Assert.Equal((-1, false), Answer(refused));
    }

    [Fact]
    public async Task Decoding_OfWhatHasNoDecoder_AndWithoutTimeLeft_IsSaid()
    {
        var report = new LintReport([], [], [new LintTrack("a/init.mp4", ["a/1.m4s"], 1, "jpeg"), new LintTrack("b/init.mp4", ["b/1.m4s"], 1, "avc1")]);

        var found = await new TrackDecoder(_temp.Path, TimeSpan.Zero).JudgeAsync(report, CancellationToken.None);

        Assert.Equal([(LintRules.TooMuch, 1L), (LintRules.NotJudged, 1L)], found.Rules.Select(r => (r.Rule, r.Count)));
        Assert.Equal("a/init.mp4", found.Findings[1].Path);
    }

    private static (long Pictures, bool IsConfined) Answer(CliResult result) =>
        JsonSerializer.Deserialize<DecodeAnswer>(result.Out) is { } answer ? (answer.Pictures, answer.IsConfined) : throw new InvalidDataException(result.Error);

    // All of its slice but the head.
    private static void SpoilKeyPicture(byte[] segment)
    {
        const int HeadBytes = 40, IdrSlice = 5;
        var at = segment.AsSpan().IndexOf("mdat"u8) + 4;
        while ((segment[at + 4] & 0x1F) != IdrSlice)
        {
            at += 4 + BinaryPrimitives.ReadInt32BigEndian(segment.AsSpan(at));
        }

        new Random(1).NextBytes(segment.AsSpan(at + 4 + HeadBytes, BinaryPrimitives.ReadInt32BigEndian(segment.AsSpan(at)) - HeadBytes));
    }

    [Fact]
    public void Folder_WithLinks_DoesNotFollowThem()
    {
        Directory.CreateDirectory(_temp["package/media"]);
        File.WriteAllText(_temp["secret"], "secret");
        File.WriteAllText(_temp["package/media/1.m4s"], "x");
        File.CreateSymbolicLink(_temp["package/link.m3u8"], _temp["secret"]);
        Directory.CreateSymbolicLink(_temp["package/loop"], _temp["package"]);

        var files = PackageFolder.Open(_temp["package"], CancellationToken.None);

        Assert.Equal(["media/1.m4s"], files.Paths);
        Assert.Equal(1, files.Read("media/1.m4s").Length);
    }

    [Fact]
    public void Folder_DeeperThanPackagesAre_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine([_temp.Path, .. Enumerable.Repeat("d", Limits.LintDepthMax + 1)]));

        Assert.Equal(ErrorCodes.TooLarge, Assert.Throws<FarmException>(() => PackageFolder.Open(_temp.Path, CancellationToken.None)).Error.Code);
    }

    [Fact]
    public void File_LargerThanIsRead_IsRefusedUnread()
    {
        using (var file = File.Create(_temp["large.m4s"]))
        {
            file.SetLength(Limits.LintMediaBytesMax + 1L);
        }

        var files = PackageFolder.Open(_temp.Path, CancellationToken.None);

        Assert.Contains("at most", Assert.Throws<InvalidDataException>(() => files.Read("large.m4s")).Message, StringComparison.Ordinal);
    }
}

/// <summary>A test that decodes: it needs programs that encode, and a kernel that confines.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DecodeFactAttribute : FactAttribute
{
    public DecodeFactAttribute() => Skip = MediaPrograms.Exist ? new LandlockFactAttribute().Skip : "the ffmpeg and ffprobe programs are not installed";
}
