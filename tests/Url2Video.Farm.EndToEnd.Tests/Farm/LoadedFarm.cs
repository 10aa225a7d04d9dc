using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>Two servers and two nodes as real processes, while people order films; its processes are ended in order and started again, one by one.</summary>
internal sealed class LoadedFarm : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly FarmFolder _folder;
    private readonly LocalFarm _farm;
    private readonly FarmHttp[] _servers;
    private readonly CancellationTokenSource _enough;
    private readonly ChaosLoad _load;
    private readonly Task _loading;
    private readonly HashSet<string> _running = [.. Servers, .. Nodes];
    private readonly Action<string> _say;
    private readonly CancellationToken _patience;

    private LoadedFarm(FarmFolder folder, LocalFarm farm, FarmHttp[] servers, ChaosLoad load, Action<string> say, CancellationToken patience)
    {
        (_folder, _farm, _servers, _load, _say, _patience) = (folder, farm, servers, load, say, patience);
        _enough = CancellationTokenSource.CreateLinkedTokenSource(patience);
        _loading = load.RunAsync(_enough.Token, patience);
    }

    public static IReadOnlyList<string> Servers { get; } = ["server-1", "server-2"];

    public static IReadOnlyList<string> Nodes { get; } = ["node-1", "node-2"];

    public IReadOnlyCollection<OrderedFilm> Films => _load.Films;

    /// <param name="program">What each process runs; null: this build.</param>
    public static async Task<LoadedFarm> StartAsync(string[]? program, ulong seed, Action<string> say, CancellationToken patience)
    {
        var folder = new FarmFolder();
        var options = new LocalFarmOptions(folder["farm"], Servers.Count, Nodes.Count, Store: null, Workers: 1, FirstPort: 0);
        var farm = await LocalFarm.StartAsync(program is null ? options : options with { Program = program }, say, TimeProvider.System, patience);
        try
        {
            FarmHttp[] servers = [await farm.ClientAsync(0, patience), await farm.ClientAsync(1, patience)];
            await servers[0].UntilNodesWorkAsync(Nodes.Count, patience);
            return new(folder, farm, servers, new ChaosLoad(farm.Urls, await farm.KeyAsync(patience), seed, filmsAtOnce: 2, TimeProvider.System), say, patience);
        }
        catch
        {
            await farm.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The client of one server.</summary>
    public FarmHttp Of(string server) => _servers[IndexOf(server)];

    /// <summary>SIGTERM, out with 0 by itself, and a new process; until it serves or works.</summary>
    public async Task RenewAsync(string name, string[]? program = null)
    {
        var (process, began) = (_farm.Process(name), _watch.Elapsed);
        var isServer = process.Kind == FarmProcessKind.Server;
        var epoch = isServer ? 0 : (await _servers[0].UntilNodeAsync(name, FarmCalls.Works, _patience)).GetProperty("epoch").GetInt64();
        var status = await process.StopAsync(StopPatience);
        Assert.True(status is 0 || !_running.Contains(name), $"{name} ended with {status}.");
        var stopped = _watch.Elapsed;
        process.Program = program ?? process.Program;
        process.Start();
        _running.Add(name);
        await (isServer
            ? _farm.WaitReadyAsync(_farm.Urls[IndexOf(name)], _patience)
            : _servers[0].UntilNodeAsync(name, n => FarmCalls.Works(n) && n.GetProperty("epoch").GetInt64() > epoch, _patience));
        _say(string.Create(CultureInfo.InvariantCulture,
            $"{name}: out in {(stopped - began).TotalSeconds:0.0} s, back {(_watch.Elapsed - stopped).TotalSeconds:0.0} s later{(program is null ? "" : $", as {program[^1]}")}"));
    }

    /// <summary>As <see cref="RenewAsync"/>, with an older program: it works with the newer one's tables, or says that it will not.</summary>
    /// <returns>False: it refused, and the farm has been without it since.</returns>
    public async Task<bool> GoBackAsync(string server, string[] program)
    {
        var log = Path.Combine(_folder["farm"], "logs", server + ".log");
        var process = _farm.Process(server);
        Assert.Equal(0, await process.StopAsync(StopPatience));
        process.Program = program;
        process.Start();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_patience);
        var refused = FarmCalls.UntilAsync(
            async () => await SharedText.ReadAsync(log, end.Token), said => said.Contains(Core.Errors.ErrorCodes.StoreNewer, StringComparison.Ordinal), end.Token);
        var ready = _farm.WaitReadyAsync(_farm.Urls[IndexOf(server)], end.Token);
        var first = await Task.WhenAny(refused, ready);
        await first;
        await end.CancelAsync();

        // Programs from before table version 10, which say "this farm knows", refuse any newer tables; later ones only what took something away.
        Assert.True(first == ready || (await refused).Contains("this farm knows", StringComparison.Ordinal), await SharedText.ReadAsync(log, _patience));
        if (first == refused)
        {
            await process.StopAsync(StopPatience);
            _running.Remove(server);
        }

        _say($"{server}: {(first == ready ? "back" : "will not go back")}, as {program[^1]}");
        return first == ready;
    }

    /// <summary>No more orders. Every film is made, no call failed on both servers, and the journals are sound.</summary>
    public async Task AssertSoundAsync()
    {
        await _enough.CancelAsync();
        await _loading;
        var (calls, failedOnce, failedTwice) = _load.Calls;
        _say($"{Films.Count} films, {calls} calls; {failedOnce} asked another server, {failedTwice} more than once");
        Assert.NotEmpty(Films);
        Assert.Equal(0, failedTwice);
        await _farm.AssertSoundAsync(Films, _patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await Task.WhenAny(_loading); // Its faults, if any, were told by whoever waited for it.
        Array.ForEach(_servers, s => s.Dispose());
        await _farm.DisposeAsync();
        _enough.Dispose();
        _folder.Dispose();
    }

    private static int IndexOf(string server) => server == Servers[0] ? 0 : 1;
}
