using System.Buffers.Binary;
using System.Text;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>HLS as others rightly write it, which is not called wrong; and what is wrong only when the media is looked at.</summary>
public sealed class LintHlsTests
{
    private const string Rung = "hls/144p.m3u8", Audio = "hls/audio.m3u8", Captions = "hls/captions.m3u8";
    private const string List = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXTINF:2,\n1.bin\n#EXT-X-ENDLIST\n";
    private const string Variant = "BANDWIDTH=100,AVERAGE-BANDWIDTH=100,CODECS=\"avc1.64000c\",RESOLUTION=2x2,FRAME-RATE=30";

    private static readonly byte[] s_ts = [0x47, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void Lint_OfTransportStreamsWithCaptionsAndIFrames_JudgesTheirListsAlone()
    {
        var package = new Dictionary<string, byte[]>
        {
            ["m.m3u8"] = Bytes($"#EXTM3U\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"s\",NAME=\"n\",LANGUAGE=\"en\",URI=\"s.m3u8\"\n#EXT-X-STREAM-INF:{Variant},SUBTITLES=\"s\"\nv.m3u8\n"
                + "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,CODECS=\"avc1.64000c\",RESOLUTION=2x2,URI=\"i.m3u8\"\n"),
            ["v.m3u8"] = Bytes(List),
            ["s.m3u8"] = Bytes(List.Replace("1.bin", "1.vtt", StringComparison.Ordinal)),
            ["i.m3u8"] = Bytes("#EXTM3U\n#EXT-X-I-FRAMES-ONLY\n#EXTINF:1,\n#EXT-X-BYTERANGE:4@0\n1.bin\n"),
            ["1.bin"] = s_ts,
            ["1.vtt"] = Bytes("\uFEFFWEBVTT - title\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:00.000 --> 00:01.000\nHi\n"),
        };

        var found = package.Lint();

        Assert.True(found.IsClean, string.Join('\n', found.Findings));
        Assert.Equal(["HLS-A9.9", "PKG-NOT-JUDGED"], found.Ids());
    }

    [Theory]
    [InlineData("ID3\u0004", "PKG-NOT-JUDGED")]
    [InlineData("\u00FF\u00F1AB", "PKG-NOT-JUDGED")]
    [InlineData("\u000B\u0077AB", "PKG-NOT-JUDGED")]
    [InlineData("\0\0\0\u0008styp", "HLS-A8.20")]
    public void Lint_OfSegmentsWithoutAMap_KnowsPackedAudioFromFragments(string head, string rule)
    {
        var package = new Dictionary<string, byte[]> { ["a.m3u8"] = Bytes(List), ["1.bin"] = [.. Encoding.Latin1.GetBytes(head), 0, 0, 0, 0] };

        Assert.Equal([rule], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfIFramesThatAreEncrypted_DoesNotTakeThemForBroken()
    {
        var package = new Dictionary<string, byte[]>
        {
            ["i.m3u8"] = Bytes("#EXTM3U\n#EXT-X-I-FRAMES-ONLY\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:1,\n#EXT-X-BYTERANGE:4@0\n1.bin\n"),
            ["1.bin"] = [1, 2, 3, 4],
        };

        Assert.Equal(["PKG-NOT-JUDGED"], package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfGroupsOfOneNameAndTwoTypes_MayHaveADefaultEach()
    {
        var package = SyntheticPackage.Make();
        package.Edit(PackageLayout.HlsMaster, "\"captions\"", "\"audio\"");
        package.Edit(PackageLayout.HlsMaster, "DEFAULT=NO", "DEFAULT=YES");
        Assert.DoesNotContain("HLS-R4.3.4.1", package.Lint().Ids());

        var line = Encoding.UTF8.GetString(package[PackageLayout.HlsMaster]).Split('\n').Single(l => l.Contains("TYPE=AUDIO", StringComparison.Ordinal));
        package.Edit(PackageLayout.HlsMaster, line, line + "\n" + line);
        Assert.Contains("HLS-R4.3.4.1", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfAVariantWhoseSoundIsNotKnown_DoesNotReckonWithoutIt()
    {
        var package = SyntheticPackage.Make();
        package.Edit(Audio, "#EXT-X-MAP", "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\"\n#EXT-X-MAP");

        var found = package.Lint().Ids();

        Assert.Contains("PKG-NOT-JUDGED", found);
        Assert.DoesNotContain(found, id => id is "HLS-A1.26" or "HLS-A1.27");
    }

    [Fact]
    public void Lint_OfTheSoundsOfAVariant_TakesTheLargest()
    {
        var package = SyntheticPackage.Make();
        // The same sound a second time, with another language: what is heard at once is still one of them.
        var text = Encoding.UTF8.GetString(package[PackageLayout.HlsMaster]);
        var line = text.Split('\n').Single(l => l.Contains("TYPE=AUDIO", StringComparison.Ordinal));
        package.Edit(PackageLayout.HlsMaster, line, line + "\n" + line.Replace("DEFAULT=YES", "DEFAULT=NO", StringComparison.Ordinal).Replace("\"en\"", "\"de\"", StringComparison.Ordinal));

        Assert.True(package.Lint().IsClean);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(95, true)]
    [InlineData(105, true)]
    [InlineData(140, false)]
    public void Lint_OfADeclaredPeak_AllowsTenOfAHundred(int percent, bool isRight)
    {
        var package = SyntheticPackage.Make();
        var text = Encoding.UTF8.GetString(package[PackageLayout.HlsMaster]);
        var told = System.Text.RegularExpressions.Regex.Match(text, "INF:BANDWIDTH=(\\d+)").Groups[1].Value;
        package.Edit(PackageLayout.HlsMaster, $"INF:BANDWIDTH={told}", $"INF:BANDWIDTH={int.Parse(told, System.Globalization.CultureInfo.InvariantCulture) * percent / 100}");

        Assert.Equal(!isRight, package.Lint().Ids().Contains("HLS-A1.27"));
    }

    [Fact]
    public void Lint_OfRungsThatAreCutAtOtherPlaces_SaysSoInBothFormats()
    {
        var package = SyntheticPackage.Make(new Rational(30, 1), 192, [180, 144], hasCaptions: false);
        foreach (var index in (int[])[2, 3])
        {
            var file = package[$"media/144p/0000{index}.m4s"];
            var time = file.AsSpan(SyntheticPackage.IndexOf(file, "tfdt") + 8);
            BinaryPrimitives.WriteUInt64BigEndian(time, BinaryPrimitives.ReadUInt64BigEndian(time) + 1_000);
        }

        var found = package.Lint();

        Assert.Contains("HLS-A8.22", found.Ids());
        Assert.Contains("DASH-SWITCH", found.Ids());
        Assert.Equal(Severity.Warning, found.Findings.First(f => f.Law == LintRules.Boundaries).Law.Severity);
    }

    [Fact]
    public void Lint_OfAnEntryWithItsSetsInBand_IsWarnedOf_AndOfHevcInTransportStreams_IsWrong()
    {
        var package = SyntheticPackage.Make();
        package.Rename("media/144p/init.mp4", "avc1", "avc3");
        Assert.Contains("HLS-A1.10", package.Lint().Ids());

        var ts = new Dictionary<string, byte[]>
        {
            ["m.m3u8"] = Bytes($"#EXTM3U\n#EXT-X-STREAM-INF:{Variant.Replace("avc1.64000c", "hvc1.1.6.L93.B0", StringComparison.Ordinal)}\nv.m3u8\n"),
            ["v.m3u8"] = Bytes(List),
            ["1.bin"] = s_ts,
        };
        Assert.Contains("HLS-A1.5", ts.Lint().Ids());
    }

    [Theory]
    [InlineData("WEBVTT\n\n", true)]
    [InlineData("WEBVTT\n\nNOTE X-TIMESTAMP-MAP=LOCAL\n", true)]
    [InlineData("WEBVTT\r\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\r\n\r\n", false)]
    public void Lint_OfWebVtt_LooksForTheMapInItsHead(string text, bool isMissing)
    {
        var package = SyntheticPackage.Make();
        package[PackageLayout.CaptionsFile] = Bytes(text);

        Assert.Equal(isMissing, package.Lint().Ids().Contains("HLS-A5.3"));
    }

    [Fact]
    public void Lint_OfSubtitlesInMp4_ReadsThemAsATrack()
    {
        var package = WithTextTrack();
        package[Captions] = package[Audio].ToArray();

        Assert.DoesNotContain(package.Lint().Ids(), id => id is "HLS-A5.2" or "CMAF-BOXES" or "PKG-NOT-JUDGED" or "CMAF-EVEN");

        package.Rename("media/audio/init.mp4", "stpp", "wvtt");
        Assert.Contains("HLS-A5.2", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfRoundedDurations_MindsThatNoRunOfThemWandersByAPicture()
    {
        var package = SyntheticPackage.Make();
        package.Edit(Rung, "#EXTINF:2.133333", "#EXTINF:2.13");
        package.Edit(Rung, "#EXTINF:2.133334", "#EXTINF:2.13");
        Assert.DoesNotContain("HLS-A8.1", package.Lint().Ids());

        // Two hundredths before and two after: each sum from the start is right within a picture, the middle is not.
        package = SyntheticPackage.Make();
        var parts = Encoding.UTF8.GetString(package[Rung]).Split("#EXTINF:2.13333");
        package[Rung] = Bytes($"{parts[0]}#EXTINF:2.153333{parts[1][1..]}#EXTINF:2.093333{parts[2][1..]}#EXTINF:2.153333{parts[3][1..]}");
        Assert.Contains("HLS-A8.1", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfAnEventThatEnded_AndOfALiveList_CallsNeitherWrong()
    {
        var package = SyntheticPackage.Make();
        foreach (var path in (string[])[Rung, Audio])
        {
            package.Edit(path, "TYPE:VOD", "TYPE:EVENT");
        }

        Assert.True(package.Lint().IsClean);
        foreach (var path in (string[])[Rung, Audio])
        {
            package.Edit(path, "#EXT-X-PLAYLIST-TYPE:EVENT\n", "");
            package.Edit(path, "#EXT-X-ENDLIST\n", "");
        }

        var live = package.Lint();
        Assert.True(live.IsClean, string.Join('\n', live.Findings));
        Assert.Contains("PKG-NOT-JUDGED", live.Ids());
    }

    [Fact]
    public void Lint_OfAPlaylistOfImages_LooksAtTheFiles()
    {
        var package = SyntheticPackage.Make();
        package.Edit(PackageLayout.HlsMaster, "#EXT-X-MEDIA:TYPE=AUDIO", "#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=1,RESOLUTION=2x2,CODECS=\"jpeg\",URI=\"t.m3u8\"\n#EXT-X-MEDIA:TYPE=AUDIO");
        package["hls/t.m3u8"] = Bytes("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-IMAGES-ONLY\n#EXTINF:6.4,\n#EXT-X-TILES:RESOLUTION=2x2,LAYOUT=5x5,DURATION=2\n1.jpg\n#EXT-X-ENDLIST\n");
        package["hls/1.jpg"] = [0xFF, 0xD8, 0xFF, 0xE0];
        Assert.True(package.Lint().IsClean);

        package["hls/1.jpg"] = Bytes("<html>");
        Assert.Contains("HLS-IMAGES", package.Lint().Ids());
    }

    [Fact]
    public void Lint_OfVariablesAndGaps_DoesNotMissTheFiles()
    {
        var package = SyntheticPackage.Make();
        package.Edit(PackageLayout.HlsMaster, "#EXT-X-INDEPENDENT-SEGMENTS\n", "#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-DEFINE:NAME=\"r\",VALUE=\"144p\"\n");
        package.Edit(PackageLayout.HlsMaster, "\n144p.m3u8", "\n{$r}.m3u8");
        package.Edit(Rung, "../media/144p/00002.m4s", "../media/144p/gone.m4s\n#EXT-X-GAP");

        var found = package.Lint();

        Assert.True(found.IsClean, string.Join('\n', found.Findings));
        Assert.Equal(2, found.Rules.Single(r => r.Rule == LintRules.NotJudged).Count);
    }

    /// <summary>A good package whose sound is taken for subtitles.</summary>
    internal static Dictionary<string, byte[]> WithTextTrack()
    {
        var package = SyntheticPackage.Make();
        package.Rename("media/audio/init.mp4", "soun", "subt");
        package.Rename("media/audio/init.mp4", "mp4a", "stpp");
        return package;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
