using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Bench;

/// <summary>What a farm has used since it began.</summary>
internal sealed record FarmUse(
    long At,
    double[] ServerCpuSeconds,
    double StoreCpuSeconds,
    Dictionary<string, (long In, long Out)>[] Links,
    Dictionary<string, (long In, long Out)>[] Between,
    long Commits,
    long RowsRead,
    long RowsWritten,
    long ResidentBytes);

/// <summary>Real servers as processes, over a real PostgreSQL, with real nodes or none; and one small film after another.</summary>
internal sealed partial class LinksFarm : IAsyncDisposable
{
    private const int SceneMs = 8_000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly PostgresServer _postgres;
    private readonly StoreUrl _store;
    private readonly LocalFarm _farm;
    private readonly string _key;
    private readonly FarmHttp _http;
    private readonly int[] _clusterPorts;
    private int _films;

    private LinksFarm(PostgresServer postgres, StoreUrl store, LocalFarm farm, string key, int[] clusterPorts)
    {
        (_postgres, _store, _farm, _key, _clusterPorts) = (postgres, store, farm, key, clusterPorts);
        _http = new FarmHttp(new ServerAddress(farm.Urls[0], key), TimeProvider.System);
    }

    public IReadOnlyList<Uri> Urls => _farm.Urls;

    /// <param name="nodes">Real ones, as processes.</param>
    /// <param name="workers">Of each of them.</param>
    public static async Task<LinksFarm> StartAsync(string folder, int servers, int nodes = 0, int workers = 1)
    {
        var postgres = await PostgresServer.StartAsync();
        var store = await postgres.CreateDatabaseAsync();
        var options = new LocalFarmOptions(folder, servers, nodes, postgres.UrlOf(DatabaseOf(store)), workers, FirstPort: 0) { Restarts = false };
        var farm = await LocalFarm.StartAsync(options, Console.Error.WriteLine, TimeProvider.System, CancellationToken.None);
        await using var database = await FarmDatabase.OpenAsync(store);
        var addresses = await database.QueryAsync("SELECT address FROM farm_server ORDER BY address", row => row.GetString(0), default);
        var ports = addresses.Select(a => int.Parse(Port().Match(a).Groups[1].Value, CultureInfo.InvariantCulture));
        return new LinksFarm(postgres, store, farm, await farm.KeyAsync(default), [.. ports]);
    }

    /// <summary>For as many nodes as a farm may have.</summary>
    public async Task<string> TokenAsync()
    {
        await using var database = await FarmDatabase.OpenAsync(_store);
        using var authority = await FarmAuthority.LoadOrCreateAsync(database, TimeProvider.System);
        return (await (await JoinTokens.LoadAsync(database, authority, TimeProvider.System)).CreateAsync("bench", Limits.JoinTokenUsesMax, TimeSpan.FromDays(1))).Text;
    }

    /// <summary>One film after another, until so many jobs have begun: nearly all of them were offered while every node was free.</summary>
    public async Task<GrantTimes> JobsAsync(int jobs)
    {
        var before = await GrantsAsync();
        while (true)
        {
            await EndAsync(await OrderAsync());
            if ((await GrantsAsync()).Since(before) is { } times && times.Count >= jobs)
            {
                return times;
            }
        }
    }

    public Task<GrantTimes> GrantsAsync() => GrantTimes.ReadAsync(Urls, _key, default);

    public async Task<FarmUse> UseAsync()
    {
        var ids = Enumerable.Range(1, Urls.Count).Select(i => _farm.Process($"server-{i}").ProcessId ?? throw new InvalidOperationException($"server-{i} has died.")).ToArray();
        var (commits, read, written) = await StoreWorkAsync();
        return new(
            TimeProvider.System.GetTimestamp(),
            [.. ids.Select(ProcessCost.CpuSeconds)],
            ProcessCost.CpuSeconds(_postgres.ProcessId),
            await Task.WhenAll(Urls.Select(u => ProcessCost.BytesAsync(u.Port))),
            await Task.WhenAll(_clusterPorts.Select(ProcessCost.BytesAsync)),
            commits,
            read,
            written,
            ids.Sum(ProcessCost.ResidentBytes));
    }

    /// <summary>Ends the last server as a power cut would. It stays dead.</summary>
    public void KillLast()
    {
        if (!_farm.Process($"server-{Urls.Count}").Signal(Signals.Kill))
        {
            throw new InvalidOperationException("The last server was not there.");
        }
    }

    /// <summary>What the next films are made of.</summary>
    public static void Scenes(int count) => InstantNode.Film(new StoryboardFacts(
        "Bench", "en", 640, 360, new Rational(30, 1), new string('a', 64),
        [.. Enumerable.Range(0, count).Select(i => new SceneFacts($"s{i}", null, new string('b', 64), 1_000, SceneMs, 0, 0, 0, []))]));

    /// <summary>Each order is another film, so that nothing is at hand already.</summary>
    public async Task<string> OrderAsync()
    {
        var number = ++_films;
        var upload = await _http.UploadAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(Storyboard(number)), writable: false), default);
        var order = new Dictionary<string, object>
        {
            ["source"] = new { entry = "storyboard.json", files = new[] { new { path = "storyboard.json", upload } } },
            ["formats"] = "mp4",
            ["ladder"] = "360,240",
        };
        var film = await new Films(_http).OrderAsync(order, string.Create(CultureInfo.InvariantCulture, $"links-{number}"), default);
        return film.GetProperty("id").GetString()!;
    }

    public async Task EndAsync(string film)
    {
        while (true)
        {
            var now = await new Films(_http).GetAsync(film, default);
            switch (now.GetProperty("status").GetString())
            {
                case "succeeded":
                    return;
                case "failed" or "canceled":
                    throw new InvalidOperationException(now.ToString());
            }

            await Task.Delay(BetweenLooks);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _farm.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private async Task<(long Commits, long Read, long Written)> StoreWorkAsync()
    {
        await using var connection = new NpgsqlConnection(_store.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT xact_commit, tup_returned + tup_fetched, tup_inserted + tup_updated + tup_deleted
            FROM pg_stat_database WHERE datname = current_database()
            """;
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2));
    }

    private static string DatabaseOf(StoreUrl store) => new NpgsqlConnectionStringBuilder(store.ConnectionString).Database!;

    private static string Storyboard(int number) => $$"""
        {
          "schema": "url2video.storyboard/1", "title": "Bench {{number}}", "language": "en", "canvas": { "width": 640, "height": 360, "fps": 30 },
          "scenes": [ { "id": "s1", "role": "quote", "say": "", "text": [ { "kind": "quote", "values": ["Bench {{number}}"] } ],
            "visual": { "kind": "procedural", "pattern": "waves", "seed": {{number}} }, "timing": { "minMs": 2000 } } ]
        }
        """;

    [GeneratedRegex(@":(\d+)")]
    private static partial Regex Port();
}
