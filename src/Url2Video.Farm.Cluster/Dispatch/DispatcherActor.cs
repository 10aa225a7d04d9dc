using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Costs;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Settings;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Dispatch;

/// <summary>Told to the nodes of this process when a dispatcher comes to life, so that it need not wait for their heartbeat.</summary>
internal sealed class DispatcherStarted : INoSerializationVerificationNeeded
{
    public static readonly DispatcherStarted Instance = new();
}

/// <summary>The shell of <see cref="DispatchLogic"/>, a cluster singleton. Memory only: jobs repeat their offers, nodes their demand.</summary>
internal sealed class DispatcherActor : ReceiveActor, IWithTimers
{
    private readonly DispatchLogic _logic;
    private readonly IActorRef _projects;
    private readonly TimeProvider _clock;
    private readonly FarmSettings _settings;
    private readonly IActorRef _ledger;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<NodeIncarnation, IActorRef> _nodes = [];
    private readonly Dictionary<IActorRef, NodeIncarnation> _behind = []; // A server that ends takes all its links with it at once.
    private readonly List<DispatchEffect> _effects = [];

    public DispatcherActor(IActorRef projects, TimeProvider clock, FarmSettings settings, FarmDatabase? database)
    {
        (_projects, _clock, _settings) = (projects, clock, settings);
        _ledger = database is null ? ActorRefs.Nobody : Context.ActorOf(LedgerActor.Props(database), "ledger");
        var uid = Akka.Cluster.Cluster.Get(Context.System).SelfUniqueAddress.Uid;
        // The path stays through a restart; the time stamp tells its lives apart.
        _logic = new DispatchLogic(new DispatcherId($"{uid:x}-{Self.Path.Uid:x}-{clock.GetTimestamp():x}"), waitsForTenants: true);
        Receive<ExplainJob>(m => Sender.Tell(_logic.Explain(m.Job, _clock.GetUtcNow())));
        Receive<GetQueue>(_ => Sender.Tell(_logic.ExplainQueue(_clock.GetUtcNow())));
        Receive<DispatchMessage.Demand>(OnDemand);
        Receive<DispatchMessage.Ended>(OnEnded);
        Receive<DispatchMessage>(Handle);
        Receive<Local<DispatchMessage>>(m => Handle(m.Message));
        Receive<Terminated>(OnTerminated);
        Receive<NodesGone>(OnNodesGone);
        Receive<TellLevels>(_ => DispatchMeters.Tell(_logic.Levels(_clock.GetUtcNow())));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="database">Where costs and suspicions are kept; null: nowhere.</param>
    public static Props Props(IActorRef projects, TimeProvider clock, FarmSettings settings, FarmDatabase? database) =>
        Akka.Actor.Props.Create(() => new DispatcherActor(projects, clock, settings, database));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", new Local<DispatchMessage>(new DispatchMessage.Tick()), TimeSpan.FromSeconds(1));
        Timers.StartPeriodicTimer("levels", TellLevels.Instance, DispatchMeters.Period);
        Context.System.EventStream.Subscribe<NodesGone>(Self);
        Context.System.EventStream.Publish(DispatcherStarted.Instance);
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        DispatchMeters.Forget(); // It lives on elsewhere, and tells them there.
    }

    private void OnEnded(DispatchMessage.Ended ended)
    {
        DispatchMeters.Ended(ended);
        Handle(ended);
    }

    private void OnDemand(DispatchMessage.Demand demand)
    {
        if (!_nodes.TryGetValue(demand.Node, out var known) || !known.Equals(Sender))
        {
            _nodes[demand.Node] = Sender;
            _behind[Sender] = demand.Node;
            Context.Watch(Sender);
        }

        Handle(demand);
    }

    // A link that ended is no node that ended: it may be back on another server within a second. Silence is judged by DispatchLogic.
    private void OnTerminated(Terminated gone)
    {
        if (_behind.Remove(gone.ActorRef, out var node) && _nodes.TryGetValue(node, out var known) && known.Equals(gone.ActorRef))
        {
            _nodes.Remove(node);
        }
    }

    private void OnNodesGone(NodesGone gone)
    {
        foreach (var (node, epoch) in gone.UpTo)
        {
            Handle(new DispatchMessage.NodeGone(new NodeIncarnation(node, epoch)));
        }
    }

    private void Handle(DispatchMessage message)
    {
        _effects.Clear();
        _logic.Handle(message, _clock.GetUtcNow(), _effects);
        foreach (var effect in _effects)
        {
            Carry(effect);
        }
    }

    private void Carry(DispatchEffect effect)
    {
        switch (effect)
        {
            case DispatchEffect.Assign e when _nodes.TryGetValue(e.Message.Node, out var node):
                FarmMeters.Granted(1);
                _projects.Tell(new JobEnvelope(e.Message.Job, e.Message, Akka.Serialization.Serialization.SerializedActorPath(node)));
                break;
            case DispatchEffect.Reserve e when _nodes.TryGetValue(e.Message.Node, out var node):
                _projects.Tell(new JobEnvelope(e.Message.Job, e.Message, Akka.Serialization.Serialization.SerializedActorPath(node)));
                break;
            case DispatchEffect.Unreserve e:
                _projects.Tell(new JobEnvelope(e.Message.Job, e.Message, null));
                break;
            case DispatchEffect.Preempt e:
                _projects.Tell(new JobEnvelope(e.Message.Job, e.Message, null));
                break;
            case DispatchEffect.Charge:
                _ledger.Tell(effect);
                break;
            case DispatchEffect.NodeQuarantined e:
                _log.Warning("Node {0} is quarantined until {1}: {2}", e.Node, e.Until?.ToString("O", CultureInfo.InvariantCulture) ?? "pardoned", e.Reason);
                _ledger.Tell(effect);
                break;
            case DispatchEffect.NodePardoned e:
                _log.Info("Node {0} is pardoned.", e.Node);
                _ledger.Tell(effect);
                break;
            case DispatchEffect.PoisonSuspect e:
                _log.Warning("Job {0} was lost under {1}: it may be what kills them.", e.Job, string.Join(", ", e.Nodes));
                break;
            case DispatchEffect.AskLimit e when SettingRules.IsName(e.Name):
                _settings.Limits.Tell(new GetLimit(e.Name));
                break;
            case DispatchEffect.AskLimit e:
                Self.Tell(new Local<DispatchMessage>(new DispatchMessage.SetLimit(e.Name, null))); // No limit can have such a name.
                break;
            case DispatchEffect.AskTenant e when SettingRules.IsName(e.Tenant):
                _settings.Tenants.Tell(new GetTenant(e.Tenant));
                break;
            case DispatchEffect.AskTenant e:
                Self.Tell(new Local<DispatchMessage>(new DispatchMessage.SetTenant(e.Tenant, TenantSettings.Default)));
                break;
        }
    }

    private sealed class TellLevels : INoSerializationVerificationNeeded
    {
        public static readonly TellLevels Instance = new();
    }
}
