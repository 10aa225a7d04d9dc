using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cluster.Tests.Work.Pictures;

public sealed class SharedOrAloneTests
{
    [Fact]
    public async Task Alone_WaitsForAllAndKeepsOthersOut()
    {
        using var room = new SharedOrAlone(2);
        var (one, two) = (await room.EnterAsync(false, default), await room.EnterAsync(false, default));
        var alone = room.EnterAsync(true, default).AsTask();
        var after = room.EnterAsync(false, default).AsTask();

        one.Dispose();
        one.Dispose();
        Assert.False(alone.IsCompleted || after.IsCompleted);
        two.Dispose();
        var stay = await alone.WaitAsync(TestFarm.Patience);
        Assert.False(after.IsCompleted);
        stay.Dispose();
        (await after.WaitAsync(TestFarm.Patience)).Dispose();
    }

    [Fact]
    public async Task Alone_ThatGivesUp_LeavesNothingHeld()
    {
        using var room = new SharedOrAlone(2);
        var one = await room.EnterAsync(false, default);
        using var stop = new CancellationTokenSource();
        var alone = room.EnterAsync(true, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);

        one.Dispose();
        (await room.EnterAsync(true, default).AsTask().WaitAsync(TestFarm.Patience)).Dispose();
    }
}
