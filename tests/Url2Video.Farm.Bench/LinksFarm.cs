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

/// <summary>Real servers as processes, over a real PostgreSQL, without nodes; and films whose works nobody does in earnest.</summary>
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
    private string? _upload;
    private int _films;

    private LinksFarm(PostgresServer postgres, StoreUrl store, LocalFarm farm, string key, int[] clusterPorts)
    {
        (_postgres, _store, _farm, _key, _clusterPorts) = (postgres, store, farm, key, clusterPorts);
        _http = new FarmHttp(new ServerAddress(farm.Urls[0], key), TimeProvider.System);
    }

    public IReadOnlyList<Uri> Urls => _farm.Urls;

    public static async Task<LinksFarm> StartAsync(string folder, int servers)
    {
        var postgres = await PostgresServer.StartAsync();
        var store = await postgres.CreateDatabaseAsync();
        var options = new LocalFarmOptions(folder, servers, Nodes: 0, postgres.UrlOf(DatabaseOf(store)), Workers: 1, FirstPort: 0) { Restarts = false };
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

    /// <summary>What the next films are made of.</summary>
    public static void Scenes(int count) => InstantNode.Film(new StoryboardFacts(
        "Bench", "en", 640, 360, new Rational(30, 1), new string('a', 64),
        [.. Enumerable.Range(0, count).Select(i => new SceneFacts($"s{i}", null, new string('b', 64), 1_000, SceneMs, 0, 0, 0, []))]));

    public async Task<string> OrderAsync()
    {
        _upload ??= await _http.UploadAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(Storyboard), writable: false), default);
        var order = new Dictionary<string, object>
        {
            ["source"] = new { entry = "storyboard.json", files = new[] { new { path = "storyboard.json", upload = _upload } } },
            ["formats"] = "mp4",
            ["ladder"] = "360,240",
        };
        var film = await new Films(_http).OrderAsync(order, string.Create(CultureInfo.InvariantCulture, $"links-{++_films}"), default);
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

    public Task CancelAsync(string film) => new Films(_http).CancelAsync(film, default);

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

    private const string Storyboard = """
        {
          "schema": "url2video.storyboard/1", "title": "Bench", "language": "en", "canvas": { "width": 640, "height": 360, "fps": 30 },
          "scenes": [ { "id": "s1", "role": "quote", "say": "", "text": [ { "kind": "quote", "values": ["Bench"] } ],
            "visual": { "kind": "procedural", "pattern": "waves", "seed": 1 }, "timing": { "minMs": 2000 } } ]
        }
        """;

    [GeneratedRegex(@":(\d+)")]
    private static partial Regex Port();
}
