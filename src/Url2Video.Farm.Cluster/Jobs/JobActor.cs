using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Jobs;

/// <summary>What a job needs of its surroundings.</summary>
/// <param name="Grace">How long to wait for a node that may hold a job from an earlier life of its project.</param>
/// <param name="Keeper">Remembers what was accepted, for whoever needs the same again; null: the nodes do it themselves.</param>
internal sealed record JobParts(IActorRef Dispatcher, TimeProvider Clock, TimeSpan Grace, ResultKeeper? Keeper = null);

/// <summary>For the project: how far a job of its own is.</summary>
internal sealed record JobProgress(string Job, int Permille, string Line) : INoSerializationVerificationNeeded;

/// <summary>For the project's watchers: half of the time the job may take is over.</summary>
internal sealed record JobLate(string Job, NodeIncarnation Node, int SecondsMax) : INoSerializationVerificationNeeded;

/// <summary>
/// One job in work: the shell of <see cref="JobLogic"/>. It has no memory beyond its life; if it fails, its project restarts in
/// a new term, because a machine that starts again in the same term would give out attempts twice.
/// </summary>
internal sealed class JobActor : UntypedActor, IWithTimers
{
    private const string TickTimer = "tick";
    private static readonly Local<JobMessage> Tick = new(new JobMessage.Tick());

    private readonly JobParts _parts;
    private readonly JobPost _post;
    private JobDecision? _start;
    private JobState _state;
    private JobStatus? _told;
    private DateTimeOffset? _timerAt;
    private long _offeredAt;

    public JobActor(JobDecision start, JobParts parts)
    {
        (_parts, _post, _start, _state) = (parts, new JobPost(parts.Dispatcher), start, start.State);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="start">Of <see cref="JobLogic.Start"/>.</param>
    public static Props Props(JobDecision start, JobParts parts) => Akka.Actor.Props.CreateBy(new Producer(start, parts));

    protected override void PreStart()
    {
        Carry(_start!); // Not in the constructor: the timers are not there yet.
        _start = null;
    }

    // A farm makes and ends thousands of these a second, so messages are told apart without the tables of a ReceiveActor.
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JobEnvelope m:
                OnEnvelope(m);
                break;
            case Local<JobMessage> m:
                _timerAt = ReferenceEquals(m, Tick) ? null : _timerAt;
                Decide(m.Message);
                break;
            case NodesGone m:
                OnNodesGone(m);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnEnvelope(JobEnvelope envelope)
    {
        _post.Learn(envelope, Sender, Context.System);
        Decide(envelope.Message);
    }

    private void Decide(JobMessage message)
    {
        var before = _state;
        Carry(JobLogic.Decide(_state, message, _parts.Clock.GetUtcNow()));
        if (message is JobMessage.Settled { Verdict: JobVerdict.Done } && _state.Stage is JobStage.Over
            && before.Stage is JobStage.Settling { Outcome: JobOutcome.Finished finished } && ResultNames.IsWhole(before.Spec, finished.Result))
        {
            _parts.Keeper?.Keep(ResultNames.Of(before.Spec), finished.Result, ResultNames.Replaces(before.Spec));
        }
    }

    private void Carry(JobDecision decision)
    {
        Time(_state.Stage, decision.State.Stage);
        _state = decision.State;
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case JobEffect.ToProject e:
                    Context.Parent.Tell(new Local<ProjectMessage>(e.Message));
                    break;
                case JobEffect.Progress e:
                    Context.Parent.Tell(new JobProgress(e.Job.Name, e.Permille, e.Line));
                    break;
                case JobEffect.Late e:
                    Context.Parent.Tell(new JobLate(e.Job.Name, e.Node, e.SecondsMax));
                    break;
                case JobEffect.Stop:
                    Context.Stop(Self);
                    break;
                case JobEffect.ToDispatcher { Message: DispatchMessage.Ended ended }:
                    Context.Parent.Tell(new JobSpent(ended.Job.Name, ended.Kind, ended.BusyMillis));
                    _post.Send(effect, Self);
                    break;
                default:
                    _post.Send(effect, Self);
                    break;
            }
        }

        TellStatus();
        SetTimer();
    }

    // From the last offer before the grant: a repetition of it is the same stage.
    private void Time(JobStage before, JobStage now)
    {
        switch (now)
        {
            case JobStage.Offered when before is not JobStage.Offered || _offeredAt == 0:
                _offeredAt = _parts.Clock.GetTimestamp();
                break;
            case JobStage.Running when before is JobStage.Granted:
                FarmMeters.WorkBegun(_parts.Clock.GetElapsedTime(_offeredAt));
                break;
        }
    }

    private void TellStatus()
    {
        var status = JobStatus.Of(_state);
        if (status != _told)
        {
            Context.Parent.Tell(new JobChanged(_state.Spec.Id.Name, _told = status));
        }
    }

    // A connection that broke says nothing of the node: its lease ends by silence, or because a later life of it is told of here.
    private void OnNodesGone(NodesGone gone)
    {
        var first = _state.Stage switch
        {
            JobStage.Granted s => s.Lease.Node,
            JobStage.Running s => s.Lease.Node,
            _ => default,
        };
        if (first != default && gone.Includes(first))
        {
            Decide(new JobMessage.NodeGone(first));
        }

        if (_state.Twin?.Held is { Node: var second } && gone.Includes(second))
        {
            Decide(new JobMessage.NodeGone(second));
        }

        if (_state.Reserve is { Node: var holder } && gone.Includes(holder))
        {
            Decide(new JobMessage.NodeGone(holder));
        }
    }

    // A timer that fires too early costs one idle tick; one that is set anew with every message costs more.
    private void SetTimer()
    {
        if (_state.DueAt is not { } due)
        {
            if (_timerAt is not null)
            {
                Timers.Cancel(TickTimer);
                _timerAt = null;
            }

            return;
        }

        if (_timerAt is { } set && set <= due)
        {
            return;
        }

        _timerAt = due;
        var delay = due - _parts.Clock.GetUtcNow();
        Timers.StartSingleTimer(TickTimer, Tick, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }

    /// <summary>Makes the actor without reading an expression first.</summary>
    private sealed class Producer(JobDecision start, JobParts parts) : IIndirectActorProducer
    {
        public Type ActorType => typeof(JobActor);

        public ActorBase Produce() => new JobActor(start, parts);

        public void Release(ActorBase actor)
        {
        }
    }
}
