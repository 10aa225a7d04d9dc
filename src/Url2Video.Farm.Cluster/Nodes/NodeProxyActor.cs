using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Nodes;

/// <param name="Projects">Where messages for jobs go.</param>
/// <param name="MayVouch">Whether nodes may be told that the farm hears them; see <see cref="VouchRules"/>.</param>
internal sealed record GatewayParts(NodeRegistry Registry, IActorRef Projects, IActorRef Dispatcher, Func<bool> MayVouch, GrantBook Book, TimeProvider Clock)
{
    /// <summary>Told what became of all nodes each time it was read, with a time stamp from before the question.</summary>
    public Action<IReadOnlyDictionary<NodeId, NodeStanding>, long> StandingsRead { get; init; } = static (_, _) => { };
}

/// <summary>
/// A node's address in the cluster while its link lasts: jobs and dispatcher talk to it as to an embedded node. What comes over the link is
/// judged (<see cref="LinkRules"/>) and handed on; nothing is kept here. Its end is the end of a connection, not of a node.
/// </summary>
internal sealed class NodeProxyActor : ReceiveActor, IWithTimers
{
    private const string HelloTimer = "hello";
    private const string ReplayTimer = "replay";
    private const string ReturnTimer = "return";

    private readonly NodeSession _session;
    private readonly ServerLink _link;
    private readonly GatewayParts _parts;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private NodeIncarnation _self;
    private NodeStanding? _standing;
    private bool _isReplaying;
    private bool _isReturning;
    private bool _hasHeldBack;

    public NodeProxyActor(NodeSession session, ServerLink link, GatewayParts parts)
    {
        (_session, _link, _parts) = (session, link, parts);
        Become(Unknown);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeSession session, ServerLink link, GatewayParts parts) =>
        Akka.Actor.Props.Create(() => new NodeProxyActor(session, link, parts));

    protected override void PreStart() =>
        Timers.StartSingleTimer(HelloTimer, new CloseLink(null, "It did not say hello."), TimeSpan.FromSeconds(Limits.LinkHelloSeconds));

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _link.Close("The server's end is gone.");
    }

    private void Unknown()
    {
        Always();
        Receive<FromNode>(m => Heard(m, OnHello));
        Receive<LifeBegun>(OnLifeBegun);
    }

    private void Live()
    {
        Always();
        Receive<FromNode>(m => Heard(m, OnMessage));
        Receive<Greeting>(m => _link.Send(m.Welcome));
        Receive<NodeStanding>(OnStanding);
        Receive<ReplayOver>(_ => EndReplay());
        Receive<NodeMessage.Grant>(grant =>
        {
            _parts.Book.Granted(grant.Lease);
            _link.Send(grant);
        });
        Receive<NodeMessage.Reserve>(reserve =>
        {
            _parts.Book.Reserved(reserve.Lease); // It begins it without a word of ours.
            _link.Send(reserve);
        });
        Receive<FormerEnded>(OnFormerEnded);
        Receive<Returned>(_ => Return());
        Receive<NodeMessage>(_link.Send);
        Receive<DispatcherStarted>(_ => _link.Send(new NodeMessage.TellDemand()));
        Receive<VouchesAgain>(_ => _link.Send(new NodeMessage.TellDemand { IsSameDispatcher = true })); // Answered with a beat.
    }

    private void Always()
    {
        Receive<CloseLink>(m => Close(m.Error, m.Why));
        Receive<LinkEnded>(m =>
        {
            _log.Info("The link of {0} ended: {1}", _session.Node, m.Why);
            Context.Stop(Self);
        });
        Receive<Status.Failure>(m => Close(null, $"The store cannot be asked: {m.Cause.Message}"));
        Receive<Written>(_ => { });
    }

    private void Heard(FromNode from, Action<object> hear)
    {
        try
        {
            hear(from.Message);
        }
        finally
        {
            _link.Release();
        }
    }

    private void OnHello(object message)
    {
        if (message is not LinkMessage.Hello hello)
        {
            Close(null, "It talks before it says hello.");
        }
        else if (LinkRules.Complaint(_session.Node, hello) is { } complaint)
        {
            Close(null, complaint);
        }
        else
        {
            _self = hello.Node;
            _isReplaying = hello.Spooled > 0;
            _parts.Registry.BeginLifeAsync(hello.Node, hello.Version, hello.Facts, CancellationToken.None)
                .PipeTo(Self, success: begun => new LifeBegun(begun));
        }
    }

    private void OnLifeBegun(LifeBegun m)
    {
        if (!m.IsTheLatest)
        {
            var error = new FarmError(
                ErrorCodes.JoinRefused, $"A later life of {_session.Node} has been here, or it is revoked.", "Start the node anew; do not copy its folder.");
            Close(error, error.Message);
            return;
        }

        Timers.Cancel(HelloTimer);
        Become(Live);
        Context.System.EventStream.Subscribe<DispatcherStarted>(Self);
        Context.System.EventStream.Subscribe<VouchesAgain>(Self);
        Context.Parent.Tell(new LinkLive(_self));
        if (_isReplaying)
        {
            Timers.StartSingleTimer(ReplayTimer, ReplayOver.Instance, TimeSpan.FromMilliseconds(Limits.LinkReplayMillis));
        }
        else
        {
            EndFormerLives();
        }
    }

    private void OnStanding(NodeStanding standing)
    {
        if (_standing is null)
        {
            _log.Info("{0} is linked.", _self);
        }

        if (_standing != standing)
        {
            _standing = standing;
            _link.Send(new LinkMessage.Settings(standing.State != NodeStates.Active, standing.Schedule));
        }
    }

    private void OnMessage(object message)
    {
        if (LinkRules.Complaint(_self, message) is { } complaint)
        {
            Close(null, complaint);
            return;
        }

        switch (message)
        {
            case DispatchMessage.Demand m:
                // Held back here too: a drain does not depend on the node's consent.
                var isActive = _standing is null or { State: NodeStates.Active };
                var isComing = _isReplaying || _isReturning; // What it finished before is handed over first.
                _hasHeldBack |= isComing;
                _parts.Dispatcher.Tell(!isActive ? m with { FreeSlots = 0, ReserveRoom = 0, Draining = true } : isComing ? m with { FreeSlots = 0, ReserveRoom = 0 } : m);
                if (_parts.MayVouch())
                {
                    _link.Send(new LinkMessage.Beat(m.Sequence));
                }

                Context.Parent.Tell(new NodeSeen(_self.Node));
                break;
            case JobEnvelope m:
                if (m.Message is JobMessage.Accepted begun)
                {
                    _parts.Book.Begun(begun.Lease);
                }

                _parts.Projects.Tell(m);
                break;
            case LinkMessage.Remeasured m:
                Write(_parts.Registry.TellFactsAsync(_self.Node, m.Facts, CancellationToken.None));
                break;
            case LinkMessage.Replayed:
                EndReplay();
                break;
            case LinkMessage.Goodbye m:
                _log.Info("{0} leaves: {1}", _self, string.Concat(m.Reason.Where(c => !char.IsControl(c))));
                Write(_parts.Registry.EndLivesAsync(_self.Node, _self.Epoch, CancellationToken.None));
                break;
        }
    }

    private void EndReplay()
    {
        if (_isReplaying)
        {
            _isReplaying = false;
            Timers.Cancel(ReplayTimer);
            EndFormerLives();
        }
    }

    // Its slots are empty and others' jobs wait: without the pause they would be filled before the jobs that it had are offered again.
    private void EndFormerLives()
    {
        _isReturning = true;
        _parts.Registry.EndLivesAsync(_self.Node, _self.Epoch - 1, CancellationToken.None).PipeTo(Self, success: rows => new FormerEnded(rows > 0));
    }

    private void OnFormerEnded(FormerEnded ended)
    {
        if (ended.IsNews)
        {
            Context.Parent.Tell(PollNow.Instance);
            Timers.StartSingleTimer(ReturnTimer, Returned.Instance, TimeSpan.FromMilliseconds(Limits.NodeReturnMillis));
        }
        else
        {
            Return();
        }
    }

    private void Return()
    {
        _isReturning = false;
        if (_hasHeldBack)
        {
            _hasHeldBack = false;
            _link.Send(new NodeMessage.TellDemand { IsSameDispatcher = true }); // Never before the welcome: a node speaks of its demand after it.
        }
    }

    // Lives that are over show in the next poll; this server need not wait for it.
    private void Write(Task<int> writing)
    {
        var parent = Context.Parent;
        writing.PipeTo(Self, success: rows =>
        {
            if (rows > 0)
            {
                parent.Tell(PollNow.Instance);
            }

            return Written.Instance;
        });
    }

    private void Close(FarmError? error, string why)
    {
        _log.Warning("The link of {0} is closed: {1}", _session.Node, why);
        if (error is not null)
        {
            _link.Send(new LinkMessage.Refused(error));
        }

        _link.Close(why);
        Context.Stop(Self);
    }

    private sealed record LifeBegun(bool IsTheLatest) : INoSerializationVerificationNeeded;

    /// <param name="IsNews">False: no former life was left to end.</param>
    private sealed record FormerEnded(bool IsNews) : INoSerializationVerificationNeeded;

    private sealed class Returned : INoSerializationVerificationNeeded
    {
        public static readonly Returned Instance = new();
    }

    private sealed class ReplayOver : INoSerializationVerificationNeeded
    {
        public static readonly ReplayOver Instance = new();
    }

    private sealed class Written : INoSerializationVerificationNeeded
    {
        public static readonly Written Instance = new();
    }
}
