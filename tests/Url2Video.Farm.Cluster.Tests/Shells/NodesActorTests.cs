using Akka.Actor;
using Akka.TestKit.Xunit2;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Shells;

/// <summary>One server's nodes over a real store; probes stand for the proxies of links.</summary>
public sealed class NodesActorTests : TestKit, IAsyncLifetime, IClassFixture<PostgresFixture>
{
    private static readonly NodeIncarnation First = new(new NodeId("a"), 1);

    private readonly TemporaryFolder _folder = new();
    private FarmDatabase _database = null!;
    private NodeRegistry _registry = null!;
    private IActorRef _nodes = null!;

    private readonly PostgresFixture _postgres;

    public NodesActorTests(PostgresFixture postgres)
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }") => _postgres = postgres;

    public async Task InitializeAsync()
    {
        _database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(_folder["farm.db"]));
        _registry = new NodeRegistry(_database, TimeProvider.System);
        await _database.ExecuteAsync(
            "INSERT INTO farm_node (name, epoch, state, facts, version, joined_ms, seen_ms) VALUES ('a', 1, 'active', '{}', '1', 0, 0), ('b', 1, 'active', '{}', '1', 0, 0)", default);
        _nodes = Sys.ActorOf(NodesActor.Props(new GatewayParts(_registry, TestActor, TestActor, () => true, new GrantBook(), TimeProvider.System)));
    }

    public async Task DisposeAsync()
    {
        await Sys.Terminate();
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Link_OfANodeToWhichNothingHappens_IsToldOnce()
    {
        var proxy = await LinkAsync();
        var other = CreateTestProbe();
        _nodes.Tell(new LinkLive(new NodeIncarnation(new NodeId("b"), 1)), other);
        other.FishForMessage(m => m is NodeStanding, TestFarm.Patience);

        await _registry.DrainAsync("b");
        other.FishForMessage(m => m is NodeStanding { State: NodeStates.Draining }, TestFarm.Patience);
        while (proxy.HasMessages)
        {
            proxy.ReceiveOne(TimeSpan.Zero); // What belongs to its beginning.
        }

        await _registry.ResumeAsync("b");
        other.FishForMessage(m => m is NodeStanding { State: NodeStates.Active }, TestFarm.Patience);

        proxy.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task Drain_ByAnotherServer_IsToldToTheLink()
    {
        var proxy = await LinkAsync();

        await _registry.DrainAsync("a");

        proxy.FishForMessage(m => m is NodeStanding { State: NodeStates.Draining }, TestFarm.Patience);
    }

    [Fact]
    public async Task Revocation_ClosesTheLink_AndItsLivesAreOver()
    {
        var proxy = await LinkAsync();
        var gone = CreateTestProbe();
        Sys.EventStream.Subscribe(gone, typeof(NodesGone));

        await _registry.RevokeAsync("a");

        var close = (CloseLink)proxy.FishForMessage(m => m is CloseLink, TestFarm.Patience);
        Assert.Equal(ErrorCodes.NodeRevoked, close.Error!.Code);
        Assert.True(gone.ExpectMsg<NodesGone>(TestFarm.Patience).Includes(First));
    }

    [Fact]
    public async Task NodeStruckOff_ItsLinkIsClosed_AlsoOneThatComesLater()
    {
        var proxy = await LinkAsync();
        await _registry.ForgetAsync("a");
        proxy.FishForMessage(m => m is CloseLink, TestFarm.Patience);

        var late = CreateTestProbe();
        _nodes.Tell(new LinkLive(First), late);

        Assert.Equal(ErrorCodes.NodeRevoked, ((CloseLink)late.FishForMessage(m => m is CloseLink, TestFarm.Patience)).Error!.Code);
    }

    [Fact]
    public async Task LaterLife_OnAnotherServer_ClosesTheLinkOfTheFormer()
    {
        var proxy = await LinkAsync();

        Assert.True(await _registry.BeginLifeAsync(First with { Epoch = 2 }, "1", "{}", default));

        Assert.Equal(ErrorCodes.JoinRefused, ((CloseLink)proxy.FishForMessage(m => m is CloseLink, TestFarm.Patience)).Error!.Code);
    }

    /// <summary>An answer that is older than the node says nothing of it: with many joining at once some were told that they are revoked, for good.</summary>
    [RequiresPostgresFact]
    public async Task NodeThatEnrolsWhileTheStoreIsAsked_IsNotJudgedByThatAnswer()
    {
        await using var database = await FarmDatabase.OpenAsync(await _postgres.Server.CreateDatabaseAsync());
        await using var holder = await database.ConnectAsync();
        var holding = await holder.BeginTransactionAsync();
        using var hold = database.CommandOf(holder, "LOCK TABLE farm_server IN ACCESS EXCLUSIVE MODE");
        hold.Transaction = holding;
        await hold.ExecuteNonQueryAsync();
        var nodes = Sys.ActorOf(NodesActor.Props(new GatewayParts(new NodeRegistry(database, TimeProvider.System), TestActor, TestActor, () => true, new GrantBook(), TimeProvider.System)));
        await UntilHeldAsync(database); // It has read the nodes and waits for the servers.

        await database.ExecuteAsync("INSERT INTO farm_node (name, epoch, state, facts, version, joined_ms, seen_ms) VALUES ('a', 1, 'active', '{}', '1', 0, 0)", default);
        var proxy = CreateTestProbe();
        nodes.Tell(new LinkLive(First), proxy);
        proxy.ExpectMsg<Greeting>(TestFarm.Patience);
        await holding.RollbackAsync();

        Assert.IsNotType<CloseLink>(proxy.FishForMessage(m => m is CloseLink or NodeStanding, TestFarm.Patience));
        Sys.Stop(nodes);
    }

    private static async Task UntilHeldAsync(FarmDatabase database)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while ((await database.QueryAsync(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%farm_server%'",
            row => row.GetInt64(0),
            patience.Token))[0] == 0)
        {
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Linked, told how it stands, and judged by an answer of the store that is younger than the link.</summary>
    private async Task<Akka.TestKit.TestProbe> LinkAsync()
    {
        var proxy = CreateTestProbe();
        await _registry.DrainAsync("a");
        _nodes.Tell(new LinkLive(First), proxy);
        proxy.FishForMessage(m => m is Greeting, TestFarm.Patience);
        proxy.FishForMessage(m => m is NodeStanding { State: NodeStates.Draining }, TestFarm.Patience);
        await _registry.ResumeAsync("a");
        proxy.FishForMessage(m => m is NodeStanding { State: NodeStates.Active }, TestFarm.Patience);
        return proxy;
    }
}
