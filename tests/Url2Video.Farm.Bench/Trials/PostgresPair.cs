using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>A database and one that follows it synchronously. When the first dies the second takes over, and a new one follows that.</summary>
internal sealed class PostgresPair : IAsyncDisposable
{
    private const string Host = "127.0.0.1";

    private readonly string _folder;
    private readonly int[] _ports;
    private LocalPostgres _first;
    private LocalPostgres? _second;
    private int _generation;

    private PostgresPair(string folder, int[] ports, LocalPostgres first) => (_folder, _ports, _first) = (folder, ports, first);

    /// <summary>Names both; whoever connects finds the one that takes writes.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"{_first.Url}?host={Host}:{_ports[0]},{Host}:{_ports[1]}&targetsessionattributes=primary&timeout=5");

    public static async Task<PostgresPair> StartAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var ports = FreePorts(2);
        var first = await LocalPostgres.StartAsync(Path.Combine(folder, "0"), Host, ports[0], null, cancellation);
        var pair = new PostgresPair(folder, ports, first);
        await pair.UntilFollowedAsync(cancellation);
        return pair;
    }

    /// <summary>Makes a new follower if the former is the server now.</summary>
    public async Task UntilFollowedAsync(CancellationToken cancellation) =>
        _second ??= await _first.FollowAsync(Path.Combine(_folder, (++_generation).ToString(CultureInfo.InvariantCulture)), _ports.First(p => p != _first.Port), cancellation);

    /// <summary>As a power cut would end the first.</summary>
    public Task CrashAsync() => _first.CrashAsync();

    /// <summary>From here on the follower is the server.</summary>
    public async Task PromoteAsync(CancellationToken cancellation)
    {
        await _second!.PromoteAsync(cancellation);
        await _first.DisposeAsync();
        (_first, _second) = (_second, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        await _first.DisposeAsync();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
