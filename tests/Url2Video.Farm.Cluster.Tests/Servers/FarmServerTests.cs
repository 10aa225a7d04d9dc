using Url2Video.Farm.Cluster.Hosting;
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
        await using var first = await TestServer.StartAsync(store, _folder);
        await using var second = await TestServer.StartAsync(store, _folder);
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

        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestServer.StartAsync(store, _folder)));

        await Task.WhenAll(servers.Select(s => s.SeesAsync(servers.Length)));
        await Task.WhenAll(servers.Select(s => s.DisposeAsync().AsTask()));
        Assert.All(servers, s => Assert.Equal(ServerEnd.Stopped, s.Server.Ended.Result));
    }

    [RequiresPostgresFact]
    public async Task Leave_OfAServer_TakesItsProjectsToTheOthers()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        var first = await TestServer.StartAsync(store, _folder);
        await using var second = await TestServer.StartAsync(store, _folder);
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
    public async Task Watching_OnAServerThatLeaves_EndsWithAWordInsteadOfSilence()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        var server = await TestServer.StartAsync(store, _folder);
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
