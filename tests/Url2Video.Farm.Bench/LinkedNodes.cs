using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Joining;

namespace Url2Video.Farm.Bench;

/// <summary>
/// Many nodes in this process, for the servers of another one. Each has what a real one has towards the farm: its own key and certificate, its own
/// session, its own WebSocket, the product's link and its actor. Only the works are not real, and all of them share one actor system.
/// </summary>
internal sealed class LinkedNodes : IAsyncDisposable
{
    private const int JoiningAtOnce = 16;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    /// <summary>What a machine with two cores says of itself: what each heartbeat carries.</summary>
    private static readonly ImmutableArray<string> Capabilities =
    [
        "arch:x64", "chromium", "cpu.cores=2", "encoder:libsvtav1", "encoder:libsvtav1#6a1c95b8f7f2", "encoder:libvpx-vp9", "encoder:libvpx-vp9#63a7c7a41a50",
        "encoder:libx264", "encoder:libx264#d4122d40bb1a", "encoder:libx265", "encoder:libx265#08605dd61be5", "mem.gib=23", "sandbox.landlock=7", "sandbox:seccomp",
        "scratch.gib=66", "voice:espeak", "voice:flite",
    ];

    private static readonly string Facts = $$"""{"cores":2,"memory_gib":23,"note":"{{new string('x', 600)}}"}""";

    private readonly string _folder;
    private readonly Uri[] _servers;
    private readonly string _token;
    private readonly ServerTrust _trust = new(TimeProvider.System);
    private readonly NodeApiClient _client;
    private readonly ActorSystem _system = ActorSystem.Create("nodes", NodeConfig.Of("WARNING"));
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(NodeIdentity Identity, NodeLink Link, Task Linking)> _nodes = [];
    private readonly Lock _gate = new();

    public LinkedNodes(string folder, IEnumerable<Uri> servers, string token)
    {
        (_folder, _servers, _token) = (folder, [.. servers], token);
        _client = new NodeApiClient(_trust, TimeProvider.System);
    }

    public NodeLoad Load { get; } = new();

    public int Linked
    {
        get
        {
            lock (_gate)
            {
                return _nodes.Count(n => n.Link.IsUp);
            }
        }
    }

    /// <summary>Lets nodes join until there are as many, and waits until all are linked.</summary>
    public async Task GrowAsync(int count, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = JoiningAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(_nodes.Count, count, parallel, async (number, token) => await JoinAsync(number, token));
        while (Linked < count)
        {
            await Task.Delay(BetweenLooks, cancellation);
            if (_nodes.Find(n => n.Linking.IsFaulted) is { Linking: { } failed })
            {
                await failed; // A node that the farm refuses for good says why.
            }
        }
    }

    /// <summary>Waits until all that have joined are linked.</summary>
    public async Task AllLinkedAsync(CancellationToken cancellation)
    {
        while (Linked < _nodes.Count)
        {
            await Task.Delay(BetweenLooks, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_nodes.Select(n => n.Linking)).ContinueWith(static t => _ = t.Exception, TaskScheduler.Default);
        await _system.Terminate();
        foreach (var (identity, link, _) in _nodes)
        {
            link.Dispose();
            identity.Dispose();
        }

        _client.Dispose();
        _stop.Dispose();
    }

    private async Task JoinAsync(int number, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"sim-{number}");
        var server = _servers[number % _servers.Length];
        var self = new NodeIncarnation(new NodeId(name), 1);
        var identity = NodeIdentity.Open(Path.Combine(_folder, name));
        await EnrolAsync(identity, server, name, cancellation);
        var hello = new LinkMessage.Hello(self, 1, "bench", Capabilities, Facts, 0);
        var link = new NodeLink(
            _client, identity, new ServerRing(server, allowInsecure: true, new Random(number)), () => hello, TimeProvider.System, NullLogger.Instance);
        var owner = _system.ActorOf(LinkActor.Props(link, TimeProvider.System), $"link-{number}");
        owner.Tell(_system.ActorOf(Props.Create(() => new InstantNode(self, 1, Capabilities, owner, owner, Load)), $"node-{number}"));
        lock (_gate)
        {
            _nodes.Add((identity, link, Task.Run(() => link.RunAsync(owner, _stop.Token), CancellationToken.None)));
        }
    }

    // A server lets so many in an hour and an address, and all of these have one address: who is told to come back does.
    private async Task EnrolAsync(NodeIdentity identity, Uri server, string name, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await Enrolment.EnsureAsync(identity, _client, _trust, server, _token, name, cancellation);
                return;
            }
            catch (FarmException fault) when (fault.Error.Retryable)
            {
                await Task.Delay(BetweenTries, cancellation);
            }
        }
    }
}
