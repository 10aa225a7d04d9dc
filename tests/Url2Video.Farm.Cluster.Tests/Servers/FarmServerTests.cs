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
        await RowsAsync(other, [other.Server.Self.Id]);
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

    private static async Task RowsAsync(TestServer server, string[] wanted)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        var registry = new ServerRegistry(server.Database);
        while (!(await registry.ReadAsync(patience.Token)).All.Select(r => r.Id).SequenceEqual(wanted))
        {
            await Task.Delay(50, patience.Token);
        }
    }

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
}
