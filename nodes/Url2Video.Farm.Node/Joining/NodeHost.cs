using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Node.Embedded;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Joining;

/// <summary>
/// A node in a process of its own: joined to a farm by one URL, with no port, no database and no shared folder. Killing it is safe: what it
/// had finished it tells in its next life.
/// </summary>
public sealed class NodeHost : IAsyncDisposable
{
    private static readonly TimeSpan PatienceWithWorks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceWithFarewell = TimeSpan.FromSeconds(2);

    private readonly NodeParts _parts;
    private readonly HostParts _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _linking;
    private readonly IActorRef _link;
    private Task? _stopped;

    private NodeHost(HostParts host, NodeIncarnation self, ImmutableArray<string> capabilities, WorkRunner runner, ReportSpool spool, ImmutableArray<Core.Jobs.JobMessage> kept)
    {
        _host = host;
        Self = self;
        _link = host.System.ActorOf(LinkActor.Props(host.Link, host.Options.Clock).WithDispatcher(NodeConfig.OwnThread), "link");
        _parts = new NodeParts(self, host.Options.Workers, capabilities, _link, _link, runner, host.Options.Clock)
        {
            Spool = spool,
            Kept = kept,
            ReserveSlots = Limits.ReservesPerNodeMax,
        };
        _link.Tell(host.System.ActorOf(NodeActor.Props(_parts).WithDispatcher(NodeConfig.OwnThread), "node"));
        _linking = Task.Run(() => host.Link.RunAsync(_link, _stop.Token));
    }

    public NodeIncarnation Self { get; }

    /// <summary>Whether a server listens now.</summary>
    public bool IsLinked => _host.Link.IsUp;

    /// <summary>Whether it takes on nothing: drained by an operator, outside its schedule, or leaving.</summary>
    public bool IsDraining => _host.Link.IsDraining;

    internal NodeLink Link => _host.Link;

    /// <summary>Fails when the farm does not want this node any more (<c>ERR_NODE_REVOKED</c>, <c>ERR_JOIN_REFUSED</c>); is cancelled when it stops.</summary>
    public Task Ended => _linking;

    /// <summary>Enrols if need be and starts; the first link comes by itself. Files come from the farm's servers and go there.</summary>
    /// <param name="works">One for each kind of job that this node does.</param>
    /// <exception cref="FarmException"><c>ERR_JOIN_REFUSED</c>, <c>ERR_CONFLICT</c>, <c>ERR_NODE_REVOKED</c>, <c>ERR_INVALID_ARGUMENT</c>,
    /// <c>ERR_SERVER_UNREACHABLE</c>; <c>ERR_FARM_BUSY</c>, <c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public static Task<NodeHost> StartAsync(NodeHostOptions options, IEnumerable<IWork> works, CancellationToken cancellation = default) =>
        StartAsync(options, works, null, cancellation);

    /// <param name="shared">The farm's own folder, for nodes on its machine; null: files are transferred.</param>
    internal static async Task<NodeHost> StartAsync(NodeHostOptions options, IEnumerable<IWork> works, ArtifactStore? shared, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(works);
        var server = ServerTrust.Check(options.Server, options.InsecureHttp);
        if (!NodeNames.IsOne(options.Name))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"'{options.Name}' is no name for a node.", $"A name is {NodeNames.Rule}.");
        }

        if (options.Workers is < 1 or > Limits.SlotsPerNodeMax)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"{options.Workers} workers are not possible.", $"Give a whole number from 1 to {Limits.SlotsPerNodeMax}.");
        }

        var host = await HostParts.OpenAsync(options, server, cancellation).ConfigureAwait(false);
        try
        {
            return host.Begin(works, shared);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal static NodeHost Begin(
        HostParts host, NodeIncarnation self, ImmutableArray<string> capabilities, WorkRunner runner, ReportSpool spool, ImmutableArray<Core.Jobs.JobMessage> kept) =>
        new(host, self, capabilities, runner, spool, kept);

    /// <summary>Takes on nothing new, finishes what it holds, delivers every report and says goodbye; then the node ends.</summary>
    /// <param name="patience">After it the node ends with what it has; its reports stay on disk.</param>
    /// <returns>False when the patience ran out.</returns>
    public async Task<bool> LeaveAsync(TimeSpan patience, CancellationToken cancellation = default)
    {
        var drained = _host.System.ActorOf(Props.Create(() => new DrainWatch(_link)));
        var isEmpty = true;
        try
        {
            await drained.Ask<NodeDrained>(NodeDrained.Instance, patience, cancellation).ConfigureAwait(false);
            _link.Tell(new LinkMessage.Goodbye("It was told to leave."));
        }
        catch (Exception fault) when (fault is AskTimeoutException or OperationCanceledException)
        {
            isEmpty = false;
        }

        await StopAsync().ConfigureAwait(false);
        return isEmpty;
    }

    /// <summary>Ends at once, in order. Reports that nobody has acknowledged stay on disk for the next life.</summary>
    public Task StopAsync() => _stopped ??= StopOnceAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task StopOnceAsync()
    {
        await _link.Ask<ActorIdentity>(new Identify(null), PatienceWithFarewell).ContinueWith(static t => _ = t.Exception, TaskScheduler.Default).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(_linking, Task.Delay(PatienceWithFarewell, _host.Options.Clock)).ConfigureAwait(false);
        await Task.WhenAny(_host.System.Terminate(), Task.Delay(PatienceWithFarewell, _host.Options.Clock)).ConfigureAwait(false);
        await _parts.Runner.WhenIdleAsync(PatienceWithWorks).ConfigureAwait(false);
        _parts.Runner.ClearFilms();
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Asks the node to leave and answers whoever asks when it holds nothing.</summary>
    private sealed class DrainWatch : ReceiveActor
    {
        private readonly IActorRef _link;
        private IActorRef _asker = ActorRefs.Nobody;

        public DrainWatch(IActorRef link)
        {
            _link = link;
            Receive<NodeDrained>(OnDrained);
        }

        protected override void PreStart() => Context.System.EventStream.Subscribe<NodeDrained>(Self);

        protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

        private void OnDrained(NodeDrained drained)
        {
            if (_asker.IsNobody())
            {
                _asker = Sender;
                _link.Tell(LeaveFarm.Instance);
            }
            else
            {
                _asker.Tell(drained);
            }
        }
    }
}
