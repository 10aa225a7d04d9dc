using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Api.Tests.Support;

/// <summary>A real server of a farm (journal, read model and packages in one store) with a node in the same process, whose works are fakes. Shared by a class.</summary>
public sealed class FilmApi : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ILoggerFactory _logging = LoggerFactory.Create(_ => { });
    private FarmServer _server = null!;
    private ApiHost _second = null!;

    internal FakeFarmhand Hand { get; } = new(4);

    internal ApiHost Host { get; private set; } = null!;

    internal FarmDatabase Database { get; private set; } = null!;

    /// <summary>Orders and looks.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(_folder["farm.db"]));
        var artifacts = new ArtifactStore(_folder["artifacts"]);
        _server = await FarmServer.StartAsync(new ServerSetup(Database, artifacts, new Uri("http://127.0.0.1:1/"), TimeProvider.System, _logging, LogLevel.Warning));
        Directory.CreateDirectory(_folder["scratch"]);
        var runner = new WorkRunner(Hand.Works, artifacts, new NothingKept(), _folder["scratch"]);
        var self = new NodeIncarnation(new NodeId("node"), 1);
        _server.Farm.System.ActorOf(NodeActor.Props(new NodeParts(self, 2, [], _server.Farm.Projects, _server.Farm.Dispatcher, runner, TimeProvider.System)), "node");
        var parts = new ApiParts(_server.Farm, new FarmClient(_server.Farm), Database, artifacts, TimeProvider.System, _logging);
        var options = new ApiOptions { ListenUrls = ["http://127.0.0.1:0"], KeyRequestsBurst = 100_000, KeyRequestsPerHour = 1_000_000 };
        Host = await ApiHost.StartAsync(options, parts, ApiModules.Standard);
        _second = await ApiHost.StartAsync(options, parts, ApiModules.Standard);
        Client = await ClientAsync();
    }

    public async Task DisposeAsync()
    {
        Hand.Before = static (_, _) => Task.CompletedTask;
        Client.Dispose();
        await Host.DisposeAsync();
        await _second.DisposeAsync();
        await _server.DisposeAsync();
        await Database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    public void Dispose()
    {
        _logging.Dispose();
        _folder.Dispose();
    }

    internal Task StopServerAsync() => _server.DisposeAsync().AsTask();

    internal Uri Second => _second.Addresses[0];

    internal async Task<HttpClient> ClientAsync(string tenant = "", string scope = Scopes.VideosWrite)
    {
        var key = await Host.Keys.CreateAsync("test", tenant, [scope], null, default);
        var client = new HttpClient { BaseAddress = Host.Addresses[0], Timeout = TestFarm.Patience };
        client.DefaultRequestHeaders.Add("X-API-Key", key.Text);
        return client;
    }

    /// <returns>The id of a new film.</returns>
    internal async Task<string> OrderAsync(HttpClient? client = null, string more = "")
    {
        using var response = await (client ?? Client).PostAsync("/api/v2/videos", HttpExtensions.Json($$"""{"source":"https://example.test/{{Guid.NewGuid()}}"{{more}}}"""));
        return (await response.JsonAsync()).Text("id");
    }

    /// <summary>Every job is worked: a test that holds one must not be handed its result from another test.</summary>
    private sealed class NothingKept : IResultIndex
    {
        public ValueTask<JobResult?> FindAsync(string name, CancellationToken cancellation) => default;

        public ValueTask KeepAsync(string name, JobResult result, bool replace, CancellationToken cancellation) => default;
    }
}
