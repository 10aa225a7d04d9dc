using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Url2Video.Farm.Cluster.Jobs;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Cluster.Webhooks;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
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
    private static readonly TimeSpan GatherPeriod = TimeSpan.FromMilliseconds(Limits.CommitGatherMillis);
    private static readonly TimeSpan RemindPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleBeforePassivation = TimeSpan.FromSeconds(2);

    private readonly ProjectParts _parts;
    private readonly ProjectLogic _logic;
    private readonly ProjectJobs _jobs;
    private readonly ProjectOutput _output;
    private readonly ProjectFigures _figures;
    private readonly ProjectLive _live;
    private readonly ProjectCallback _callback;
    private readonly ProjectInbox _inbox = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private ProjectState _state;
    private long _snapshotNr;
    private bool _isCounted;
    private long? _committedAt;

    public ProjectActor(ProjectId id, ProjectParts parts)
    {
        _parts = parts;
        _state = new ProjectState(id);
        _logic = new ProjectLogic(parts.Planning);
        _figures = new ProjectFigures(new ProjectWatchers(parts.Clock), parts.Clock);
        _jobs = new ProjectJobs(Context, new JobParts(parts.Dispatcher, parts.Clock, parts.HeldGrace(id), parts.Keeper), new JobPost(parts.Dispatcher), parts.CapabilitiesOfAll);
        _output = new ProjectOutput(Context, parts.Artifacts, parts.Database);
        _live = new ProjectLive(parts.Clock);
        _callback = new ProjectCallback(parts.Webhooks);

        Recover<SnapshotOffer>(OnSnapshot);
        Recover<ProjectEvent>(fact => _state = _state.Apply(fact));
        Recover<RecoveryCompleted>(_ => OnRecovered());

        Command<ProjectEnvelope>(m => Take(m.Message));
        Command<Local<ProjectMessage>>(m => Take(m.Message));
        Command<JobEnvelope>(m => _jobs.Route(m, Sender, Self));
        Command<TakeTurn>(_ => OnTurn());
        Command<GetSummary>(_ => Sender.Tell(new SummaryReply(ProjectView.Summary(_state))));
        Command<GetProject>(_ => Sender.Tell(new ProjectReply(ProjectView.Detail(_state, _figures.Now(_state), _live.BusyMillis))));
        Command<GetJobs>(m => Sender.Tell(new JobsReply(_state.Request is null
            ? null
            : JobList.Page(_state, _live.Find, m.Filter, m.Cursor, m.Max, _parts.Clock.GetUtcNow()))));
        Command<JobChanged>(_live.On);
        Command<JobSpent>(_live.On);
        Command<JobLate>(m => _figures.TellLate(_state, m));
        Command<TellProgress>(_ => _figures.TellAll(_state, Sender));
        Command<JobProgress>(m => OnProgress(m.Job, m.Permille, m.Line));
        Command<LiveProgress>(m => m.Job.Project == _state.Id, m => OnProgress(m.Job.Name, m.Permille, string.Empty));
        Command<LiveProgress>(_ => { });
        Command<Tick>(_ => OnTick());
        Command<NodesGone>(_jobs.TellAll);
        Command<Terminated>(m => _jobs.OnTerminated(m.ActorRef));
        Command<SaveSnapshotSuccess>(m => OnSnapshotSaved(m.Metadata.SequenceNr));
        Command<SaveSnapshotFailure>(m => _log.Info("Project {0} goes on without a snapshot: {1}", _state.Id, m.Cause.Message));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(_ => { }); // The next one tries again.
        Command<WebhookTaken>(_callback.OnTaken);
        Command<ReceiveTimeout>(_ => OnIdle());
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
        Context.System.EventStream.Subscribe<NodesGone>(Self);
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        CountIn(false);
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
        // The event has no form in the journal: a fault of ours, and it would be the same at every try. The rest of the turn is not written
        // either; this life ends, and what asked for it is told why.
        base.OnPersistRejected(cause, @event, sequenceNr);
        _log.Error(cause, "The journal of project {0} takes no {1}: this is a fault of the farm, please report it.", _state.Id, @event.GetType().Name);
        var error = new FarmError(ErrorCodes.Internal, $"The journal takes no {@event.GetType().Name}: {cause.Message}", "Please report this with the log.");
        _parts.Rejections.Note(_state.Id, error);
        _inbox.AnswerWaiting(error);
        throw new InvalidOperationException($"The journal refused {@event.GetType().Name}.", cause);
    }

    private void Take(ProjectMessage message)
    {
        if (!_inbox.Add(message, Sender))
        {
            return;
        }

        // A film that ends many jobs a second commits them by the handful; one that ends a job now and then waits for nobody. Failures go at once:
        // the dispatcher hears of them after the commit, and their node fails more meanwhile.
        var pause = message is ProjectMessage.JobSettled { Outcome: JobOutcome.Finished } && _committedAt is { } at ? GatherPeriod - _parts.Clock.GetElapsedTime(at) : TimeSpan.Zero;
        if (pause > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(nameof(TakeTurn), TakeTurn.Instance, pause);
        }
        else
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
                _committedAt = _parts.Clock.GetTimestamp();
                FarmMeters.Committed(decision.Events.Length);
                _figures.OnCommit(before, _state, decision.Events);
                _live.OnCommit(decision.Events);
                Carry(decision, batch);
                KeepSnapshot();
                if (_inbox.HasMore)
                {
                    Self.Tell(TakeTurn.Instance); // The call for it may have been lost with a full stash.
                }
            }
        });
    }

    private void OnRecovered()
    {
        var rejected = _parts.Rejections.Take(_state.Id);
        var recovered = new Waiting(new ProjectMessage.Recovered(), ActorRefs.Nobody);
        Decide(rejected is null || _state.Request is null ? [recovered] : [recovered, new(new ProjectMessage.Undecidable(rejected), ActorRefs.Nobody)]);
    }

    private void OnSnapshot(SnapshotOffer offer)
    {
        if (offer.Snapshot is ProjectSnapshot snapshot)
        {
            (_state, _snapshotNr) = (snapshot.State, offer.Metadata.SequenceNr);
        }
    }

    // The store writes it while the project goes on: the state that it was given never changes.
    private void KeepSnapshot()
    {
        if (SnapshotPolicy.IsDue(LastSequenceNr, _snapshotNr))
        {
            _snapshotNr = LastSequenceNr;
            SaveSnapshot(new ProjectSnapshot(_state));
        }
    }

    private void OnSnapshotSaved(long sequenceNr) => DeleteSnapshots(new SnapshotSelectionCriteria(sequenceNr - 1));

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
            or ProjectMessage.Cancel or ProjectMessage.Retry or ProjectMessage.SetPriority or ProjectMessage.RetryJob or ProjectMessage.KillJob))
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
                case ProjectEffect.RespecJob e:
                    _jobs.Tell(e.Spec.Id.Name, new JobMessage.Respec(e.Spec));
                    break;
                case ProjectEffect.TellJob e:
                    _jobs.Tell(e.Job, e.Message);
                    break;
                case ProjectEffect.StopJobs:
                    _jobs.StopAll();
                    _live.Clear();
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

    // It comes again after as long, until the call it owes is in good hands.
    private void OnIdle()
    {
        if (!_callback.Tell(_state, Self))
        {
            Context.Parent.Tell(new Passivate(PoisonPill.Instance));
        }
    }

    private void SetTimers()
    {
        CountIn(_state.IsWorking);
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
            Timers.Cancel(nameof(Tick));
            Timers.Cancel(nameof(ProjectMessage.Remind));
            _callback.Tell(_state, Self);
            Context.SetReceiveTimeout(IdleBeforePassivation); // An ended project is forgotten until somebody asks for it.
        }
    }

    private void CountIn(bool isWorking)
    {
        if (_isCounted != isWorking)
        {
            _isCounted = isWorking;
            FarmMeters.Move(FarmMeters.Projects, isWorking ? 1 : -1);
        }
    }

    private void OnTick()
    {
        _figures.TellFigures(_state);
        foreach (var straggler in _live.Stragglers().Where(j => _state.Troubles.GetValueOrDefault(j) is not { IsQuarantined: true }))
        {
            _jobs.Tell(straggler, new JobMessage.Speculate());
        }
    }

    private void OnProgress(string job, int permille, string line)
    {
        _figures.OnJob(_state, job, permille);
        _live.OnProgress(job, permille, line);
    }

    private sealed class TakeTurn : INoSerializationVerificationNeeded
    {
        public static readonly TakeTurn Instance = new();
    }

    private sealed class Tick : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly Tick Instance = new();
    }
}
