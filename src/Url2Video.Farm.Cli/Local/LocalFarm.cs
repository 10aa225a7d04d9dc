using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Local;

/// <param name="Store">Address of the store; null: a PostgreSQL of its own, or SQLite for one server.</param>
/// <param name="Workers">Jobs at the same time of each node; null: the cores shared out among the nodes.</param>
/// <param name="FirstPort">Port of the first server; 0: any.</param>
internal sealed record LocalFarmOptions(string DataDir, int Servers, int Nodes, string? Store, int? Workers, int FirstPort)
{
    /// <summary>Each process in a network of its own, so that they can be cut from each other. Needs root.</summary>
    public bool OwnNetworks { get; init; }

    /// <summary>What everything is started with; null: this program.</summary>
    public IReadOnlyList<string>? Program { get; init; }

    /// <summary>False: what is killed stays dead.</summary>
    public bool Restarts { get; init; } = true;
}

/// <summary>
/// A whole farm on this machine as real processes: servers, nodes and, where need be, a PostgreSQL. The way to try a farm, and what
/// the chaos tests hurt.
/// </summary>
internal sealed class LocalFarm : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ServerPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NodePatience = TimeSpan.FromSeconds(10);

    private readonly LocalFarmOptions _options;
    private readonly Action<string> _say;
    private readonly TimeProvider _clock;
    private readonly List<FarmProcess> _processes = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private LocalFarm(LocalFarmOptions options, Action<string> say, TimeProvider clock) => (_options, _say, _clock) = (options, say, clock);

    public LocalPostgres? Postgres { get; private set; }

    public NetworkLab? Network { get; private set; }

    public IReadOnlyList<FarmProcess> Processes => _processes;

    /// <summary>Addresses of the servers' API, in the order of the servers.</summary>
    public ImmutableArray<Uri> Urls { get; private set; } = [];

    /// <summary>File with the first API key, which may do everything.</summary>
    public string KeyFile => Path.Combine(_options.DataDir, "admin.key");

    /// <summary>Address of the store, for whoever judges the journal.</summary>
    public string StoreAddress { get; private set; } = string.Empty;

    private string TokenFile => Path.Combine(_options.DataDir, "join-token");

    private string StoreFile => Path.Combine(_options.DataDir, "store-url");

    /// <summary>Starts everything and waits until the servers are ready and the nodes have joined.</summary>
    /// <exception cref="FarmException">Something did not come up; what runs is stopped again.</exception>
    public static async Task<LocalFarm> StartAsync(LocalFarmOptions options, Action<string> say, TimeProvider clock, CancellationToken cancellation)
    {
        var farm = new LocalFarm(options, say, clock);
        try
        {
            await farm.StartAsync(cancellation).ConfigureAwait(false);
            return farm;
        }
        catch
        {
            await farm.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public FarmProcess Process(string name) => _processes.First(p => p.Name == name);

    public async Task<string> KeyAsync(CancellationToken cancellation) => (await File.ReadAllTextAsync(KeyFile, cancellation).ConfigureAwait(false)).Trim();

    /// <summary>Whether a server takes requests now.</summary>
    public async Task<bool> IsReadyAsync(Uri server, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(server, "/readyz"), cancellation).ConfigureAwait(false);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    public async Task WaitReadyAsync(Uri server, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ReadyWithin);
        try
        {
            while (!await IsReadyAsync(server, limit.Token).ConfigureAwait(false))
            {
                await Task.Delay(100, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FarmException(ErrorCodes.TimedOut, $"The server at {server} did not become ready.", $"Its log is in {Path.Combine(_options.DataDir, "logs")}.");
        }
    }

    /// <summary>Nodes first, so that they can still say goodbye; then the servers; the database last.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Where(p => p.Kind == FarmProcessKind.Node).Select(p => p.StopAsync(NodePatience))).ConfigureAwait(false);
        await Task.WhenAll(_processes.Where(p => p.Kind == FarmProcessKind.Server).Select(p => p.StopAsync(ServerPatience))).ConfigureAwait(false);
        _processes.ForEach(p => p.Dispose());
        _processes.Clear();
        _http.Dispose();
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync().ConfigureAwait(false);
            Postgres = null;
        }

        if (Network is not null)
        {
            await Network.DisposeAsync().ConfigureAwait(false);
            Network = null;
        }
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(_options.DataDir, "logs"));
        if (_options.OwnNetworks)
        {
            Network = await NetworkLab.CreateAsync([.. Names("server", _options.Servers), .. Names("node", _options.Nodes)]).ConfigureAwait(false);
        }

        var store = await StoreAsync(cancellation).ConfigureAwait(false);
        SecretFile.Write(StoreFile, StoreAddress = store);

        var ports = FreePorts(2 * _options.Servers);
        Urls = [.. Enumerable.Range(0, _options.Servers).Select(i => new Uri($"http://{HostOf($"server-{i + 1}")}:{(_options.FirstPort > 0 ? _options.FirstPort + i : ports[i])}"))];
        for (var i = 0; i < _options.Servers; i++)
        {
            _processes.Add(Make($"server-{i + 1}", FarmProcessKind.Server, ServerArguments(i, ports[_options.Servers + i])));
            _processes[^1].Start();
        }

        // All at once would do; but the first makes the tables, the keys and the token, and then nobody has to wait twice.
        await Task.WhenAll(Urls.Select(url => WaitReadyAsync(url, cancellation))).ConfigureAwait(false);
        for (var i = 0; i < _options.Nodes; i++)
        {
            _processes.Add(Make($"node-{i + 1}", FarmProcessKind.Node, NodeArguments(i)));
            _processes[^1].Start();
        }
    }

    private async Task<string> StoreAsync(CancellationToken cancellation)
    {
        if (_options.Store is { } given)
        {
            return given;
        }

        if (_options.Servers == 1)
        {
            return "sqlite:" + Path.Combine(_options.DataDir, "farm.db");
        }

        _say("Starting PostgreSQL ...");
        Postgres = await LocalPostgres
            .StartAsync(Path.Combine(_options.DataDir, "postgres"), Network?.Host ?? "127.0.0.1", FreePorts(1)[0], Network?.Range, cancellation).ConfigureAwait(false);
        return Postgres.Url;
    }

    // One folder of artifacts for all servers: they are on one machine.
    private string[] ServerArguments(int index, int clusterPort) =>
    [
        "server", "--store-file", StoreFile, "--data", Path.Combine(_options.DataDir, $"server-{index + 1}"), "--artifacts", Path.Combine(_options.DataDir, "artifacts"),
        "--listen", Urls[index].ToString(), "--public-url", Urls[index].ToString(), "--cluster-host", HostOf($"server-{index + 1}"),
        "--cluster-port", clusterPort.ToString(CultureInfo.InvariantCulture), "--copies", "1", "--admin-key-out", KeyFile,
        "--key-requests-per-hour", "1000000", // Everything on this machine speaks with one key.
        .. index == 0 ? new[] { "--join-token-out", TokenFile } : [],
    ];

    private string[] NodeArguments(int index) =>
    [
        "node", "join", Urls[index % Urls.Length].ToString(), "--token-file", TokenFile, "--name", $"node-{index + 1}",
        "--data", Path.Combine(_options.DataDir, $"node-{index + 1}"), "--workers", Workers.ToString(CultureInfo.InvariantCulture), "--drain-seconds", "3",
        .. Network is null ? Array.Empty<string>() : ["--insecure-http"],
    ];

    private int Workers => _options.Workers ?? Math.Max(1, Environment.ProcessorCount / Math.Max(1, _options.Nodes));

    private FarmProcess Make(string name, FarmProcessKind kind, IReadOnlyList<string> arguments) => new(
        name, kind, arguments, Network?.Enter(name) ?? [], Path.Combine(_options.DataDir, "logs", name + ".log"), (_, news) => _say(news), _clock)
        {
            Restarts = _options.Restarts,
            Program = _options.Program ?? FarmProcess.ThisProgram(),
        };

    private string HostOf(string name) => Network?.AddressOf(name) ?? "127.0.0.1";

    private static IEnumerable<string> Names(string kind, int count) => Enumerable.Range(1, count).Select(i => $"{kind}-{i}");

    // All are held until all are known, or the system might give one twice.
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
