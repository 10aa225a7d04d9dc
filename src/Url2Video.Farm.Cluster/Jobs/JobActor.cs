using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Jobs;

/// <summary>What a job needs of its surroundings.</summary>
/// <param name="Grace">How long to wait for a node that may hold the job from an earlier life of its project.</param>
internal sealed record JobParts(IActorRef Dispatcher, TimeProvider Clock, TimeSpan Grace);

/// <summary>For the project: how far a job of its own is.</summary>
internal sealed record JobProgress(string Job, int Permille) : INoSerializationVerificationNeeded;

/// <summary>
/// One job in work: the shell of <see cref="JobLogic"/>. It has no memory beyond its life; if it fails, its project restarts in
/// a new term, because a machine that starts again in the same term would give out attempts twice.
/// </summary>
internal sealed class JobActor : ReceiveActor, IWithTimers
{
    private const string TickTimer = "tick";

    private readonly JobParts _parts;
    private readonly JobPost _post;
    private JobState _state;

    public JobActor(JobSpec spec, long firstAttempt, long countedOut, JobParts parts)
    {
        _parts = parts;
        _post = new JobPost(parts.Dispatcher);
        var start = JobLogic.Start(spec, firstAttempt, countedOut, parts.Grace, parts.Clock.GetUtcNow());
        _state = start.State;

        Receive<Local<JobDecision>>(m => Carry(m.Message));
        Receive<Local<JobMessage>>(m => Decide(m.Message));
        Receive<JobEnvelope>(OnEnvelope);
        Receive<NodesGone>(OnNodesGone);
        Self.Tell(new Local<JobDecision>(start)); // Timers are not there yet.
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ProjectEffect.StartJob start, JobParts parts) =>
        Akka.Actor.Props.Create(() => new JobActor(start.Spec, start.FirstAttempt, start.CountedOut, parts));

    protected override void PreStart() => Context.System.EventStream.Subscribe<NodesGone>(Self);

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void OnEnvelope(JobEnvelope envelope)
    {
        _post.Learn(envelope, Sender, Context.System);
        Decide(envelope.Message);
    }

    private void Decide(JobMessage message) => Carry(JobLogic.Decide(_state, message, _parts.Clock.GetUtcNow()));

    private void Carry(JobDecision decision)
    {
        _state = decision.State;
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case JobEffect.ToProject e:
                    Context.Parent.Tell(new Local<ProjectMessage>(e.Message));
                    break;
                case JobEffect.Progress e:
                    Context.Parent.Tell(new JobProgress(e.Job.Name, e.Permille));
                    break;
                case JobEffect.Stop:
                    Context.Stop(Self);
                    break;
                default:
                    _post.Send(effect, Self);
                    break;
            }
        }

        SetTimer();
    }

    // A connection that broke says nothing of the node: its lease ends by silence, or because a later life of it is told of here.
    private void OnNodesGone(NodesGone gone)
    {
        var holder = _state.Stage switch
        {
            JobStage.Granted s => s.Lease.Node,
            JobStage.Running s => s.Lease.Node,
            _ => default,
        };
        if (holder != default && gone.Includes(holder))
        {
            Decide(new JobMessage.NodeGone(holder));
        }
    }

    private void SetTimer()
    {
        if (_state.DueAt is not { } due)
        {
            Timers.Cancel(TickTimer);
            return;
        }

        var delay = due - _parts.Clock.GetUtcNow();
        Timers.StartSingleTimer(TickTimer, new Local<JobMessage>(new JobMessage.Tick()), delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }
}
