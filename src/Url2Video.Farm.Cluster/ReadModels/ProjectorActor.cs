using System.Data.Common;
using Akka;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.ReadModels;

/// <summary>
/// Follows the journal and keeps the read model: one in the whole cluster. Two for a moment, after a split, do no harm (<see cref="Projection"/>).
/// It sweeps, then follows the live feed of Akka.Persistence.Query from where the sweep ended; when the feed fails, it begins again.
/// </summary>
internal sealed class ProjectorActor : ReceiveActor, IWithTimers
{
    private const int EventsPerBatchMax = 500;
    private static readonly TimeSpan BatchWithin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly Projection _projection;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SharedKillSwitch _feed = KillSwitches.Shared("projector");
    private readonly Lock _gate = new();
    private Task _turn = Task.CompletedTask;
    private volatile bool _isStopped;

    public ProjectorActor(FarmDatabase database)
    {
        _projection = new Projection(database, new DatabaseJournal(database));
        Receive<Begin>(_ => BeginAsync().PipeTo(Self));
        Receive<Begun>(_ => Follow(Context.System.Materializer()));
        Receive<FeedEnded>(m => OnFault(m.Fault));
        Receive<Status.Failure>(m => OnFault(m.Cause));
        Receive<Sweep>(_ => SweepAsync().PipeTo(Self));
        Receive<Swept>(m => OnSwept(m.Fault));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Self.Tell(Begin.Instance);

    protected override void PostStop()
    {
        _isStopped = true;
        _feed.Shutdown();
        FarmMeters.Forget(FarmMeters.ReadModelLag); // It lives on elsewhere, and tells it there.
    }

    private async Task<object> BeginAsync()
    {
        await InTurnAsync(async () =>
        {
            await _projection.LoadAsync(CancellationToken.None).ConfigureAwait(false);
            await _projection.SweepAsync(CancellationToken.None).ConfigureAwait(false);
            await TellLagAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);
        return Begun.Instance;
    }

    private void Follow(IMaterializer materializer)
    {
        PersistenceQuery.Get(Context.System)
            .ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier)
            .AllEvents(Offset.Sequence(_projection.Position))
            .Via(_feed.Flow<EventEnvelope>())
            .GroupedWithin(EventsPerBatchMax, BatchWithin)
            .SelectAsync(1, async batch =>
            {
                await InTurnAsync(() => _projection.ApplyAsync(Seen(batch), CancellationToken.None)).ConfigureAwait(false);
                return NotUsed.Instance;
            })
            .RunWith(Sink.Ignore<NotUsed>(), materializer)
            .ContinueWith(static task => (object)new FeedEnded(task.Exception?.GetBaseException()), TaskScheduler.Default)
            .PipeTo(Self);
        Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, SweepPeriod);
    }

    private static List<SeenEvent> Seen(IEnumerable<EventEnvelope> batch)
    {
        var seen = new List<SeenEvent>();
        foreach (var envelope in batch)
        {
            if (envelope.Event is ProjectEvent fact && PersistenceIds.TryProject(envelope.PersistenceId, out var project))
            {
                seen.Add(new SeenEvent(envelope.Offset is Sequence s ? s.Value : 0, project, envelope.SequenceNr, fact));
            }
        }

        return seen;
    }

    private async Task<Swept> SweepAsync()
    {
        try
        {
            await InTurnAsync(async () =>
            {
                await _projection.SweepAsync(CancellationToken.None).ConfigureAwait(false);
                await TellLagAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
            return new Swept(null);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            return new Swept(fault);
        }
    }

    private async Task TellLagAsync()
    {
        var lag = await _projection.LagAsync(CancellationToken.None).ConfigureAwait(false);
        if (!_isStopped)
        {
            FarmMeters.Set(FarmMeters.ReadModelLag, lag);
        }
    }

    private void OnSwept(Exception? fault)
    {
        if (fault is not null)
        {
            _log.Warning("The list of projects could not be compared with the journal: {0}", fault.Message);
        }
    }

    // The feed and the sweeps share what is folded: one at a time, in the order they came.
    private Task InTurnAsync(Func<Task> work)
    {
        lock (_gate)
        {
            return _turn = AfterAsync(_turn, work);
        }
    }

    private static async Task AfterAsync(Task before, Func<Task> work)
    {
        await before.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        await work().ConfigureAwait(false);
    }

    // The store went away, or the feed met an event that this version cannot read: the sweep at the new start goes past it.
    private void OnFault(Exception? fault)
    {
        Timers.Cancel(nameof(Sweep));
        if (!_isStopped && !Timers.IsTimerActive(nameof(Begin)))
        {
            _log.Warning("The list of projects stops following the journal for a moment: {0}", fault?.Message ?? "the feed ended");
            Timers.StartSingleTimer(nameof(Begin), Begin.Instance, AgainAfter);
        }
    }

    private sealed record FeedEnded(Exception? Fault) : INoSerializationVerificationNeeded;

    private sealed class Begin : INoSerializationVerificationNeeded
    {
        public static readonly Begin Instance = new();
    }

    private sealed class Begun : INoSerializationVerificationNeeded
    {
        public static readonly Begun Instance = new();
    }

    private sealed class Sweep : INoSerializationVerificationNeeded
    {
        public static readonly Sweep Instance = new();
    }

    private sealed record Swept(Exception? Fault) : INoSerializationVerificationNeeded;
}
