using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cluster.Serialization;
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
