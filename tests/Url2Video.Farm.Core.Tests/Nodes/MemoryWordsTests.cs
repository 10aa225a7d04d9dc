using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Nodes;

public sealed class MemoryWordsTests
{
    private const long Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(512, "")]
    [InlineData(1_535, "memory:1024")]
    [InlineData(4_096, "memory:1024 memory:1536 memory:2048 memory:3072 memory:4096")]
    [InlineData(5_000, "memory:1024 memory:1536 memory:2048 memory:3072 memory:4096")]
    public void Of_AWorker_IsAllThatItHas(int workerMib, string words) =>
        Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), MemoryWords.Of(workerMib));

    [Fact]
    public void Of_WorkersWithoutABound_AreAll() => Assert.Equal(MemoryWords.Of(Limits.WorkerMemoryMibMax), MemoryWords.Of(0));

    [Theory]
    [InlineData(320, null)]
    [InlineData(321, "memory:1024")]
    [InlineData(2_560, "memory:4096")]
    [InlineData(2_561, "memory:6144")]
    [InlineData(100_000_000, "memory:1048576")] // More than anybody may have: it waits by name.
    public void NeedOf_AScene_IsTheLeastWorkerThatHasRoom(long mib, string? need) => Assert.Equal(need, MemoryWords.NeedOf(mib * Mebibyte));

    /// <summary>Who meets a need has room for whatever needs it.</summary>
    [Fact]
    public void Need_ThatIsMet_Fits()
    {
        for (var worker = Limits.WorkerMemoryMibMin; worker < 100_000; worker += 331)
        {
            for (var scene = 100L; scene < 60_000; scene += 997)
            {
                var isMet = MemoryWords.NeedOf(scene * Mebibyte) is not { } need || MemoryWords.Of(worker).Contains(need);
                Assert.True(!isMet || scene * Mebibyte <= MemoryWords.SceneBytesMax(worker), $"{scene} in {worker}");
            }
        }
    }
}
