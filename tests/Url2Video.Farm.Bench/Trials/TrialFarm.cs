using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Bench.Trials;

/// <param name="Node">Incarnation of the node that has it; null for none.</param>
internal sealed record TrialJob(string Name, string Stage, long Attempt, string? Node)
{
    public string NodeName => Node!.Split('#')[0];
}

/// <summary>The farm of the trials and what is asked of it, of whichever server answers.</summary>
internal sealed class TrialFarm : IAsyncDisposable
{
    /// <summary>Of this process's own, kept from trial to trial.</summary>
    private const int StaleConnectionsMax = 8;

    private const string BecameFilm = "every acknowledged order became a film"; // Most are cancelled when their trial is over.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly LocalFarm _farm;
    private readonly FarmDatabase _database;
    private readonly FarmHttp[] _servers;
    private readonly List<string> _open = [];
    private readonly List<OrderedFilm> _ordered = [];
    private int _number;

    private TrialFarm(LocalFarm farm, PostgresPair? pair, FarmDatabase database, FarmHttp[] servers, string dataDir)
    {
        (_farm, Pair, _database, _servers, DataDir) = (farm, pair, database, servers, dataDir);
        Works = new WorkLog([.. Nodes.Select(n => (n.Name, Path.Combine(dataDir, n.Name, "node.log")))]);
    }

    public string DataDir { get; }

    public LocalPostgres Postgres => _farm.Postgres!;

    /// <summary>Null without a standby.</summary>
    public PostgresPair? Pair { get; }

    public NetworkLab Network => _farm.Network!;

    public WorkLog Works { get; }

    /// <summary>Whether the trial's blow was done: from then on it counts, whatever comes of it.</summary>
    public bool HasBegun { get; set; }

    public IReadOnlyList<FarmProcess> Servers => [.. _farm.Processes.Where(p => p.Kind == FarmProcessKind.Server)];

    public IReadOnlyList<FarmProcess> Nodes => [.. _farm.Processes.Where(p => p.Kind == FarmProcessKind.Node)];

    public static async Task<TrialFarm> StartAsync(TrialNeeds needs, string dataDir)
    {
        var pair = needs.Standby ? await PostgresPair.StartAsync(dataDir + "-pg", CancellationToken.None) : null;
        var options = new LocalFarmOptions(dataDir, needs.Servers, needs.Nodes, pair?.Url, Workers: 1, FirstPort: 0) { Restarts = false, OwnNetworks = needs.OwnNetworks };
        var farm = await LocalFarm.StartAsync(options, Console.Error.WriteLine, TimeProvider.System, CancellationToken.None);
        var key = await farm.KeyAsync(CancellationToken.None);
        var database = await FarmDatabase.OpenAsync(StoreUrl.Parse(farm.StoreAddress));
        return new TrialFarm(farm, pair, database, [.. farm.Urls.Select(url => new FarmHttp(new ServerAddress(url, key), TimeProvider.System))], dataDir);
    }

    public FarmProcess Process(string name) => _farm.Process(name);

    public static Task PauseAsync(CancellationToken cancellation) => Task.Delay(BetweenLooks, TimeProvider.System, cancellation);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task UntilAsync(Func<bool> holds, CancellationToken cancellation)
    {
        while (!holds())
        {
            await PauseAsync(cancellation);
        }
    }

    /// <summary>Starts what is down, lets go on what stands still, and waits until servers and nodes are all at work.</summary>
    public async Task UntilWholeAsync(CancellationToken cancellation)
    {
        foreach (var process in _farm.Processes)
        {
            process.Signal(Signals.Continue);
            process.Start();
        }

        foreach (var url in _farm.Urls)
        {
            await _farm.WaitReadyAsync(url, cancellation);
        }

        while (!await IsWholeAsync(cancellation))
        {
            await PauseAsync(cancellation);
        }
    }

    /// <summary>Orders a film that no trial of this farm ordered before.</summary>
    public async Task<string> OrderAsync(CancellationToken cancellation, Func<TrialOrder, TrialOrder>? shape = null)
    {
        var plain = new TrialOrder(Interlocked.Increment(ref _number));
        var order = shape?.Invoke(plain) ?? plain;
        var storyboard = Encoding.UTF8.GetBytes(order.Storyboard());
        var film = await AnyAsync(
            async http =>
            {
                var upload = await http.UploadAsync(() => new MemoryStream(storyboard, writable: false), cancellation);
                var body = ChaosLoad.Order(upload);
                (body["priority"], body["limits"]) = (order.Band, order.Limits);
                return await new Films(http).OrderAsync(body, string.Create(CultureInfo.InvariantCulture, $"trial-{order.Number}"), cancellation);
            },
            cancellation);
        var id = film.GetProperty("id").GetString()!;
        lock (_ordered)
        {
            _open.Add(id);
            _ordered.Add(new OrderedFilm(order.Number, id, null, null));
        }

        return id;
    }

    /// <summary>Cancels the films of the trial.</summary>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        foreach (var film in _open)
        {
            try
            {
                await AnyAsync(http => new Films(http).CancelAsync(film, cancellation), cancellation);
            }
            catch (FarmException fault) when (fault.Error.Code == ErrorCodes.ProjectState)
            {
                // It is finished already.
            }
        }

        _open.Clear();
    }

    public async Task<string> StatusAsync(string film, CancellationToken cancellation) =>
        (await AnyAsync(http => new Films(http).GetAsync(film, cancellation), cancellation)).GetProperty("status").GetString()!;

    public async Task<TrialJob> UntilJobAsync(string film, Predicate<TrialJob> fits, CancellationToken cancellation)
    {
        while (true)
        {
            if ((await JobsAsync(film, cancellation)).Find(fits) is { } found)
            {
                return found;
            }

            await PauseAsync(cancellation);
        }
    }

    public async Task<TrialJob?> JobAsync(string film, string name, CancellationToken cancellation) => (await JobsAsync(film, cancellation)).Find(j => j.Name == name);

    /// <summary>The server on which the project lives.</summary>
    public async Task<FarmProcess> ServerOfAsync(string film, CancellationToken cancellation)
    {
        while (true)
        {
            var places = await Task.WhenAll(_servers.Select(s => s.GetAsync($"/api/v2/farm/shards/locate/{film}", cancellation)));
            var address = places[0].TryGetProperty("address", out var told) ? told.GetString() : null; // None while shards move.
            if (address is not null && Array.FindIndex(places, p => p.GetProperty("answered_by").GetString() == address) is var index and >= 0)
            {
                return Servers[index];
            }

            await PauseAsync(cancellation);
        }
    }

    /// <summary>
    /// Where the project lives and how many lives it had, both at one time: one that was just being moved by the farm itself, read in two steps, would
    /// look as if it lived on a side on which it never began again.
    /// </summary>
    public async Task<(FarmProcess Home, int Terms)> HomeAsync(string film, CancellationToken cancellation)
    {
        while (true)
        {
            var terms = await TermsAsync(film, cancellation);
            var home = await ServerOfAsync(film, cancellation);
            if (await TermsAsync(film, cancellation) == terms)
            {
                return (home, terms);
            }
        }
    }

    /// <summary>The server that has the farm's singletons, the dispatcher among them: the oldest member.</summary>
    public async Task<FarmProcess> OldestServerAsync(CancellationToken cancellation)
    {
        var urls = await _database.QueryAsync("SELECT url FROM farm_server ORDER BY started_ms, address", row => row.GetString(0), cancellation);
        return Servers[_farm.Urls.IndexOf(_farm.Urls.First(u => u.Authority == new Uri(urls[0]).Authority))];
    }

    /// <summary>Lives of the project so far, as its journal tells.</summary>
    public async Task<int> TermsAsync(string film, CancellationToken cancellation) =>
        (await EventsAsync(film, cancellation)).Count(e => e is ProjectEvent.TermStarted);

    /// <summary>It has begun a life after those, or needs none: a small film may be finished before anybody has to take it over.</summary>
    public async Task<bool> HasMovedOnAsync(string film, int terms, CancellationToken cancellation)
    {
        var events = (await EventsAsync(film, cancellation)).ToList();
        return events.Count(e => e is ProjectEvent.TermStarted) != terms || events.Exists(e => e is ProjectEvent.Completed);
    }

    private async Task<IEnumerable<ProjectEvent>> EventsAsync(string film, CancellationToken cancellation)
    {
        var id = ProjectIds.TryParse(film, out var parsed) ? parsed : throw new InvalidOperationException(film);
        return (await new DatabaseJournal(_database).EventsAsync(id, 1, Limits.JournalPageEventsMax, cancellation)).Select(e => e.Event);
    }

    public async Task<JsonElement> NodeAsync(string name, CancellationToken cancellation) => await AnyAsync(http => http.GetAsync($"/api/v2/farm/nodes/{name}", cancellation), cancellation);

    public Task ChangeAsync(HttpMethod method, string path, object body, CancellationToken cancellation) =>
        AnyAsync(http => http.SendAsync(method, path, body, null, cancellation), cancellation);

    /// <summary>What the journal says of every film that was ordered.</summary>
    public async Task<ImmutableArray<Invariant>> JudgeAsync(CancellationToken cancellation)
    {
        for (var left = StaleConnectionsMax; ; left--)
        {
            try
            {
                return [.. (await ChaosVerdict.JudgeAsync(_ordered, new DatabaseJournal(_database), cancellation)).Where(i => i.Name != BecameFilm)];
            }
            catch (NpgsqlException) when (left > 0)
            {
                // A connection of before the database's crash; the next one is another.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_servers, s => s.Dispose());
        await _database.DisposeAsync();
        await _farm.DisposeAsync();
        if (Pair is not null)
        {
            await Pair.DisposeAsync();
        }
    }

    private async Task<bool> IsWholeAsync(CancellationToken cancellation)
    {
        var rows = (await AnyAsync(http => http.GetAsync("/api/v2/farm/nodes", cancellation), cancellation)).GetProperty("data");
        var members = (await AnyAsync(http => http.GetAsync("/api/v2/farm/cluster/members", cancellation), cancellation)).GetProperty("data");
        return rows.EnumerateArray().Count(n => n.GetProperty("doing").GetString() is "ready" or "busy" && n.GetProperty("seen").GetBoolean()) == Nodes.Count
            && members.EnumerateArray().Count(m => m.GetProperty("status").GetString() == "up" && m.GetProperty("reachable").GetBoolean()) == Servers.Count
            && members.GetArrayLength() == Servers.Count;
    }

    private async Task<List<TrialJob>> JobsAsync(string film, CancellationToken cancellation)
    {
        var jobs = await AnyAsync(http => http.GetAsync($"/api/v2/farm/jobs/{film}", cancellation), cancellation);
        return [.. jobs.GetProperty("data").EnumerateArray().Select(j => new TrialJob(
            j.GetProperty("name").GetString()!,
            j.GetProperty("stage").GetString()!,
            j.GetProperty("attempt").GetInt64(),
            j.TryGetProperty("node", out var node) ? node.GetString() : null))];
    }

    // A server whose process is gone is not asked: its port refuses, and every question would be asked there twice.
    private async Task<JsonElement> AnyAsync(Func<FarmHttp, Task<JsonElement>> ask, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var index = attempt % _servers.Length;
                if (Servers[index].ProcessId is not null || Servers.All(s => s.ProcessId is null))
                {
                    return await ask(_servers[index]);
                }
            }
            catch (FarmException fault) when (fault.Error.Retryable || fault.Error.Code is ErrorCodes.ServerUnreachable or ErrorCodes.StoreUnreachable or ErrorCodes.TimedOut)
            {
                await PauseAsync(cancellation);
            }
        }
    }
}
