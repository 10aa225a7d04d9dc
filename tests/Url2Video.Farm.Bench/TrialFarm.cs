using System.Globalization;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Bench;

/// <param name="Node">Incarnation of the node that has it; null for none.</param>
internal sealed record TrialJob(string Name, string Stage, long Attempt, string? Node)
{
    public string NodeName => Node!.Split('#')[0];
}

/// <summary>The farm of the trials and what is asked of it, of whichever server answers.</summary>
internal sealed class TrialFarm : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly LocalFarm _farm;
    private readonly FarmDatabase _database;
    private readonly FarmHttp[] _servers;
    private readonly List<string> _films = [];

    private TrialFarm(LocalFarm farm, FarmDatabase database, FarmHttp[] servers) => (_farm, _database, _servers) = (farm, database, servers);

    public LocalPostgres Postgres => _farm.Postgres!;

    public static async Task<TrialFarm> StartAsync(LocalFarmOptions options)
    {
        var farm = await LocalFarm.StartAsync(options, Console.Error.WriteLine, TimeProvider.System, CancellationToken.None);
        var key = await farm.KeyAsync(CancellationToken.None);
        var database = await FarmDatabase.OpenAsync(StoreUrl.Parse(farm.StoreAddress));
        return new TrialFarm(farm, database, [.. farm.Urls.Select(url => new FarmHttp(new ServerAddress(url, key), TimeProvider.System))]);
    }

    public FarmProcess Process(string name) => _farm.Process(name);

    public static Task PauseAsync(CancellationToken cancellation) => Task.Delay(BetweenLooks, TimeProvider.System, cancellation);

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

        var nodes = _farm.Processes.Count(p => p.Kind == FarmProcessKind.Node);
        while (!await IsWholeAsync(nodes, cancellation))
        {
            await PauseAsync(cancellation);
        }
    }

    public async Task<string> OrderAsync(int number, CancellationToken cancellation)
    {
        var storyboard = Encoding.UTF8.GetBytes(Storyboard(number));
        var film = await AnyAsync(
            async http =>
            {
                var upload = await http.UploadAsync(() => new MemoryStream(storyboard, writable: false), cancellation);
                return await new Films(http).OrderAsync(ChaosLoad.Order(upload), string.Create(CultureInfo.InvariantCulture, $"trial-{number}"), cancellation);
            },
            cancellation);
        _films.Add(film.GetProperty("id").GetString()!);
        return _films[^1];
    }

    /// <summary>Cancels the films of the trial.</summary>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        foreach (var film in _films)
        {
            await AnyAsync(http => new Films(http).CancelAsync(film, cancellation), cancellation);
        }

        _films.Clear();
    }

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

    /// <summary>Index of the server on which the project lives.</summary>
    public async Task<int> ServerOfAsync(string film, CancellationToken cancellation)
    {
        while (true)
        {
            var places = await Task.WhenAll(_servers.Select(s => s.GetAsync($"/api/v2/farm/shards/locate/{film}", cancellation)));
            var address = places[0].TryGetProperty("address", out var told) ? told.GetString() : null; // None while shards move.
            if (address is not null && Array.FindIndex(places, p => p.GetProperty("answered_by").GetString() == address) is var index and >= 0)
            {
                return index;
            }

            await PauseAsync(cancellation);
        }
    }

    /// <summary>Lives of the project so far, as its journal tells.</summary>
    public async Task<int> TermsAsync(string film, CancellationToken cancellation)
    {
        var id = ProjectIds.TryParse(film, out var parsed) ? parsed : throw new InvalidOperationException(film);
        var events = await new DatabaseJournal(_database).EventsAsync(id, 1, Limits.JournalPageEventsMax, cancellation);
        return events.Count(e => e.Event is ProjectEvent.TermStarted);
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_servers, s => s.Dispose());
        await _database.DisposeAsync();
        await _farm.DisposeAsync();
    }

    private async Task<bool> IsWholeAsync(int nodes, CancellationToken cancellation)
    {
        var rows = (await AnyAsync(http => http.GetAsync("/api/v2/farm/nodes", cancellation), cancellation)).GetProperty("data");
        return rows.EnumerateArray().Count(n => n.GetProperty("doing").GetString() is "ready" or "busy" && n.GetProperty("seen").GetBoolean()) == nodes;
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

    private async Task<JsonElement> AnyAsync(Func<FarmHttp, Task<JsonElement>> ask, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await ask(_servers[attempt % _servers.Length]);
            }
            catch (FarmException fault) when (fault.Error.Retryable || fault.Error.Code is ErrorCodes.ServerUnreachable or ErrorCodes.StoreUnreachable or ErrorCodes.TimedOut)
            {
                await PauseAsync(cancellation);
            }
        }
    }

    /// <summary>Long enough to be at work for half a minute, each number another film.</summary>
    private static string Storyboard(int number) => $$"""
        {
          "schema": "url2video.storyboard/1", "title": "Trial {{number}}", "language": "en",
          "canvas": { "width": 640, "height": 360, "fps": 30 },
          "scenes": [
            {{string.Join(",\n", Enumerable.Range(1, 6).Select(scene => $$"""
                { "id": "s{{scene}}", "role": "quote", "say": "", "text": [ { "kind": "quote", "values": ["Trial {{number}}", "Scene {{scene}}"] } ],
                  "visual": { "kind": "procedural", "pattern": "waves", "seed": {{(number * 10) + scene}} }, "timing": { "minMs": 15000 } }
                """))}}
          ]
        }
        """;
}
