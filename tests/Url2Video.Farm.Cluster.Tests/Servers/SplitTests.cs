using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>What stands between two servers, or between them and the store, goes away while both live.</summary>
public sealed class SplitTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresPostgresFact]
    public async Task Cut_BetweenTwoServers_LeavesExactlyOneAndItHasAllProjects()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        var (portA, portB) = (PostgresServer.FreePort(), PostgresServer.FreePort());
        using var wireA = CuttableProxy.To(portA);
        using var wireB = CuttableProxy.To(portB);
        await using var a = await TestServer.StartAsync(store, _folder.Root, Behind(portA, wireA));
        await using var b = await TestServer.StartAsync(store, _folder.Root, Behind(portB, wireB));
        await Task.WhenAll(a.SeesAsync(2), b.SeesAsync(2));
        var ids = Enumerable.Range(0, 8).Select(_ => TestFarm.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => a.SubmitAsync(id, _folder)));

        wireA.Cut();
        wireB.Cut();

        var ended = await Task.WhenAny(a.Server.Ended, b.Server.Ended).WaitAsync(TestFarm.Patience);
        var (winner, loser) = ended == a.Server.Ended ? (b, a) : (a, b);
        Assert.Contains(await loser.Server.Ended, new[] { ServerEnd.Downed, ServerEnd.Removed }); // By itself, or told by the register.
        await winner.SeesAsync(1);
        foreach (var id in ids)
        {
            Assert.NotNull(await winner.Client.SummaryAsync(id, CancellationToken.None).WaitAsync(TestFarm.Patience));
        }

        await winner.RowsAsync([winner.Server.Self.Id]);
        Assert.False(winner.Server.Ended.IsCompleted);
        Assert.True(winner.Server.IsReady);
    }

    [RequiresPostgresFact]
    public async Task Cut_NeitherSideVouchesForItsNodesUntilItIsDecided()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        var (portA, portB) = (PostgresServer.FreePort(), PostgresServer.FreePort());
        using var wireA = CuttableProxy.To(portA);
        using var wireB = CuttableProxy.To(portB);
        await using var a = await TestServer.StartAsync(store, _folder.Root, Behind(portA, wireA));
        await using var b = await TestServer.StartAsync(store, _folder.Root, Behind(portB, wireB));
        await Task.WhenAll(a.SeesAsync(2), b.SeesAsync(2));
        await Task.WhenAll(VouchesAsync(a, true), VouchesAsync(b, true));

        wireA.Cut();
        wireB.Cut();

        await Task.WhenAll(VouchesAsync(a, false), VouchesAsync(b, false)); // The dispatcher's host too: the other side may make another.
        var winner = await Task.WhenAny(a.Server.Ended, b.Server.Ended).WaitAsync(TestFarm.Patience) == a.Server.Ended ? b : a;
        await VouchesAsync(winner, true);
    }

    private static async Task VouchesAsync(TestServer server, bool wanted)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (server.Server.Farm.Contact.MayVouch != wanted)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    [RequiresPostgresFact]
    public async Task Store_CrashedAndBack_CostsNoServerAndNoProject()
    {
        await using var server = await PostgresServer.StartAsync();
        var store = await server.CreateDatabaseAsync();
        await using var a = await TestServer.StartAsync(store, _folder.Root);
        await using var b = await TestServer.StartAsync(store, _folder.Root);
        await Task.WhenAll(a.SeesAsync(2), b.SeesAsync(2));
        var (before, after) = (TestFarm.NewId(), TestFarm.NewId());
        await a.SubmitAsync(before, _folder);

        await server.CrashAsync();
        var submitting = b.SubmitAsync(after, _folder); // Asked while there is no database; answered when there is one again.
        await server.StartAsync();

        await submitting.WaitAsync(TestFarm.Patience);
        Assert.NotNull(await b.Client.SummaryAsync(before, CancellationToken.None).WaitAsync(TestFarm.Patience));
        Assert.NotNull(await a.Client.SummaryAsync(after, CancellationToken.None).WaitAsync(TestFarm.Patience));
        Assert.True(a.Server.IsReady && b.Server.IsReady);
        await Task.WhenAll(a.SeesAsync(2), b.SeesAsync(2));
    }

    private static string Behind(int port, CuttableProxy wire) => $"akka.remote.dot-netty.tcp {{ port = {port}, public-port = {wire.Port} }}";
}
