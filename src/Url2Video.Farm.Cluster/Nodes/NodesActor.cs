using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>
/// The nodes of one server: a proxy a link, and what became of all nodes of the farm, followed in the store. So every server learns of lives
/// that are over, of drains and of revocations, whichever server caused them and whatever messages were lost. What nothing happens to costs nothing.
/// </summary>
internal sealed class NodesActor : ReceiveActor, IWithTimers
{
    public const string Name = "nodes";

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(Limits.NodesPollMillis);
    private static readonly TimeSpan SeenPeriod = TimeSpan.FromSeconds(Limits.NodeSeenSeconds);

    private readonly GatewayParts _parts;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<NodeId, (NodeIncarnation Life, IActorRef Proxy)> _links = [];
    private readonly Dictionary<IActorRef, NodeId> _proxies = [];
    private readonly HashSet<NodeId> _seen = [];
    private readonly Dictionary<NodeId, NodeStanding> _standings = [];
    private HashSet<NodeId> _unjudged = []; // Linked since the last question to the store.
    private NodesMark _mark = NodesMark.None;
    private ImmutableArray<string> _servers = [];
    private long _opened;
    private bool _isPolling;
    private bool _pollAgain;
    private bool _storeFailed;

    public NodesActor(GatewayParts parts)
    {
        _parts = parts;
        Receive<OpenLink>(OnOpen);
        Receive<LinkLive>(OnLive);
        Receive<NodeSeen>(m => _seen.Add(m.Node));
        Receive<PollNow>(_ => Poll());
        Receive<Polled>(OnPolled);
        Receive<PollFailed>(OnFailure);
        Receive<FlushSeen>(_ => OnFlushSeen());
        Receive<Terminated>(OnTerminated);
        Receive<GetLinked>(_ => Sender.Tell(new LinkedNodes([.. _links.Values.Select(l => l.Life)])));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(GatewayParts parts) => Akka.Actor.Props.Create(() => new NodesActor(parts));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("poll", PollNow.Instance, TimeSpan.Zero, PollPeriod);
        Timers.StartPeriodicTimer("seen", FlushSeen.Instance, SeenPeriod);
        FarmMeters.Set(FarmMeters.Links, 0);
    }

    protected override void PostStop() => FarmMeters.Set(FarmMeters.Links, 0);

    private void OnOpen(OpenLink open)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{open.Session.Node.Value}-{++_opened}");
        var proxy = Context.ActorOf(NodeProxyActor.Props(open.Session, open.Link, _parts), name);
        Context.Watch(proxy);
        Sender.Tell(proxy);
    }

    private void OnLive(LinkLive live)
    {
        var proxy = Sender;
        if (_links.TryGetValue(live.Node.Node, out var former) && !former.Proxy.Equals(proxy))
        {
            former.Proxy.Tell(new CloseLink(null, "The node has a newer link."));
        }

        _links[live.Node.Node] = (live.Node, proxy);
        _proxies[proxy] = live.Node.Node;
        _unjudged.Add(live.Node.Node);
        FarmMeters.Set(FarmMeters.Links, _links.Count);
        _seen.Add(live.Node.Node);
        proxy.Tell(new Greeting(new LinkMessage.Welcome(_servers, _parts.Clock.GetUtcNow())));
        if (_standings.TryGetValue(live.Node.Node, out var standing))
        {
            proxy.Tell(standing);
        }

        Poll();
    }

    private void OnTerminated(Terminated gone)
    {
        if (_proxies.Remove(gone.ActorRef, out var node) && _links.TryGetValue(node, out var link) && link.Proxy.Equals(gone.ActorRef))
        {
            _links.Remove(node);
        }

        FarmMeters.Set(FarmMeters.Links, _links.Count);
    }

    // One question at a time; one that comes meanwhile is asked once more afterwards, because the answer under way may be older than it.
    private void Poll()
    {
        if (_isPolling)
        {
            _pollAgain = true;
            return;
        }

        (_isPolling, _pollAgain) = (true, false);
        PollAsync(_parts.Registry, _parts.Clock.GetTimestamp(), _mark, _unjudged).PipeTo(Self);
        _unjudged = [];
    }

    private static async Task<object> PollAsync(NodeRegistry registry, long askedAt, NodesMark since, IReadOnlySet<NodeId> linked)
    {
        try
        {
            var changes = await registry.ChangesAsync(since, CancellationToken.None).ConfigureAwait(false);
            return new Polled(changes, askedAt, linked, await registry.ServersAsync(CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new PollFailed(linked, fault);
        }
    }

    private void OnPolled(Polled polled)
    {
        (_isPolling, _storeFailed) = (false, false);
        OnServers(polled.Servers);
        var gone = NodesGone.Between(_standings, polled.Changes);
        var touched = Follow(polled.Changes);
        touched.UnionWith(polled.Linked);
        _parts.StandingsRead(_standings, polled.AskedAt);
        if (!gone.UpTo.IsEmpty)
        {
            Context.System.EventStream.Publish(gone);
        }

        foreach (var node in touched)
        {
            if (_links.TryGetValue(node, out var link))
            {
                Apply(link.Life, link.Proxy);
            }
        }

        if (_pollAgain)
        {
            Poll();
        }
    }

    /// <returns>Who is another than before.</returns>
    private HashSet<NodeId> Follow(NodeChanges changes)
    {
        var struck = NodesGone.Struck(_standings, changes);
        foreach (var node in struck)
        {
            _standings.Remove(node.Name);
        }

        foreach (var standing in changes.Standings)
        {
            _standings[standing.Name] = standing;
        }

        _mark = changes.Mark;
        return [.. struck.Concat(changes.Standings).Select(s => s.Name)];
    }

    // Nodes hear of servers that came later, so that they know where to go when this one dies.
    private void OnServers(ImmutableArray<string> servers)
    {
        if (!_servers.SequenceEqual(servers))
        {
            _servers = servers;
            foreach (var (_, proxy) in _links.Values)
            {
                proxy.Tell(new Greeting(new LinkMessage.Welcome(_servers, _parts.Clock.GetUtcNow())));
            }
        }
    }

    private void Apply(NodeIncarnation life, IActorRef proxy)
    {
        if (!_standings.TryGetValue(life.Node, out var standing) || standing.State == NodeStates.Revoked)
        {
            var error = new FarmError(ErrorCodes.NodeRevoked, $"The node {life.Node} is revoked.", "An operator can let it in again with a new join token.");
            proxy.Tell(new CloseLink(error, "The node is revoked."));
        }
        else if (standing.Epoch > life.Epoch)
        {
            var error = new FarmError(ErrorCodes.JoinRefused, $"A later life of {life.Node} has begun.", "Start the node anew; do not copy its folder.");
            proxy.Tell(new CloseLink(error, "A later life of the node has begun."));
        }
        else
        {
            proxy.Tell(standing);
        }
    }

    private void OnFlushSeen()
    {
        if (_seen.Count > 0)
        {
            var seen = _seen.ToArray();
            _seen.Clear();
            var log = _log;
            _ = _parts.Registry.SeenAsync(seen, CancellationToken.None).ContinueWith(
                t => log.Debug("Who was seen could not be written: {0}", t.Exception!.GetBaseException().Message), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private void OnFailure(PollFailed failed)
    {
        _isPolling = false;
        _unjudged.UnionWith(failed.Linked);
        if (!_storeFailed)
        {
            _storeFailed = true; // Said once, not twice a second.
            _log.Warning("The nodes cannot be read from the store: {0}", failed.Cause.GetBaseException().Message);
        }
    }

    /// <param name="AskedAt">Ticks of the clock before the question.</param>
    /// <param name="Linked">Who was linked before the question was asked: judged by the answer even where nothing has changed.</param>
    private sealed record Polled(NodeChanges Changes, long AskedAt, IReadOnlySet<NodeId> Linked, ImmutableArray<string> Servers) : INoSerializationVerificationNeeded;

    private sealed record PollFailed(IReadOnlySet<NodeId> Linked, Exception Cause) : INoSerializationVerificationNeeded;

    private sealed class FlushSeen : INoSerializationVerificationNeeded
    {
        public static readonly FlushSeen Instance = new();
    }
}
