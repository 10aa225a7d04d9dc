using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Node.Joining;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node;

/// <summary>What a node is started with.</summary>
/// <param name="Projects">Where messages for jobs go.</param>
/// <param name="Capabilities">Stable words, sorted.</param>
internal sealed record NodeParts(
    NodeIncarnation Self,
    int Slots,
    ImmutableArray<string> Capabilities,
    IActorRef Projects,
    IActorRef Dispatcher,
    WorkRunner Runner,
    TimeProvider Clock)
{
    /// <summary>Where reports are kept until they are acknowledged; null: in memory only.</summary>
    public ReportSpool? Spool { get; init; }

    /// <summary>Jobs it holds in reserve; none where servers and node are one process, which die together.</summary>
    public int ReserveSlots { get; init; }

    /// <summary>Reports of former lives.</summary>
    public ImmutableArray<Core.Jobs.JobMessage> Kept { get; init; } = [];
}

/// <summary>The shell of <see cref="NodeLogic"/>: runs what it is granted in a bounded stream and tells jobs and dispatcher.</summary>
internal sealed class NodeActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    private readonly NodeParts _parts;
    private readonly WorkStream _stream;
    private readonly LatestDemand _demand;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    // Works that run or wait in the stream, stopped ones included until they notice.
    private readonly Dictionary<Lease, (CancellationTokenSource Stop, long Since)> _running = [];
    private NodeState _state;
    private DateTimeOffset? _reserveDueAt;

    public NodeActor(NodeParts parts)
    {
        _parts = parts;
        _demand = new LatestDemand(parts.Dispatcher, Self);
        _stream = new WorkStream(parts.Slots, parts.Runner, parts.Clock, Context.System, Context.Materializer(), Self);
        var start = NodeLogic.Start(parts.Self, parts.Slots, parts.Capabilities, parts.Clock.GetUtcNow(), parts.Kept, parts.ReserveSlots);
        _state = start.State;
        foreach (var lease in parts.Kept.Select(LeaseOf).Where(l => _state.Reports.GetValueOrDefault(l.Job.ToString())?.Lease != l))
        {
            parts.Spool?.Forget(lease); // A later attempt of the same job was finished, too.
        }


        Receive<NodeMessage>(Decide);
        Receive<Local<NodeMessage>>(m => Decide(m.Message));
        Receive<WorkEnded>(OnEnded);
        Receive<LiveProgress>(OnProgress);
        Receive<Offered>(_ => { });
        Receive<LatestDemand.Due>(_ => _demand.Send());
        Receive<DispatcherStarted>(_ => Decide(new NodeMessage.TellDemand()));
        Carry(start);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(NodeParts parts) => Akka.Actor.Props.Create(() => new NodeActor(parts));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", new Local<NodeMessage>(new NodeMessage.Tick()), TickPeriod);
        Context.System.EventStream.Subscribe<DispatcherStarted>(Self);
        Context.System.EventStream.Subscribe<LiveProgress>(Self);
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _stream.Complete();
        foreach (var work in _running.Values)
        {
            work.Stop.Cancel();
        }
    }

    private void Decide(NodeMessage message) => Carry(NodeLogic.Decide(_state, message, _parts.Clock.GetUtcNow()));

    private void Carry(NodeDecision decision)
    {
        var before = _state;
        _state = decision.State;
        Spool(before.Reports, _state.Reports);
        SetReserveTimer();
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case NodeEffect.RunWork e:
                    Run(e);
                    break;
                case NodeEffect.StopWork e:
                    _running.GetValueOrDefault(e.Lease).Stop?.Cancel();
                    break;
                case NodeEffect.ToJob e:
                    _parts.Projects.Tell(new JobEnvelope(e.To, e.Message, null));
                    break;
                case NodeEffect.ToDispatcher e:
                    _demand.Keep(e.Message);
                    break;
                case NodeEffect.WarnLate e:
                    _log.Warning("{0} attempt {1} takes long: {2} s are left of its time", e.Lease.Job, e.Lease.Attempt, e.SecondsLeft);
                    break;
                case NodeEffect.WriteOff e:
                    _log.Error("{0} attempt {1} was stopped {2} s ago and runs on: its slot is lost until it ends", e.Lease.Job, e.Lease.Attempt, Limits.StopSecondsMax);
                    break;
                case NodeEffect.Drained:
                    _log.Info("Node {0} is drained.", _parts.Self);
                    Context.System.EventStream.Publish(NodeDrained.Instance);
                    break;
            }
        }
    }

    private static Lease LeaseOf(Core.Jobs.JobMessage report) => report switch
    {
        Core.Jobs.JobMessage.Finished m => m.Lease,
        Core.Jobs.JobMessage.Failed m => m.Lease,
        _ => throw new ArgumentException($"{report.GetType().Name} is no report.", nameof(report)),
    };

    // A report is on disk before it is sent, and until its job has dealt with it.
    private void Spool(ImmutableSortedDictionary<string, KeptReport> before, ImmutableSortedDictionary<string, KeptReport> now)
    {
        if (_parts.Spool is not { } spool || ReferenceEquals(before, now))
        {
            return;
        }

        var former = spool.Former;
        try
        {
            foreach (var (job, report) in now)
            {
                if (before.GetValueOrDefault(job)?.Lease != report.Lease)
                {
                    spool.Keep(report.Lease, report.Report);
                }
            }

            foreach (var (job, report) in before)
            {
                if (now.GetValueOrDefault(job)?.Lease != report.Lease)
                {
                    spool.Forget(report.Lease);
                }
            }
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            _log.Warning("A report is kept in memory only: {0}", fault.Message);
        }

        if (former > 0 && spool.Former == 0)
        {
            _parts.Dispatcher.Tell(new LinkMessage.Replayed());
        }
    }

    // The tick is too coarse for it: a node that has nothing to do should not have nothing to do for twice as long as it must.
    private void SetReserveTimer()
    {
        if (_state.ReserveDueAt == _reserveDueAt)
        {
            return;
        }

        _reserveDueAt = _state.ReserveDueAt;
        if (_reserveDueAt is { } due)
        {
            var delay = due - _parts.Clock.GetUtcNow();
            Timers.StartSingleTimer("reserve", new Local<NodeMessage>(new NodeMessage.Tick()), delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        }
        else
        {
            Timers.Cancel("reserve");
        }
    }

    private void Run(NodeEffect.RunWork run)
    {
        if (run.IsReserve)
        {
            _log.Info("Nobody has granted anything to a free slot: it begins the reserve {0} attempt {1}.", run.Lease.Job, run.Lease.Attempt);
        }

        var stop = new CancellationTokenSource();
        _running.Add(run.Lease, (stop, _parts.Clock.GetTimestamp()));
        _log.Info("{0} attempt {1} started, {2} ms after the process", run.Lease.Job, run.Lease.Attempt, MillisSinceStart());
        OfferAsync(run, stop.Token).PipeTo(Self);
    }

    private async Task<object> OfferAsync(NodeEffect.RunWork run, CancellationToken stop)
    {
        if (await _stream.OfferAsync(run.Lease, run.Spec, stop).ConfigureAwait(false))
        {
            return Offered.Instance;
        }

        var error = new FarmError(ErrorCodes.FarmBusy, "The node is still busy with works that were stopped.", Retryable: true);
        return new WorkEnded(run.Lease, new NodeMessage.WorkFailed(run.Lease, error), null);
    }

    private void OnEnded(WorkEnded ended)
    {
        if (_running.Remove(ended.Lease, out var work))
        {
            work.Stop.Dispose();
            FarmMeters.WorkEnded(DispatchMeters.KindOf(ended.Lease.Job.Name), OutcomeOf(ended.Message), _parts.Clock.GetElapsedTime(work.Since));
        }

        _log.Info("{0} attempt {1} ended: {2}", ended.Lease.Job, ended.Lease.Attempt, ended.Message?.GetType().Name ?? "unwanted");
        if (ended.Message is NodeMessage.WorkFailed { Error.Code: ErrorCodes.AddressRefused })
        {
            FarmMeters.EgressBlocked();
        }

        if (ended.Bug is { } bug)
        {
            _log.Error(bug, "Job {0} failed in a way it should not.", ended.Lease.Job);
        }

        Decide(ended.Message ?? new NodeMessage.WorkStopped(ended.Lease));
    }

    private static EndKind OutcomeOf(NodeMessage? message) => message switch
    {
        NodeMessage.WorkFinished => EndKind.Finished,
        NodeMessage.WorkFailed => EndKind.Failed,
        _ => EndKind.Stopped,
    };

    // Operators ask how soon after its start a farm works; the log answers.
    private long MillisSinceStart() =>
        (long)(_parts.Clock.GetUtcNow() - System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalMilliseconds;

    private void OnProgress(LiveProgress live)
    {
        if (_state.Works.GetValueOrDefault(live.Job.ToString()) is { } held)
        {
            Decide(new NodeMessage.WorkProgress(held.Lease, live.Permille) { Line = live.Line });
        }
    }

    private sealed class Offered : INoSerializationVerificationNeeded
    {
        public static readonly Offered Instance = new();
    }
}
