using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Membership;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>Real servers of one farm over a real PostgreSQL, in one process.</summary>
public sealed class FarmServerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresPostgresFact]
    public async Task Servers_StartedOneAfterAnother_AreOneFarm()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        await using var first = await TestServer.StartAsync(store, _folder.Root);
        await using var second = await TestServer.StartAsync(store, _folder.Root);
        await Task.WhenAll(first.SeesAsync(2), second.SeesAsync(2));
        var id = TestFarm.NewId();

        await first.SubmitAsync(id, _folder);
        var seen = await second.Client.SummaryAsync(id, CancellationToken.None);
        var heard = await FirstNewsAsync<FarmProgress.Work>(second, id);

        Assert.Equal(ProjectStage.Ingesting, seen?.Stage);
        Assert.Equal(id, heard.Project);
        Assert.True(first.Server.IsReady && second.Server.IsReady);
    }

    [RequiresPostgresFact]
    public async Task Servers_StartedAtTheSameInstant_AreOneFarm()
    {
        var store = await postgres.Server.CreateDatabaseAsync();

        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestServer.StartAsync(store, _folder.Root)));

        await Task.WhenAll(servers.Select(s => s.SeesAsync(servers.Length)));
        await Task.WhenAll(servers.Select(s => s.DisposeAsync().AsTask()));
        Assert.All(servers, s => Assert.Equal(ServerEnd.Stopped, s.Server.Ended.Result));
    }

    [RequiresPostgresFact]
    public async Task Leave_OfAServer_TakesItsProjectsToTheOthers()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        var first = await TestServer.StartAsync(store, _folder.Root);
        await using var second = await TestServer.StartAsync(store, _folder.Root);
        await first.SeesAsync(2);
        var ids = Enumerable.Range(0, 8).Select(_ => TestFarm.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => first.SubmitAsync(id, _folder)));

        await first.DisposeAsync();

        foreach (var id in ids)
        {
            Assert.NotNull(await second.Client.SummaryAsync(id, CancellationToken.None).WaitAsync(TestFarm.Patience));
        }

        await second.SeesAsync(1);
        await second.RowsAsync([second.Server.Self.Id]); // Whoever leaves takes its own row away and nobody else's.
    }

    [RequiresPostgresFact]
    public async Task Kill_OfAServer_TakesItsProjectsToTheOther()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        await using var killed = await ServerProcess.StartAsync(UrlOf(store), _folder.Root);
        await using var other = await TestServer.StartAsync(store, _folder.Root);
        await other.SeesAsync(2);
        var ids = Enumerable.Range(0, 8).Select(_ => TestFarm.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => other.SubmitAsync(id, _folder)));

        await killed.KillAsync();

        foreach (var id in ids)
        {
            Assert.NotNull(await other.Client.SummaryAsync(id, CancellationToken.None).WaitAsync(TestFarm.Patience));
        }

        await other.SeesAsync(1);
        await other.RowsAsync([other.Server.Self.Id]);
    }

    [RequiresPostgresFact]
    public async Task Message_OfMegabytes_ReachesProjectsOnTheOtherServer()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        await using var first = await TestServer.StartAsync(store, _folder.Root);
        await using var second = await TestServer.StartAsync(store, _folder.Root);
        await Task.WhenAll(first.SeesAsync(2), second.SeesAsync(2));
        var id = TestFarm.NewId();
        await first.SubmitAsync(id, _folder);

        // From both servers, so that at least one of the two is not the project's own.
        var large = new ProjectMessage.Cancel(new string('x', 4 * 1024 * 1024));
        await first.Client.CommandAsync(id, large, CancellationToken.None).WaitAsync(TestFarm.Patience);
        await second.Client.CommandAsync(id, large, CancellationToken.None).WaitAsync(TestFarm.Patience);

        Assert.Equal(ProjectStage.Cancelled, (await second.Client.SummaryAsync(id, CancellationToken.None))?.Stage);
    }

    [RequiresPostgresFact]
    public async Task Restart_OfTheWholeFarm_WakesItsProjectsThoughNobodyAsks()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        var id = TestFarm.NewId();
        await using (var before = await TestServer.StartAsync(store, _folder.Root))
        {
            await before.SubmitAsync(id, _folder);
        }

        await using var after = await TestServer.StartAsync(store, _folder.Root);

        Assert.Equal(id, await Granting.FirstAsync(after).WaitAsync(TestFarm.Patience));
    }

    [RequiresPostgresFact]
    public async Task Dispatcher_ComingToLifeOnOneServer_IsToldToTheNodesOfTheOtherOnce()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        await using var first = await TestServer.StartAsync(store, _folder.Root);
        await LivesAsync(first, "/user/dispatcher/singleton"); // Its own news are told before anybody listens.
        await using var second = await TestServer.StartAsync(store, _folder.Root);
        await Task.WhenAll(first.SeesAsync(2), second.SeesAsync(2));
        var heard = new BlockingCollection<string>();
        Listen(first, () => heard.Add("first"));
        Listen(second, () => heard.Add("second"));

        first.Server.Farm.System.EventStream.Publish(DispatcherStarted.Instance);
        string[] both = [await TakeAsync(heard), await TakeAsync(heard)];
        second.Server.Farm.System.EventStream.Publish(DispatcherStarted.Instance);
        string[] again = [await TakeAsync(heard), await TakeAsync(heard)];

        Assert.Equal(["first", "second"], both.Order());
        Assert.Equal(["first", "second"], again.Order()); // Had one come back to the other, it would be first here.
    }

    [Fact]
    public async Task Server_OnASqliteFile_IsAFarmOfOneThatComesBack()
    {
        var store = StoreUrl.OfFile(_folder["farm.db"]);
        var id = TestFarm.NewId();
        await using (var before = await TestServer.StartAsync(store, _folder.Root))
        {
            await before.SubmitAsync(id, _folder);
        }

        await using var after = await TestServer.StartAsync(store, _folder.Root);

        Assert.NotNull(await after.Client.SummaryAsync(id, CancellationToken.None).WaitAsync(TestFarm.Patience));
        await after.RowsAsync([after.Server.Self.Id]);
    }

    [RequiresPostgresFact]
    public async Task Row_TakenAwayByTheOthers_EndsTheServer()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        await using var server = await TestServer.StartAsync(store, _folder.Root);

        await new ServerRegistry(server.Database).RemoveAsync(server.Server.Self.Id, CancellationToken.None);

        Assert.Equal(ServerEnd.Removed, await server.Server.Ended.WaitAsync(TestFarm.Patience));
        Assert.False(server.Server.IsReady);
    }

    [RequiresPostgresFact]
    public async Task Watching_OnAServerThatLeaves_EndsWithAWordInsteadOfSilence()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        var server = await TestServer.StartAsync(store, _folder.Root);
        var id = TestFarm.NewId();
        await server.SubmitAsync(id, _folder);
        var first = new TaskCompletionSource();
        var watching = Task.Run(async () =>
        {
            await foreach (var _ in server.Client.WatchAsync(id, CancellationToken.None))
            {
                first.TrySetResult();
            }
        });
        await first.Task.WaitAsync(TestFarm.Patience);

        await server.DisposeAsync();

        Assert.Equal(ErrorCodes.ServerUnreachable, (await Assert.ThrowsAsync<FarmException>(() => watching.WaitAsync(TestFarm.Patience))).Error.Code);
        var asked = server.Client.SummaryAsync(id, CancellationToken.None).WaitAsync(TestFarm.Patience);
        Assert.Equal(ErrorCodes.ServerUnreachable, (await Assert.ThrowsAsync<FarmException>(() => asked)).Error.Code);
    }

    private static async Task LivesAsync(TestServer server, string path)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while ((await server.Server.Farm.System.ActorSelection(path).Ask<ActorIdentity>(new Identify(path), patience.Token)).Subject is null)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static void Listen(TestServer server, Action onNews)
    {
        var ear = server.Server.Farm.System.ActorOf(Props.Create(() => new Ear(onNews)));
        server.Server.Farm.System.EventStream.Subscribe<DispatcherStarted>(ear);
    }

    private static Task<string> TakeAsync(BlockingCollection<string> heard) =>
        Task.Run(() => heard.TryTake(out var who, TestFarm.Patience) ? who : throw new TimeoutException("Nobody heard it."));

    private string UrlOf(StoreUrl store) => postgres.Server.UrlOf(new Npgsql.NpgsqlConnectionStringBuilder(store.ConnectionString).Database!);

    private static async Task<T> FirstNewsAsync<T>(TestServer server, Core.ProjectId id)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        await foreach (var news in server.Client.WatchAsync(id, patience.Token))
        {
            if (news is T wanted)
            {
                return wanted;
            }
        }

        throw new InvalidOperationException("The project ended.");
    }

    private sealed class Ear : ReceiveActor
    {
        public Ear(Action onNews) => Receive<DispatcherStarted>(_ => onNews());
    }
}
