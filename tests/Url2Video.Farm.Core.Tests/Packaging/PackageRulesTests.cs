using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.Rules;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>The linter is only worth something if it bites: every fault put into a good package must be named by its rule.</summary>
public sealed class PackageRulesTests
{
    private const string Rung = "hls/144p.m3u8", Second = "media/144p/00002.m4s";

    [Fact]
    public void Check_OfAPackageAsWritten_FindsNothing() => Assert.Empty(Check(SyntheticPackage.Make()));

    [Theory]
    [InlineData(1, Rung, "#EXTM3U\n", "")]
    [InlineData(1, Rung, "#EXT-X-VERSION:7", "#EXT-X-VERSION:4")]
    [InlineData(1, Rung, "#EXT-X-TARGETDURATION:2", "#EXT-X-TARGETDURATION:1")]
    [InlineData(2, Rung, "#EXT-X-TARGETDURATION:2", "#EXT-X-TARGETDURATION:3")]
    [InlineData(3, Rung, "#EXTINF:2.133333", "#EXTINF:2.1")]
    [InlineData(4, Rung, "#EXT-X-ENDLIST\n", "")]
    [InlineData(5, PackageLayout.HlsMaster, "RESOLUTION=256x144", "RESOLUTION=320x180")]
    [InlineData(5, PackageLayout.HlsMaster, "avc1.64000c", "avc1.640028")]
    [InlineData(5, PackageLayout.HlsMaster, ",FRAME-RATE=30.000", "")]
    [InlineData(6, PackageLayout.HlsMaster, "AVERAGE-BANDWIDTH=", "AVERAGE-BANDWIDTH=9")]
    [InlineData(6, PackageLayout.HlsMaster, "INF:BANDWIDTH=", "INF:BANDWIDTH=1")]
    [InlineData(5, PackageLayout.HlsMaster, "FRAME-RATE=30.000", "FRAME-RATE=29.970")]
    [InlineData(9, PackageLayout.HlsMaster, "CHANNELS=\"2\"", "CHANNELS=\"6\"")]
    [InlineData(9, PackageLayout.HlsMaster, "TYPE=AUDIO,GROUP-ID=\"audio\"", "TYPE=AUDIO,GROUP-ID=\"sound\"")]
    [InlineData(9, PackageLayout.HlsMaster, "AUTOSELECT=YES", "AUTOSELECT=NO")]
    [InlineData(17, PackageLayout.DashManifest, "frameRate=\"30\"", "frameRate=\"25\"")]
    [InlineData(17, PackageLayout.DashManifest, "2011\" value=\"2\"", "2011\" value=\"6\"")]
    [InlineData(7, PackageLayout.HlsMaster, "#EXT-X-INDEPENDENT-SEGMENTS\n", "")]
    [InlineData(8, Rung, "#EXT-X-MAP:", "#EXT-X-MOP:")]
    [InlineData(9, PackageLayout.HlsMaster, ",LANGUAGE=\"en\"", "")]
    [InlineData(9, PackageLayout.HlsMaster, ",AUTOSELECT=YES", "")]
    [InlineData(10, "hls/captions.m3u8", "#EXTINF:", "#EXTINF:1")]
    [InlineData(10, "media/captions.vtt", "WEBVTT", "HELLO")]
    [InlineData(16, PackageLayout.DashManifest, "<S t=\"0\" d=\"64000\"", "<S t=\"8\" d=\"64000\"")]
    [InlineData(16, PackageLayout.DashManifest, "timescale=\"30000\"", "timescale=\"15360\"")]
    [InlineData(17, PackageLayout.DashManifest, "mediaPresentationDuration=\"PT6.4S\"", "mediaPresentationDuration=\"PT6S\"")]
    [InlineData(17, PackageLayout.DashManifest, "bandwidth=\"", "bandwidth=\"0")]
    [InlineData(17, PackageLayout.DashManifest, "width=\"256\"", "width=\"258\"")]
    [InlineData(19, PackageLayout.DashManifest, "segmentAlignment=\"true\"", "segmentAlignment=\"false\"")]
    [InlineData(15, PackageLayout.DashManifest, "</MPD>", "")]
    public void Check_OfAChangedText_NamesTheRule(int rule, string path, string from, string to)
    {
        var package = SyntheticPackage.Make();
        var text = Encoding.UTF8.GetString(package[path]);
        Assert.Contains(from, text, StringComparison.Ordinal);

        // A rate of one digit, not of one digit more.
        text = rule == 17 && to.EndsWith('0') ? System.Text.RegularExpressions.Regex.Replace(text, "bandwidth=\"\\d+", "bandwidth=\"1") : text.Replace(from, to, StringComparison.Ordinal);
        package[path] = Encoding.UTF8.GetBytes(text);

        Assert.Contains(rule, Check(package).Select(v => v.Rule));
    }

    [Theory]
    [InlineData(24, "gone")]
    [InlineData(8, "late")]
    [InlineData(20, "number")]
    [InlineData(20, "cut")]
    [InlineData(7, "no IDR")]
    [InlineData(21, "in band")]
    public void Check_OfAChangedSegment_NamesTheRule(int rule, string fault)
    {
        var package = SyntheticPackage.Make();
        var file = package[Second];
        var sample = CmafReader.ReadSegment(file).Samples[0].Offset;
        switch (fault)
        {
            case "gone":
                package.Remove(Second);
                break;
            case "late":
                file[SyntheticPackage.IndexOf(file, "tfdt") + 15]++;
                break;
            case "number":
                file[SyntheticPackage.IndexOf(file, "mfhd") + 11]++;
                break;
            case "cut":
                package[Second] = file[..^1];
                break;
            case "no IDR":
                file[sample + 4] = 0x41;
                break;
            case "in band":
                file[sample + 4] = 0x67;
                break;
        }

        Assert.Contains(rule, Check(package).Select(v => v.Rule));
    }

    [Fact]
    public void Check_OfASegmentThatNoManifestNames_IsRule16()
    {
        var package = SyntheticPackage.Make();
        package["media/144p/00004.m4s"] = package[Second];

        Assert.Contains(16, Check(package).Select(v => v.Rule));
    }

    private static ImmutableArray<RuleViolation> Check(Dictionary<string, byte[]> package) => PackageRules.Check(package.Files());
}
