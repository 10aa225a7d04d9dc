using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;

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
    private readonly Dictionary<NodeIncarnation, IActorRef> _nodes = [];
    private readonly List<Assignment> _assignments = [];

    public DispatcherActor(IActorRef projects, TimeProvider clock)
    {
        (_projects, _clock) = (projects, clock);
        var uid = Akka.Cluster.Cluster.Get(Context.System).SelfUniqueAddress.Uid;
        // The path stays through a restart; the time stamp tells its lives apart.
        _logic = new DispatchLogic(new DispatcherId($"{uid:x}-{Self.Path.Uid:x}-{clock.GetTimestamp():x}"));
        Receive<DispatchMessage.Demand>(OnDemand);
        Receive<DispatchMessage>(Handle);
        Receive<Local<DispatchMessage>>(m => Handle(m.Message));
        Receive<Terminated>(OnTerminated);
        Receive<NodesGone>(OnNodesGone);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef projects, TimeProvider clock) => Akka.Actor.Props.Create(() => new DispatcherActor(projects, clock));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", new Local<DispatchMessage>(new DispatchMessage.Tick()), TimeSpan.FromSeconds(1));
        Context.System.EventStream.Subscribe<NodesGone>(Self);
        Context.System.EventStream.Publish(DispatcherStarted.Instance);
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void OnDemand(DispatchMessage.Demand demand)
    {
        if (!_nodes.TryGetValue(demand.Node, out var known) || !known.Equals(Sender))
        {
            _nodes[demand.Node] = Sender;
            Context.Watch(Sender);
        }

        Handle(demand);
    }

    // A link that ended is no node that ended: it may be back on another server within a second. Silence is judged by DispatchLogic.
    private void OnTerminated(Terminated gone)
    {
        foreach (var node in _nodes.Where(n => n.Value.Equals(gone.ActorRef)).Select(n => n.Key).ToArray())
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
        _assignments.Clear();
        _logic.Handle(message, _clock.GetUtcNow(), _assignments);
        foreach (var assignment in _assignments)
        {
            if (_nodes.TryGetValue(assignment.Message.Node, out var node))
            {
                _projects.Tell(new JobEnvelope(assignment.To, assignment.Message, Akka.Serialization.Serialization.SerializedActorPath(node)));
            }
        }
    }
}
