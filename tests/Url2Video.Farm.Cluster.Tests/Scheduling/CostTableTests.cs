using Akka.Actor;
using Url2Video.Farm.Cluster.Costs;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Scheduling;

public sealed class CostTableTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Costs_OnSqlite_AreSummedUp_AndEachAttemptCountsOnce()
    {
        using var folder = new TemporaryFolder();
        await SumAsync(StoreUrl.OfFile(Path.Combine(folder.Root, "farm.db")));
    }

    [RequiresPostgresFact]
    public async Task Costs_OnPostgres_AreSummedUp_AndEachAttemptCountsOnce() => await SumAsync(await postgres.Server.CreateDatabaseAsync());

    [Fact]
    public async Task Ledger_KeepsSuspicions_ForTheNextDispatcher_AndCosts()
    {
        using var folder = new TemporaryFolder();
        await using var database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(Path.Combine(folder.Root, "farm.db")));
        using var system = ActorSystem.Create("ledger", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var first = new TaskCompletionSource<DispatchMessage.Quarantine>();
        var ledger = system.ActorOf(Props.Create(() => new Parent(database, first)));
        ledger.Tell(new DispatchEffect.NodeQuarantined(new NodeId("bad"), "It failed.", At, 2));
        ledger.Tell(new DispatchEffect.NodeQuarantined(new NodeId("well"), "It failed.", At, 1));
        ledger.Tell(new DispatchEffect.NodePardoned(new NodeId("well")));
        ledger.Tell(Charge("p", "j", 1, "n", "t", 500));
        var table = new CostTable(database);
        for (var tries = 0; (await table.ReportAsync(CostBy.Node, At.AddDays(-1), At.AddDays(1))).Count == 0; tries++)
        {
            Assert.True(tries < 600, "The cost was not written.");
            await Task.Delay(100);
        }

        var next = new TaskCompletionSource<DispatchMessage.Quarantine>();
        system.ActorOf(Props.Create(() => new Parent(database, next)));

        Assert.Equal(new DispatchMessage.Quarantine(new NodeId("bad"), "It failed.", At, 2), await next.Task.WaitAsync(TestFarm.Patience));
        Assert.False(first.Task.IsCompleted);
    }

    private static async Task SumAsync(StoreUrl store)
    {
        await using var database = await FarmDatabase.OpenAsync(store);
        var table = new CostTable(database);
        DispatchEffect.Charge[] charges =
        [
            .. Enumerable.Range(0, 250).Select(i => Charge($"p{i % 2}", $"j{i}", 1, $"n{i % 5}", "studio", 100)),
            Charge("p2", "j", 1, "n0", "school", 7_000),
        ];

        Assert.Equal(251, await table.WriteAsync(charges, CancellationToken.None));
        Assert.Equal(0, await table.WriteAsync(charges, CancellationToken.None));

        Assert.Equal(
            [new CostLine("studio", 250, 25_000, 2_500), new CostLine("school", 1, 7_000, 700)],
            await table.ReportAsync(CostBy.Tenant, At, At.AddSeconds(1)));
        Assert.Equal(["p0", "p1"], (await table.ReportAsync(CostBy.Project, At, At.AddSeconds(1), "studio")).Select(l => l.Key));
        Assert.Equal(5, (await table.ReportAsync(CostBy.Node, At, At.AddSeconds(1))).Count);
        Assert.Empty(await table.ReportAsync(CostBy.Node, At.AddSeconds(1), At.AddSeconds(2)));
    }

    private static DispatchEffect.Charge Charge(string project, string job, long attempt, string node, string tenant, long millis) =>
        new(new JobId(new ProjectId(project), job), attempt, new NodeId(node), tenant, millis, millis / 10, At);

    /// <summary>Stands where the dispatcher stands.</summary>
    private sealed class Parent : ReceiveActor
    {
        public Parent(FarmDatabase database, TaskCompletionSource<DispatchMessage.Quarantine> told)
        {
            var ledger = Context.ActorOf(LedgerActor.Props(database));
            Receive<DispatchMessage.Quarantine>(m => told.TrySetResult(m));
            ReceiveAny(ledger.Forward);
        }
    }
}
