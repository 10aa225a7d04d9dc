using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Url2Video.Farm.Cluster.Housekeeping;

/// <summary>Deletes what is over, now and then: one in the whole cluster. A run that fails, or is cut off with its server, is made up for by the next.</summary>
internal sealed class HousekeeperActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _isRunning;

    public HousekeeperActor(RowKeeper rows)
    {
        Receive<Run>(_ => !_isRunning, _ =>
        {
            _isRunning = true;
            rows.RunAsync(CancellationToken.None).PipeTo(Self, success: deleted => new Done(deleted));
        });
        Receive<Run>(_ => { }); // The last one is still at it.
        Receive<Done>(m =>
        {
            _isRunning = false;
            if (m.Deleted.Values.Sum() > 0)
            {
                _log.Info("Deleted what is over: {0}.", string.Join(", ", m.Deleted.Where(d => d.Value > 0).Select(d => $"{d.Value} of {d.Key}")));
            }
        });
        Receive<Status.Failure>(m =>
        {
            _isRunning = false;
            _log.Warning("What is over could not be deleted; it is tried again in an hour: {0}", m.Cause.GetBaseException().Message);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(RowKeeper rows) => Akka.Actor.Props.Create(() => new HousekeeperActor(rows));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Run), Run.Instance, FirstAfter, Period);

    private sealed record Done(ImmutableSortedDictionary<string, long> Deleted) : INoSerializationVerificationNeeded;

    private sealed class Run : INoSerializationVerificationNeeded
    {
        public static readonly Run Instance = new();
    }
}
