using Akka.Cluster;
using Akka.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>A server of a farm in this process, with a connection of its own to the store.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly FarmDatabase _database;

    private TestServer(FarmDatabase database, FarmServer server) => (_database, Server, Client) = (database, server, new FarmClient(server.Farm));

    public FarmServer Server { get; }

    public FarmClient Client { get; }

    public FarmDatabase Database => _database;

    public static async Task<TestServer> StartAsync(StoreUrl store, string folder, string overrides = "", ILoggerFactory? logging = null)
    {
        var database = await FarmDatabase.OpenAsync(store);
        try
        {
            using var patience = new CancellationTokenSource(TestFarm.Patience);
            return new(database, await FarmServer.StartAsync(SetupOf(database, folder, overrides, logging), patience.Token));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public static ServerSetup SetupOf(FarmDatabase database, string folder, string overrides = "", ILoggerFactory? logging = null) =>
        new(database, new ArtifactStore(Path.Combine(folder, "artifacts")), new Uri("http://127.0.0.1:1/"), TimeProvider.System, logging ?? NullLoggerFactory.Instance, LogLevel.Information)
        {
            Overrides = overrides.Length == 0 ? null : ConfigurationFactory.ParseString(overrides),
        };

    public Task SubmitAsync(ProjectId id, TemporaryFolder folder)
    {
        var request = FakeFilm.Request() with { OutDir = folder["out"] };
        return Client.CommandAsync(id, new ProjectMessage.Submit(request), CancellationToken.None).WaitAsync(TestFarm.Patience);
    }

    /// <summary>Waits until it sees so many members, all of them up.</summary>
    public async Task SeesAsync(int members)
    {
        var cluster = Akka.Cluster.Cluster.Get(Server.Farm.System);
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (cluster.State.Members.Count(m => m.Status == MemberStatus.Up) != members || cluster.State.Members.Count != members || cluster.State.Unreachable.Count > 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until the register holds exactly these.</summary>
    public async Task RowsAsync(string[] wanted)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (!(await Server.ServersAsync(patience.Token)).All.Select(r => r.Id).SequenceEqual(wanted))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
    }
}
