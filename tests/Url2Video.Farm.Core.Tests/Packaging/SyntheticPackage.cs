using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>Made-up pictures and sound behind headers that are real, published by the real logic: packages by the hundred, without an encoder.</summary>
internal static class SyntheticPackage
{
    /// <summary>6.4 s of one rung of 256x144 at 30 frames a second, with captions.</summary>
    public static Dictionary<string, byte[]> Make() => Make(new Rational(30, 1), 192, [144], hasCaptions: true);

    /// <param name="shortSides">The ladder; the first is the canvas, 16:9.</param>
    public static Dictionary<string, byte[]> Make(Rational fps, int frames, int[] shortSides, bool hasCaptions)
    {
        var (width, height) = (shortSides[0] * 16 / 9, shortSides[0]);
        var samples = SampleClock.SamplesAt(frames, fps);
        var ladder = Ladder.For(width, height, [.. shortSides]).OrThrow();
        var plan = new FilmPlan(fps, width, height, frames, samples, SampleClock.PacketsFor(samples), ladder, [], ChunkGrid.Cut(frames, fps));
        var store = new Dictionary<ArtifactId, byte[]>();
        ArtifactRef Store(byte[] bytes)
        {
            var id = new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            store[id] = bytes;
            return new ArtifactRef(id, bytes.Length);
        }

        var inputs = plan.Chunks.Select(PublishInput (chunk) => new PublishInput.ChunkReady(chunk.Index, [.. ladder.Select(rung => Pictures(plan, rung, chunk, Store))])).ToList();
        var sound = plan.Chunks.SelectMany(c => c.Segments).Select(s => new SegmentFile(s.Index, Store(CmafAudio.Segment(s, plan.Samples, Packets(s))), s.Packets));
        inputs.Add(new PublishInput.AudioReady(new JobResult.Mixed(AacConfig.Codecs, Store(CmafAudio.Init(AacConfig.From([0x11, 0x90]))), [.. sound], -140, -10)));
        if (hasCaptions)
        {
            inputs.Add(new PublishInput.CaptionsReady(Store(Encoding.UTF8.GetBytes(CaptionText.WebVtt([new Cue(0, 48_000, ["Hi"], [])])))));
        }

        var spec = new PublishSpec(plan, OutputFormats.Hls | OutputFormats.Dash, "en", "Film", hasCaptions);
        var (state, effects) = PublishLogic.Decide(PublishState.Start(spec), [.. inputs]);
        Assert.True(state.IsComplete);
        return effects.Select(e => e switch
        {
            PublishEffect.PutArtifact put => (put.Path, Bytes: store[put.File.Id].ToArray()),
            PublishEffect.PutText put => (put.Path, Bytes: Encoding.UTF8.GetBytes(put.Text)),
            _ => ("", []),
        }).Where(f => f.Path.Length > 0).GroupBy(f => f.Path).ToDictionary(f => f.Key, f => f.Last().Bytes);
    }

    public static PackageFiles Files(this Dictionary<string, byte[]> package) => new(package.Keys.ToHashSet(), path => package[path]);

    public static LintReport Lint(this Dictionary<string, byte[]> package) => PackageRules.Lint(package.Files());

    /// <summary>The ids of all rules that are broken, each once.</summary>
    public static string[] Ids(this LintReport report) => [.. report.Rules.Select(r => r.Rule.Id).Order(StringComparer.Ordinal)];

    /// <summary>Replaces words of a text, which must be there.</summary>
    public static void Edit(this Dictionary<string, byte[]> package, string path, string from, string to)
    {
        var text = Encoding.UTF8.GetString(package[path]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        package[path] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Replaces four letters of a binary file wherever they stand.</summary>
    public static void Rename(this Dictionary<string, byte[]> package, string path, string from, string to)
    {
        var file = package[path];
        var count = 0;
        for (var at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from)); at >= 0; at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from)))
        {
            Encoding.ASCII.GetBytes(to).CopyTo(file, at);
            count++;
        }

        Assert.True(count > 0, from);
    }

    public static int IndexOf(byte[] file, string box) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(box));

    /// <summary>H.264 High, level 1.2, of any even size.</summary>
    public static AvcConfig Config(int width, int height)
    {
        var bits = new StringBuilder("01100100" + "00000000" + "00001100");
        void Unsigned(int value)
        {
            var code = Convert.ToString(value + 1, 2);
            bits.Append('0', code.Length - 1).Append(code);
        }

        foreach (var value in (int[])[0, 1, 0, 0])
        {
            Unsigned(value); // Set, 4:2:0, 8 bits, 8 bits.
        }

        bits.Append("00");
        foreach (var value in (int[])[0, 0, 0, 1])
        {
            Unsigned(value); // Frame numbers, order of type 0 and its bits, one reference.
        }

        bits.Append('0');
        Unsigned((width + 15) / 16 - 1);
        Unsigned((height + 15) / 16 - 1);
        bits.Append("11").Append('1');
        foreach (var value in (int[])[0, (width + 15) / 16 * 8 - width / 2, 0, (height + 15) / 16 * 8 - height / 2])
        {
            Unsigned(value);
        }

        bits.Append("01").Append('0', (8 - (bits.Length & 7)) & 7);
        var sps = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.ToString(8 * i, 8), 2)).Prepend((byte)0x67);
        return AvcConfig.From([0, 0, 0, 1, .. Escaped(sps), 0, 0, 1, .. Samples.Pps]);
    }

    // Two zeros and a small byte would look like a start code.
    private static List<byte> Escaped(IEnumerable<byte> plain)
    {
        var (bytes, zeros) = (new List<byte>(), 0);
        foreach (var value in plain)
        {
            if (zeros >= 2 && value <= 3)
            {
                bytes.Add(3);
                zeros = 0;
            }

            bytes.Add(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }

        return bytes;
    }

    private static RungFiles Pictures(FilmPlan plan, Rung rung, ChunkSlot chunk, Func<byte[], ArtifactRef> store)
    {
        var config = Config(rung.Width, rung.Height);
        var starts = chunk.Segments.Select(s => s.FirstFrame - chunk.FirstFrame).ToHashSet();
        var samples = Enumerable.Range(0, chunk.Frames)
            .Select(i => new CodedSample(new byte[] { 0, 0, 0, 2, (byte)(starts.Contains(i) ? 0x65 : 0x41), (byte)i }, i, starts.Contains(i)))
            .ToArray();
        var files = CmafVideo.Segments(chunk, plan.Fps, config, samples).Select((file, i) => new SegmentFile(chunk.Segments[i].Index, store(file), chunk.Segments[i].Frames));
        return new RungFiles(rung.Name, config.Codecs, store(CmafVideo.Init(config, plan.Fps)), [.. files]);
    }

    private static ReadOnlyMemory<byte>[] Packets(SegmentSlot slot) =>
        [.. Enumerable.Range(0, slot.Packets).Select(i => (ReadOnlyMemory<byte>)new byte[] { (byte)slot.Index, (byte)i })];
}
