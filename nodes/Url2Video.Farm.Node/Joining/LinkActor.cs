using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Node.Joining;

/// <summary>
/// Stands for the farm inside a node's process: jobs and dispatcher have this address. Also decides when the node takes on work: not while an
/// operator drains it, not outside its schedule, not when it leaves.
/// </summary>
internal sealed class LinkActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly NodeLink _link;
    private readonly TimeProvider _clock;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _node = ActorRefs.Nobody;
    private WeekSchedule? _schedule;
    private bool _operatorDrains;
    private bool _leaves;
    private bool _isCutOff;
    private long _contactAt;

    public LinkActor(NodeLink link, TimeProvider clock)
    {
        (_link, _clock, _contactAt) = (link, clock, clock.GetTimestamp());
        Receive<JobEnvelope>(_link.Send);
        Receive<DispatchMessage>(_link.Send);
        Receive<LinkMessage>(_link.Send);
        Receive<LinkOpened>(_ => _node.Tell(new NodeMessage.LinkUp()));
        Receive<FromServer>(m => OnServer(m.Message));
        Receive<LeaveFarm>(_ => OnLeave());
        Receive<Look>(_ => OnLook());
        Receive<IActorRef>(node => _node = node);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeLink link, TimeProvider clock) => Akka.Actor.Props.Create(() => new LinkActor(link, clock));

    protected override void PreStart() => Timers.StartPeriodicTimer("look", Look.Instance, LookPeriod);

    private void OnServer(object message)
    {
        switch (message)
        {
            case LinkMessage.Beat:
                OnContact();
                break;
            case NodeMessage.Grant grant when GrantRules.Complaint(grant.Lease, grant.Spec) is { } complaint:
                _log.Warning("A grant is passed over: {0}", complaint);
                break;
            case NodeMessage.Reserve reserve when GrantRules.Complaint(reserve.Lease, reserve.Spec) is { } complaint:
                _log.Warning("A reserve is passed over: {0}", complaint);
                break;
            case NodeMessage.Drain or NodeMessage.Resume:
                _operatorDrains = message is NodeMessage.Drain;
                Decide();
                break;
            case NodeMessage m:
                _node.Tell(m);
                break;
            case LinkMessage.Welcome m:
                _link.Learn(m);
                break;
            case LinkMessage.Settings m:
                _operatorDrains = m.Draining;
                _schedule = WeekSchedule.TryParse(m.Schedule, out var schedule, out _) ? schedule : null;
                Decide();
                break;
        }
    }

    private void OnLeave()
    {
        (_leaves, _link.IsDraining) = (true, true);
        _node.Tell(new NodeMessage.Drain()); // Said again if it drains already: it answers again when it holds nothing.
    }

    // Only a beat counts: a server that is cut off from the dispatcher still talks, but does not beat.
    private void OnContact()
    {
        _contactAt = _clock.GetTimestamp();
        _isCutOff = false;
    }

    private void OnLook()
    {
        Decide();
        if (_clock.GetElapsedTime(_contactAt) < TimeSpan.FromSeconds(Limits.LeaseSecondsMax))
        {
            return;
        }

        if (!_isCutOff)
        {
            _isCutOff = true;
            _log.Warning("No server that hears the dispatcher for {0} s: works that take of a limit are stopped, the others go on.", Limits.LeaseSecondsMax);
        }

        _node.Tell(new NodeMessage.CutOff()); // Each time: a grant may have come since.
    }

    private void Decide()
    {
        var isOpen = _schedule?.IsOpen(_clock.GetLocalNow()) ?? true;
        var drains = _leaves || _operatorDrains || !isOpen;
        if (drains != _link.IsDraining)
        {
            _link.IsDraining = drains;
            _log.Info(drains ? "Takes on nothing new: {0}." : "Takes on work again{0}.", !drains ? "" : _leaves ? "it leaves" : _operatorDrains ? "an operator drains it" : "outside its schedule");
            _node.Tell(drains ? new NodeMessage.Drain() : (NodeMessage)new NodeMessage.Resume());
        }
    }

    private sealed class Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}
