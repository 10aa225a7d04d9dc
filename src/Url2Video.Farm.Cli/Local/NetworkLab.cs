using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Url2Video.Farm.Cli.Local;

/// <summary>
/// A small network on this machine: each process in a network namespace of its own, all on one bridge, so that any two can be cut from
/// each other while both live on. Needs root and iproute2. Linux only.
/// </summary>
internal sealed class NetworkLab : IAsyncDisposable
{
    private const int HostOctet = 1;
    private const int FirstOctet = 10;

    private readonly string _prefix;
    private readonly string _subnet;
    private readonly ImmutableArray<string> _names;

    private NetworkLab(string prefix, string subnet, ImmutableArray<string> names) => (_prefix, _subnet, _names) = (prefix, subnet, names);

    /// <summary>Null: this machine can do it. Else why not, in one sentence.</summary>
    public static string? Missing => Found.Value;

    private static readonly Lazy<string?> Found = new(FindMissing);

    // Being root is not enough: containers are often denied namespaces, and only trying tells.
    private static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return OperatingSystem.IsLinux() ? "Network namespaces need root." : "Network namespaces are a thing of Linux.";
        }

        var probe = string.Create(CultureInfo.InvariantCulture, $"u2vtry{Environment.ProcessId % 100_000}");
        try
        {
            var (made, said) = RunAsync(["netns", "add", probe]).GetAwaiter().GetResult();
            if (made != 0)
            {
                return $"This machine gives no network namespaces: {said.Trim()}";
            }

            var (linked, why) = RunAsync(["link", "add", probe + "b", "type", "bridge"]).GetAwaiter().GetResult();
            _ = RunAsync(["link", "del", probe + "b"]).GetAwaiter().GetResult();
            _ = RunAsync(["netns", "del", probe]).GetAwaiter().GetResult();
            return linked == 0 ? null : $"This machine gives no network bridges: {why.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "The command ip is missing (apt-get install iproute2).";
        }
    }

    /// <summary>The address of this machine's own end: for what runs outside every namespace.</summary>
    public string Host => Address(HostOctet);

    /// <summary>In the notation of PostgreSQL's and others' rules.</summary>
    public string Range => $"{_subnet}.0/24";

    public static async Task<NetworkLab> CreateAsync(IReadOnlyList<string> names)
    {
        // Names of interfaces have 15 characters at most; the process id keeps two labs apart.
        var id = Environment.ProcessId;
        var lab = new NetworkLab(
            string.Create(CultureInfo.InvariantCulture, $"u2v{id % 100_000}"),
            string.Create(CultureInfo.InvariantCulture, $"10.{64 + (id / 250 % 64)}.{id % 250}"),
            [.. names]);
        try
        {
            await Ip("link", "add", lab.Bridge, "type", "bridge").ConfigureAwait(false);
            await Ip("addr", "add", $"{lab.Host}/24", "dev", lab.Bridge).ConfigureAwait(false);
            await Ip("link", "set", lab.Bridge, "up").ConfigureAwait(false);
            for (var i = 0; i < names.Count; i++)
            {
                await lab.AddAsync(i).ConfigureAwait(false);
            }

            return lab;
        }
        catch
        {
            await lab.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public string AddressOf(string name) => Address(FirstOctet + IndexOf(name));

    /// <summary>What to put before a command line so that it runs in the namespace; <c>ip</c> becomes the program, the process id stays.</summary>
    public IReadOnlyList<string> Enter(string name) => ["ip", "netns", "exec", Namespace(IndexOf(name))];

    /// <summary>Nothing gets from one to the other any more, in both directions; both still reach everybody else.</summary>
    public async Task CutAsync(string one, string other)
    {
        await Ip("-n", Namespace(IndexOf(one)), "route", "replace", "blackhole", AddressOf(other) + "/32").ConfigureAwait(false);
        await Ip("-n", Namespace(IndexOf(other)), "route", "replace", "blackhole", AddressOf(one) + "/32").ConfigureAwait(false);
    }

    public async Task HealAsync(string one, string other)
    {
        await Ip("-n", Namespace(IndexOf(one)), "route", "del", "blackhole", AddressOf(other) + "/32").ConfigureAwait(false);
        await Ip("-n", Namespace(IndexOf(other)), "route", "del", "blackhole", AddressOf(one) + "/32").ConfigureAwait(false);
    }

    /// <summary>Cuts one from everything, this machine included, as a pulled cable would.</summary>
    public Task PullAsync(string name) => Ip("link", "set", Outer(IndexOf(name)), "down");

    public Task PlugAsync(string name) => Ip("link", "set", Outer(IndexOf(name)), "up");

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            await TryIp("netns", "del", Namespace(i)).ConfigureAwait(false);
            await TryIp("link", "del", Outer(i)).ConfigureAwait(false);
        }

        await TryIp("link", "del", Bridge).ConfigureAwait(false);
    }

    private string Bridge => _prefix + "br";

    private string Namespace(int index) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}n{index}");

    private string Outer(int index) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}v{index}");

    private string Address(int octet) => string.Create(CultureInfo.InvariantCulture, $"{_subnet}.{octet}");

    private int IndexOf(string name) => _names.IndexOf(name) is var index and >= 0 ? index : throw new ArgumentException($"There is no {name} in this network.", nameof(name));

    private async Task AddAsync(int index)
    {
        var (space, outer) = (Namespace(index), Outer(index));
        await Ip("netns", "add", space).ConfigureAwait(false);
        await Ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", space).ConfigureAwait(false);
        await Ip("link", "set", outer, "master", Bridge, "up").ConfigureAwait(false);
        await Ip("-n", space, "addr", "add", $"{Address(FirstOctet + index)}/24", "dev", "eth0").ConfigureAwait(false);
        await Ip("-n", space, "link", "set", "eth0", "up").ConfigureAwait(false);
        await Ip("-n", space, "link", "set", "lo", "up").ConfigureAwait(false);
    }

    private static async Task Ip(params string[] arguments)
    {
        var (status, said) = await RunAsync(arguments).ConfigureAwait(false);
        if (status != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {said.Trim()}");
        }
    }

    private static async Task TryIp(params string[] arguments) => _ = await RunAsync(arguments).ConfigureAwait(false);

    private static async Task<(int Status, string Said)> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (process.ExitCode, said);
    }
}
