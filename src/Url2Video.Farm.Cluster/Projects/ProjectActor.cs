using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Url2Video.Farm.Cluster.Jobs;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>
/// One film: the shell of <see cref="ProjectLogic"/>. What has arrived in the mailbox is decided together and committed once;
/// effects follow the commit. If a commit fails the actor stops, its shard starts it again, and it believes the journal alone;
/// whoever waits for an answer asks again.
/// </summary>
internal sealed class ProjectActor : ReceivePersistentActor, IWithTimers
{
    private static readonly TimeSpan FiguresPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RemindPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleBeforePassivation = TimeSpan.FromSeconds(2);

    private readonly ProjectParts _parts;
    private readonly ProjectLogic _logic;
    private readonly ProjectJobs _jobs;
    private readonly ProjectOutput _output;
    private readonly ProjectFigures _figures;
    private readonly ProjectInbox _inbox = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private ProjectState _state;

    public ProjectActor(ProjectId id, ProjectParts parts)
    {
        _parts = parts;
        _state = new ProjectState(id);
        _logic = new ProjectLogic(parts.Planning);
        _figures = new ProjectFigures(new ProjectWatchers(parts.Clock), parts.Clock);
        _jobs = new ProjectJobs(Context, new JobParts(parts.Dispatcher, parts.Clock, parts.HeldGrace(id)), new JobPost(parts.Dispatcher), parts.CapabilitiesOfAll);
        _output = new ProjectOutput(Context, parts.Artifacts, parts.Database);

        Recover<ProjectEvent>(fact => _state = _state.Apply(fact));
        Recover<RecoveryCompleted>(_ => Decide([new(new ProjectMessage.Recovered(), ActorRefs.Nobody)]));

        Command<ProjectEnvelope>(m => Take(m.Message));
        Command<Local<ProjectMessage>>(m => Take(m.Message));
        Command<JobEnvelope>(m => _jobs.Route(m, Sender, Self));
        Command<TakeTurn>(_ => OnTurn());
        Command<GetSummary>(_ => Sender.Tell(new SummaryReply(ProjectView.Summary(_state))));
        Command<TellProgress>(_ => _figures.TellAll(_state, Sender));
        Command<JobProgress>(m => _figures.OnJob(_state, m.Job, m.Permille));
        Command<LiveProgress>(m => m.Job.Project == _state.Id, m => _figures.OnJob(_state, m.Job.Name, m.Permille));
        Command<LiveProgress>(_ => { });
        Command<Tick>(_ => OnTick());
        Command<Terminated>(m => _jobs.OnTerminated(m.ActorRef));
        Command<ReceiveTimeout>(_ => Context.Parent.Tell(new Passivate(PoisonPill.Instance)));
    }

    public override string PersistenceId => PersistenceIds.Of(_state.Id);

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ProjectId id, ProjectParts parts) => Akka.Actor.Props
        .Create(() => new ProjectActor(id, parts))
        .WithDeploy(Deploy.Local.WithStashCapacity(ProjectInbox.MessagesMax));

    // A full stash means that the journal hangs: what is dropped is sent again by whoever needs it.
    public override IStashOverflowStrategy InternalStashOverflowStrategy => DiscardToDeadLetterStrategy.Instance;

    // A job that fails must not restart in the term it gave attempts out in.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PreStart()
    {
        base.PreStart();
        Context.System.EventStream.Subscribe<LiveProgress>(Self);
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        base.PostStop();
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistFailure(cause, @event, sequenceNr);
        var error = JournalFaults.Translate(cause);
        _figures.TellStuck(_state, error);
        _inbox.AnswerWaiting(error);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        // The event has no form in the journal: a fault of ours. Going on would leave a state that no journal has.
        base.OnPersistRejected(cause, @event, sequenceNr);
        throw new InvalidOperationException($"The journal refused {@event.GetType().Name}.", cause);
    }

    private void Take(ProjectMessage message)
    {
        if (_inbox.Add(message, Sender))
        {
            Self.Tell(TakeTurn.Instance); // Queues behind what is in the mailbox already: all of that joins this turn.
        }
    }

    private void OnTurn()
    {
        var batch = _inbox.TakeBatch();
        if (!batch.IsEmpty)
        {
            Decide(batch);
        }

        if (_inbox.HasMore)
        {
            Self.Tell(TakeTurn.Instance);
        }
    }

    private void Decide(ImmutableArray<Waiting> batch)
    {
        ProjectDecision decision;
        try
        {
            decision = _logic.Decide(_state, [.. batch.Select(w => w.Message)], _parts.Clock.GetUtcNow());
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            OnUndecidable(batch, fault);
            return;
        }

        if (decision.Events.IsEmpty)
        {
            Carry(decision, batch);
            return;
        }

        _inbox.Commit(batch);
        var (before, left) = (_state, decision.Events.Length);
        PersistAll(decision.Events, fact =>
        {
            _state = _state.Apply(fact);
            if (--left == 0)
            {
                _inbox.Committed();
                _figures.OnCommit(before, _state, decision.Events);
                Carry(decision, batch);
            }
        });
    }

    // One message that cannot be decided on must not take the others with it, nor the project down again and again.
    private void OnUndecidable(ImmutableArray<Waiting> batch, Exception fault)
    {
        if (batch.Length > 1)
        {
            _inbox.TakeApart(batch);
            return;
        }

        var (message, from) = batch[0];
        _log.Error(fault, "Project {0} cannot decide on {1}.", _state.Id, message.GetType().Name);
        var error = new FarmError(ErrorCodes.Internal, $"The project cannot decide on {message.GetType().Name}: {fault.Message}", "Please report this with the log in the data folder.");
        from.Tell(new Reply(error));
        if (message is not (ProjectMessage.Undecidable or ProjectMessage.Submit or ProjectMessage.Pause or ProjectMessage.Unpause
            or ProjectMessage.Cancel or ProjectMessage.Retry))
        {
            Decide([new(new ProjectMessage.Undecidable(error), ActorRefs.Nobody)]);
        }
    }

    private void Carry(ProjectDecision decision, ImmutableArray<Waiting> batch)
    {
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case ProjectEffect.Answer e:
                    batch[e.Message].From.Tell(new Reply(e.Error));
                    break;
                case ProjectEffect.StartJob e:
                    _jobs.Start(e);
                    break;
                case ProjectEffect.StopJobs:
                    _jobs.StopAll();
                    break;
                case ProjectEffect.AckJob e:
                    _jobs.Settle(e);
                    break;
                case ProjectEffect.Publish e:
                    _output.Publish(_state, e);
                    break;
                case ProjectEffect.Deliver e:
                    _output.Deliver(_state, e);
                    break;
                case ProjectEffect.Announce:
                    _figures.TellFigures(_state);
                    break;
            }
        }

        SetTimers();
    }

    private void SetTimers()
    {
        if (_state.IsWorking)
        {
            Context.SetReceiveTimeout(null);
            if (!Timers.IsTimerActive(nameof(Tick)))
            {
                Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, FiguresPeriod);
                Timers.StartPeriodicTimer(nameof(ProjectMessage.Remind), new Local<ProjectMessage>(new ProjectMessage.Remind()), RemindPeriod);
            }
        }
        else
        {
            Timers.CancelAll();
            Context.SetReceiveTimeout(IdleBeforePassivation); // An ended project is forgotten until somebody asks for it.
        }
    }

    private void OnTick() => _figures.TellFigures(_state);

    private sealed class TakeTurn : INoSerializationVerificationNeeded
    {
        public static readonly TakeTurn Instance = new();
    }

    private sealed class Tick : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly Tick Instance = new();
    }
}
