using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Api.Artifacts;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Nodes;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Node.Joining;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>A real server with a store, a cluster of one and an HTTP port, and real nodes that join it.</summary>
internal sealed class NodeFarm : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeHost> _nodes = [];
    private readonly ArtifactStore _artifacts;

    private NodeFarm() => _artifacts = new ArtifactStore(_folder["artifacts"]);

    public FarmDatabase Database { get; private set; } = null!;

    public FarmAuthority Authority { get; private set; } = null!;

    public FarmSystem System { get; private set; } = null!;

    public FarmClient Client { get; private set; } = null!;

    public GatewayModule Gateway { get; private set; } = null!;

    public ApiHost Http { get; private set; } = null!;

    public Uri Url => Http.Addresses[0];

    public static async Task<NodeFarm> StartAsync(bool tls = false)
    {
        var farm = new NodeFarm();
        var store = StoreUrl.OfFile(farm._folder["farm.db"]);
        farm.Database = await FarmDatabase.OpenAsync(store);
        farm.Authority = await FarmAuthority.LoadOrCreateAsync(farm.Database, TimeProvider.System);
        farm.System = FarmSystem.StartEmbedded(new FarmSystemSetup(
            StoreUrl.OfFile(farm._folder["journal.db"]), farm._artifacts, TimeProvider.System, NullLoggerFactory.Instance, LogLevel.None));
        farm.Client = new FarmClient(farm.System);
        farm.Gateway = await GatewayModule.StartAsync(farm.System, farm.Database, farm.Authority, TimeProvider.System);
        farm.Http = await farm.ListenAsync(tls);
        return farm;
    }

    /// <summary>Another HTTP server before the same farm.</summary>
    public Task<ApiHost> ListenAsync(bool tls = false, Func<ApiOptions, ApiOptions>? change = null) => ApiHost.StartAsync(
        (change ?? (o => o))(new ApiOptions { ListenUrls = [tls ? "https://127.0.0.1:0" : "http://127.0.0.1:0"], Certificate = tls ? Authority.IssueServer(["127.0.0.1"]) : null }),
        new ApiParts(System, Client, Database, _artifacts, TimeProvider.System, NullLoggerFactory.Instance),
        [Gateway, new ArtifactModule(new ResultIndex(_folder["results"], _artifacts), new DatabaseJobLogs(Database, _artifacts), new NodeGrants(Gateway.Book, Client), null)]);

    /// <summary>What the register of servers says.</summary>
    public async Task RegisterAsync(params Uri[] servers)
    {
        foreach (var url in servers)
        {
            await Database.ExecuteAsync(
                "INSERT INTO farm_server (address, url, version, started_ms, seen_ms) VALUES (@url, @url, '1', @now, @now)",
                default,
                ("url", url.ToString()),
                ("now", TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds()));
        }
    }

    public async Task<string> TokenAsync(int uses = 1) => (await Gateway.Tokens.CreateAsync("test", uses, TimeSpan.FromHours(1))).Text;

    /// <param name="remote">Files are transferred; else node and server share a folder.</param>
    public async Task<NodeHost> JoinAsync(string name, FakeFarmhand hand, int workers = 2, Uri? server = null, bool remote = false, TimeProvider? clock = null)
    {
        var options = new NodeHostOptions
        {
            Server = (server ?? Url).ToString(), Token = await TokenAsync(), Name = name, Workers = workers, DataDir = _folder["node-" + name], LogLevel = LogLevel.None, Clock = clock ?? TimeProvider.System,
        };
        var node = await NodeHost.StartAsync(options, hand.Works, remote ? null : _artifacts, CancellationToken.None);
        _nodes.Add(node);
        return node;
    }

    public string FolderOf(string node) => _folder["node-" + node];

    public ArtifactStore Artifacts => _artifacts;

    public async Task<ProjectId> SubmitAsync(Func<ProjectRequest, ProjectRequest>? change = null)
    {
        var id = ProjectIds.New(TimeProvider.System);
        await Client.CommandAsync(id, new ProjectMessage.Submit((change ?? (r => r))(FakeFilm.Request() with { OutDir = _folder["out-" + id.Value] })), CancellationToken.None);
        return id;
    }

    public async Task<FarmProgress.Finished> FinishedAsync(ProjectId id)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        await foreach (var progress in Client.WatchAsync(id, patience.Token))
        {
            if (progress is FarmProgress.Finished finished)
            {
                return finished;
            }
        }

        throw new InvalidOperationException("The project ended without a word.");
    }

    public Task LinkedAsync(string name, bool linked = true) => UntilAsync(
        async () => (await Gateway.LinkedAsync()).Any(n => n.Node.Value == name) == linked, $"{name} linked: {linked}");

    /// <summary>Asks until it is so; the bound only ends a test that hangs.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"Waited in vain for: {what}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Http.DisposeAsync();
        await System.StopAsync();
        Authority.Dispose();
        await Database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
