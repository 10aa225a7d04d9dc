using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Publishing;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>The linter is only worth something if it bites: every fault put into a good package must be named by its rule.</summary>
public sealed class PackageRulesTests
{
    private const string Rung = "hls/144p.m3u8", Second = "media/144p/00002.m4s";

    [Fact]
    public void Check_OfAPackageAsWritten_FindsNothing() => Assert.Empty(Check(Package()));

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
    [InlineData(7, Rung, "#EXT-X-INDEPENDENT-SEGMENTS\n", "")]
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
        var package = Package();
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
        var package = Package();
        var file = package[Second];
        var sample = CmafReader.ReadSegment(file).Samples[0].Offset;
        switch (fault)
        {
            case "gone":
                package.Remove(Second);
                break;
            case "late":
                file[IndexOf(file, "tfdt") + 15]++;
                break;
            case "number":
                file[IndexOf(file, "mfhd") + 11]++;
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
        var package = Package();
        package["media/144p/00004.m4s"] = package[Second];

        Assert.Contains(16, Check(package).Select(v => v.Rule));
    }

    private static ImmutableArray<RuleViolation> Check(Dictionary<string, byte[]> package) =>
        PackageRules.Check(new PackageFiles(package.Keys.ToHashSet(), path => package[path]));

    private static int IndexOf(byte[] file, string box) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(box));

    // Three segments of made-up pictures and sound, published by the real logic.
    private static Dictionary<string, byte[]> Package()
    {
        var facts = Facts(Scene(isFixed: 6_400)) with { Width = 256, Height = 144 };
        var plan = FilmPlanner.Plan(facts, [null], [144]).OrThrow();
        var store = new Dictionary<ArtifactId, byte[]>();
        ArtifactRef Store(byte[] bytes)
        {
            var id = new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            store[id] = bytes;
            return new ArtifactRef(id, bytes.Length);
        }

        var init = Store(CmafVideo.Init(Samples.Config, plan.Fps));
        var inputs = plan.Chunks.Select(PublishInput (chunk) => new PublishInput.ChunkReady(chunk.Index, [new RungFiles("144p", Samples.Config.Codecs, init, Segments(plan, chunk, Store))])).ToList();
        var sound = plan.Chunks.SelectMany(c => c.Segments).Select(s => new SegmentFile(s.Index, Store(CmafAudio.Segment(s, plan.Samples, Packets(s))), s.Packets));
        inputs.Add(new PublishInput.AudioReady(new JobResult.Mixed(AacConfig.Codecs, Store(CmafAudio.Init(AacConfig.From([0x11, 0x90]))), [.. sound], -140, -10)));
        inputs.Add(new PublishInput.CaptionsReady(Store("WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"u8.ToArray())));

        var spec = new PublishSpec(plan, OutputFormats.Hls | OutputFormats.Dash, "en", "Film", true);
        return PublishLogic.Decide(PublishState.Start(spec), [.. inputs]).Effects.Select(e => e switch
        {
            PublishEffect.PutArtifact put => (put.Path, Bytes: store[put.File.Id].ToArray()),
            PublishEffect.PutText put => (put.Path, Bytes: Encoding.UTF8.GetBytes(put.Text)),
            _ => ("", []),
        }).Where(f => f.Path.Length > 0).ToDictionary(f => f.Path, f => f.Bytes);
    }

    private static ImmutableArray<SegmentFile> Segments(FilmPlan plan, ChunkSlot chunk, Func<byte[], ArtifactRef> store)
    {
        var starts = chunk.Segments.Select(s => s.FirstFrame - chunk.FirstFrame).ToHashSet();
        var samples = Enumerable.Range(0, chunk.Frames)
            .Select(i => new CodedSample(new byte[] { 0, 0, 0, 2, (byte)(starts.Contains(i) ? 0x65 : 0x41), (byte)i }, i, starts.Contains(i)))
            .ToArray();
        return [.. CmafVideo.Segments(chunk, plan.Fps, Samples.Config, samples).Select((file, i) => new SegmentFile(chunk.Segments[i].Index, store(file), chunk.Segments[i].Frames))];
    }

    private static ReadOnlyMemory<byte>[] Packets(SegmentSlot slot) =>
        [.. Enumerable.Range(0, slot.Packets).Select(i => (ReadOnlyMemory<byte>)new byte[] { (byte)slot.Index, (byte)i })];
}
