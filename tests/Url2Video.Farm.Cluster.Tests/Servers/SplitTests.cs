using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
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
        await using var pair = await Pair.StartAsync(await postgres.Server.CreateDatabaseAsync(), _folder.Root);
        var (a, b) = (pair.A, pair.B);
        var ids = Enumerable.Range(0, 8).Select(_ => TestFarm.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => a.SubmitAsync(id, _folder)));

        pair.Cut();

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
        await using var pair = await Pair.StartAsync(await postgres.Server.CreateDatabaseAsync(), _folder.Root);
        var (a, b) = (pair.A, pair.B);
        await Task.WhenAll(VouchesAsync(a, true), VouchesAsync(b, true));

        pair.Cut();

        await Task.WhenAll(VouchesAsync(a, false), VouchesAsync(b, false)); // The dispatcher's host too: the other side may make another.
        var winner = await Task.WhenAny(a.Server.Ended, b.Server.Ended).WaitAsync(TestFarm.Patience) == a.Server.Ended ? b : a;
        await VouchesAsync(winner, true);
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

    private static async Task VouchesAsync(TestServer server, bool wanted)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (server.Server.Farm.Contact.MayVouch != wanted)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Two servers that see one another, over wires that can be cut.</summary>
    private sealed class Pair(CuttableProxy wireA, CuttableProxy wireB, TestServer a, TestServer b) : IAsyncDisposable
    {
        public TestServer A => a;

        public TestServer B => b;

        public static async Task<Pair> StartAsync(StoreUrl store, string folder)
        {
            var (portA, portB) = (PostgresServer.FreePort(), PostgresServer.FreePort());
            var (wireA, wireB) = (CuttableProxy.To(portA), CuttableProxy.To(portB));
            var a = await TestServer.StartAsync(store, folder, Behind(portA, wireA));
            var b = await TestServer.StartAsync(store, folder, Behind(portB, wireB));
            var pair = new Pair(wireA, wireB, a, b);
            try
            {
                await Task.WhenAll(a.SeesAsync(2), b.SeesAsync(2));
                return pair;
            }
            catch
            {
                await pair.DisposeAsync();
                throw;
            }
        }

        public void Cut()
        {
            wireA.Cut();
            wireB.Cut();
        }

        public async ValueTask DisposeAsync()
        {
            await b.DisposeAsync();
            await a.DisposeAsync();
            wireB.Dispose();
            wireA.Dispose();
        }

        private static string Behind(int port, CuttableProxy wire) => $"akka.remote.dot-netty.tcp {{ port = {port}, public-port = {wire.Port} }}";
    }
}
