using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Api.Tests.Farm;

/// <summary>A server of a farm on a SQLite store with its HTTP port, and one node in the same process whose works are fakes.</summary>
internal sealed class FarmApi : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FarmDatabase _database = null!;
    private FarmServer _server = null!;
    private ApiHost _host = null!;

    private FarmApi(FakeFarmhand hand) => Hand = hand;

    public FakeFarmhand Hand { get; }

    public Lines Log { get; } = new();

    public FarmDatabase Database => _database;

    public FarmClient Client { get; private set; } = null!;

    public Uri Url => _host.Addresses[0];

    /// <summary>With a key that may all.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public static async Task<FarmApi> StartAsync(FakeFarmhand hand, int slots = 2)
    {
        var api = new FarmApi(hand);
        try
        {
            await api.StartPartsAsync(slots).WaitAsync(TestFarm.Patience);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    public async Task<HttpClient> ClientAsync(params string[] scopes) => Keyed((await _host.Keys.CreateAsync("test", "", [.. scopes], null, default)).Text);

    public async Task<string> AdminKeyAsync() => (await _host.Keys.CreateAsync("test", "", [Scopes.FarmAdmin], null, default)).Text;

    public async Task<ProjectId> SubmitAsync()
    {
        var id = TestFarm.NewId();
        await Client.CommandAsync(id, new ProjectMessage.Submit(FakeFilm.Request() with { OutDir = _folder[id.Value] }), default).WaitAsync(TestFarm.Patience);
        return id;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Admin.GetAsync(path);
        var body = await response.JsonAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {body}");
        return body;
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Admin.PostAsJsonAsync(path, body);
        var answer = await response.JsonAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {answer}");
        return answer;
    }

    /// <summary>Asks until the answer fits.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> fits)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (true)
        {
            var answer = await GetAsync(path);
            if (fits(answer))
            {
                return answer;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task StartPartsAsync(int slots)
    {
        _database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(_folder["farm.db"]));
        var logging = LoggerFactory.Create(b => b.AddProvider(Log));
        var artifacts = new ArtifactStore(_folder["artifacts"]);
        _server = await FarmServer.StartAsync(new ServerSetup(_database, artifacts, new Uri("http://127.0.0.1:1/"), TimeProvider.System, logging, LogLevel.Warning));
        var runner = new WorkRunner(Hand.Works, artifacts, new ResultIndex(_folder["results"], artifacts), _folder["scratch"]);
        var self = new NodeIncarnation(new NodeId("n1"), 1);
        _server.Farm.System.ActorOf(NodeActor.Props(new NodeParts(self, slots, [], _server.Farm.Projects, _server.Farm.Dispatcher, runner, TimeProvider.System)), "node");
        Client = new FarmClient(_server.Farm);
        var parts = new ApiParts(_server.Farm, Client, _database, artifacts, TimeProvider.System, logging);
        var options = new ApiOptions { ListenUrls = ["http://127.0.0.1:0"], KeyRequestsBurst = 1_000_000, KeyRequestsPerHour = 1_000_000 };
        _host = await ApiHost.StartAsync(options, parts, [.. ApiModules.Standard, .. FarmModules.All()]);
        Admin = Keyed(await AdminKeyAsync());
    }

    private HttpClient Keyed(string key)
    {
        var client = new HttpClient { BaseAddress = _host.Addresses[0], Timeout = TestFarm.Patience };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        return client;
    }
}

/// <summary>Keeps what is logged, for tests that read it.</summary>
internal sealed class Lines : ILoggerProvider
{
    public ConcurrentQueue<string> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => new One(All);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class One(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue(formatter(state, exception));
            }
        }
    }
}
