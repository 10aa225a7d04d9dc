using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Nodes;

public sealed class MemoryWordsTests
{
    private const long Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(512, "worker.mem.mib=512")]
    [InlineData(5_000, "worker.mem.mib=5000")]
    [InlineData(0, "worker.mem.mib=1048576")]
    public void Of_AWorker_IsOneAmount(int workerMib, string word) => Assert.Equal(word, MemoryWords.Of(workerMib));

    [Theory]
    [InlineData(100, null)]
    [InlineData(2_560, null)] // As many as every node had before there was the word.
    [InlineData(2_561, "worker.mem.mib>=6144")]
    [InlineData(3_840, "worker.mem.mib>=6144")]
    [InlineData(3_841, "worker.mem.mib>=8192")]
    [InlineData(100_000_000, "worker.mem.mib>=1048576")] // More than anybody may have: it waits by name.
    public void NeedOf_AScene_IsTheLeastWorkerThatHasRoom(long mib, string? need) => Assert.Equal(need, MemoryWords.NeedOf(mib * Mebibyte));

    /// <summary>Who meets a need, by the dispatcher's own rule, has room for whatever needs it; and it is nothing that a job takes away from others.</summary>
    [Fact]
    public void Need_ThatIsMet_Fits()
    {
        for (var worker = Limits.WorkerMemoryMibMin; worker < 100_000; worker += 331)
        {
            var node = new CapabilitySet([MemoryWords.Of(worker)]);
            for (var scene = 2_600L; scene < 60_000; scene += 997)
            {
                var need = Need.Parse(MemoryWords.NeedOf(scene * Mebibyte)!);
                Assert.True(!node.Has(need) || scene * Mebibyte <= MemoryWords.SceneBytesMax(worker), $"{scene} in {worker}");
                Assert.False(need.IsCounted);
            }
        }
    }

    [Fact]
    public void WorkerMibFor_MoreThanAnybodyMayHave_IsNothing()
    {
        Assert.Equal(4_096, MemoryWords.WorkerMibFor(2_560 * Mebibyte));
        Assert.Null(MemoryWords.WorkerMibFor(655_361 * Mebibyte));
    }

    [Fact]
    public void Largest_OfSeveralNeeds_HoldsTheOthersOfMemoryAndLeavesTheRest()
    {
        Assert.Equal(
            ["plugin:a#1", "plugin:a#1", "worker.mem.mib>=12288"],
            MemoryWords.Largest(["worker.mem.mib>=6144", "plugin:a#1", "worker.mem.mib>=12288", "plugin:a#1", "worker.mem.mib>=8192"]));
        Assert.Equal(["worker.mem.mib>=x"], MemoryWords.Largest(["worker.mem.mib>=x"]));
    }
}
