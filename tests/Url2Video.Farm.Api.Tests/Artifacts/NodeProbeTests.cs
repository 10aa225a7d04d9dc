using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node.Probing;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Api.Tests.Artifacts;

public sealed class NodeProbeTests
{
    [Fact]
    public async Task Measure_ThisMachine_FindsWhatReallyWorksHere()
    {
        var facts = await new NodeProbe(new NodeVoices(), TimeProvider.System, NullLogger.Instance).MeasureAsync(Path.GetTempPath());

        Assert.InRange(facts.Cores, 1, Environment.ProcessorCount);
        Assert.True(facts.MemoryBytes > 0);
        Assert.True(facts.ScratchFreeBytes > 0);
        Assert.All(facts.Encoders, e => Assert.True(EncoderWords.IsBuild(EncoderWords.Of(e.Name, e.Fingerprint)), e.ToString()));
        Assert.Equal(FFmpegLibrary.IsAvailable, facts.Encoders.Any(e => e.Name == "libx264"));
        var words = facts.Words();
        Assert.Equal(words.Order(StringComparer.Ordinal).Distinct(), words);
        Assert.Contains(FormattableString.Invariant($"cpu.cores={facts.Cores}"), words);
        Assert.Equal(NodeFactsJson.Write(facts), NodeFactsJson.Write(NodeFactsJson.Read(NodeFactsJson.Write(facts))));
    }

    [Fact]
    public async Task Measure_TheSameMachineAgain_BelievesWhatWasTriedAndMeasuresTheRest()
    {
        using var folder = new TemporaryFolder();
        var memory = new ProbeMemory(folder["probe.json"]);
        var probe = new NodeProbe(new NodeVoices(), TimeProvider.System, NullLogger.Instance);
        var stamp = MachineStamp.Read();
        Assert.Equal(stamp, MachineStamp.Read());
        if (stamp is null)
        {
            return; // Nothing is remembered on a machine that does not tell when it was started.
        }

        memory.Keep(new TriedFacts(stamp, [new EncoderFact("libx264", "0123456789ab")], "Remembered 1.0"));
        var again = await probe.MeasureAsync(folder.Root, memory);

        Assert.Equal("Remembered 1.0", again.Chromium);
        Assert.Equal("0123456789ab", Assert.Single(again.Encoders).Fingerprint);
        Assert.True(again.MemoryBytes > 0);
        Assert.Contains("avcodec", again.FFmpeg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measure_AnotherMachine_TriesAnewAndRemembersThat()
    {
        using var folder = new TemporaryFolder();
        var memory = new ProbeMemory(folder["probe.json"]);
        memory.Keep(new TriedFacts("another", [new EncoderFact("libx264", "0123456789ab")], "Remembered 1.0"));

        var facts = await new NodeProbe(new NodeVoices(), TimeProvider.System, NullLogger.Instance).MeasureAsync(folder.Root, memory);

        Assert.NotEqual("Remembered 1.0", facts.Chromium);
        Assert.DoesNotContain(facts.Encoders, e => e.Fingerprint == "0123456789ab");
        if (MachineStamp.Read() is { } stamp && memory.Recall(stamp) is { } tried)
        {
            Assert.Equal(facts.Encoders.AsEnumerable(), tried.Encoders.AsEnumerable());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{ "stamp": "s" }""")]
    [InlineData("no JSON")]
    public async Task Recall_AFileThatIsNone_IsNothing(string text)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["probe.json"], text);

        Assert.Null(new ProbeMemory(folder["probe.json"]).Recall("s"));
    }

    [Fact]
    public void Fingerprint_OfTheSameBuild_IsTheSameEachTime() =>
        Assert.Equal(EncoderTrial.Fingerprint("libx264"), EncoderTrial.Fingerprint("libx264"));

    [Theory]
    [InlineData("200000 100000\n", 2)]
    [InlineData("150000 100000", 2)]
    [InlineData("50000 100000", 1)]
    [InlineData("max 100000", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void QuotaOf_CpuMax_IsWholeCores(string? text, int? cores) => Assert.Equal(cores, CgroupLimits.QuotaOf(text));

    [Theory]
    [InlineData("536870912\n", 536_870_912L)]
    [InlineData("max\n", null)]
    [InlineData("9223372036854771712", null)]
    public void LimitOf_MemoryMax_IsBytes(string text, long? bytes) => Assert.Equal(bytes, CgroupLimits.LimitOf(text));

    [Fact]
    public void Words_OfSeveralGpus_PromiseTheSmallest()
    {
        const long Gibibyte = 1L << 30;
        var facts = new NodeFacts { Cores = 8, Gpus = [new("big", 80 * Gibibyte), new("small", 24 * Gibibyte)], Voices = ["flite"] };

        Assert.Equal(["cpu.cores=8", "gpu", "gpu.count=2", "gpu.vram.gib=24", "voice:flite"], facts.Words().AsEnumerable());
    }

    [Theory]
    [InlineData("encoder:libx264#0123456789ab", true)]
    [InlineData("encoder:libx264", false)]
    [InlineData("encoder:libx264#0123456789AB", false)]
    [InlineData("encoder:lib x264#0123456789ab", false)]
    [InlineData("gpu", false)]
    [InlineData(null, false)]
    public void RequiredFor_OnlyAWordOfABuild_Binds(string? word, bool binds) =>
        Assert.Equal(binds ? [word!] : Array.Empty<string>(), EncoderWords.RequiredFor(word));
}
