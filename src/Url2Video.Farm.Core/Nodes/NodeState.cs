using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>One life of a node. Memory only: what it held is granted anew when it dies.</summary>
/// <param name="Slots">Works at once, 1..<see cref="Limits.SlotsPerNodeMax"/>.</param>
/// <param name="Capabilities">Stable words, sorted.</param>
public sealed record NodeState(NodeIncarnation Self, int Slots, ImmutableArray<string> Capabilities)
{
    /// <summary>What runs, by job.</summary>
    public ImmutableSortedDictionary<string, HeldWork> Works { get; init; } = NoWorks;

    /// <summary>Works that were told to stop and have not yet: each keeps its slot, for what it does to the machine it still does.</summary>
    public ImmutableDictionary<Lease, DateTimeOffset> Stopping { get; init; } = ImmutableDictionary<Lease, DateTimeOffset>.Empty;

    /// <summary>Of those, the ones that do not notice: nobody counts on their slots any more.</summary>
    public ImmutableHashSet<Lease> WrittenOff { get; init; } = [];

    /// <summary>Reports that no job has acknowledged yet, by job.</summary>
    public ImmutableSortedDictionary<string, KeptReport> Reports { get; init; } = NoReports;

    /// <summary>
    /// Works that failed and whose job has not dealt with it yet: each keeps its slot for a while (<see cref="Limits.FailureSlotTries"/>), or a
    /// node that fails everything at once would be given the next before anybody has judged the last.
    /// </summary>
    public ImmutableHashSet<Lease> Failing { get; init; } = [];

    /// <summary>Tells a late duplicate of a grant from a new one.</summary>
    public SeenAttempts Seen { get; init; } = SeenAttempts.None;

    /// <summary>Jobs that it begins by itself when nobody dispatches, by job.</summary>
    public ImmutableSortedDictionary<string, HeldReserve> Reserves { get; init; } = NoReserves;

    /// <summary>Jobs it would hold in reserve at most, 0..<see cref="Limits.ReservesPerNodeMax"/>.</summary>
    public int ReserveSlots { get; init; }

    /// <summary>Since when a slot is free and no dispatcher has shown itself; null: none is free.</summary>
    public DateTimeOffset? IdleSince { get; init; }

    /// <summary>It has waited in vain and begun a reserve: until then it does not wait again, unless a dispatcher shows itself.</summary>
    public DateTimeOffset AloneUntil { get; init; }

    /// <summary>It has had another link since it got its reserves: what was said of them meanwhile is lost.</summary>
    public bool HasRelinked { get; init; }

    /// <summary>How long its works take, by the last ones; a second until it knows better.</summary>
    public long TypicalMillis { get; init; } = 1_000;

    /// <summary>When it last asked for reserves.</summary>
    public DateTimeOffset ReservesAskedAt { get; init; }

    /// <summary>What ended here last has failed: the fault may be its own, so it begins nothing that it was not given.</summary>
    public bool IsInDoubt { get; init; }

    public bool Draining { get; init; }

    public long DemandSequence { get; init; }

    public DateTimeOffset NextHeartbeat { get; init; }

    /// <summary>Slots it would fill now. None while too many reports wait for their acknowledgement: that is backpressure too.</summary>
    public int FreeSlots => Draining || Reports.Count >= Limits.ReportsKeptPerNodeMax ? 0 : Math.Max(0, Slots - Works.Count - Stopping.Count - Failing.Count);

    /// <summary>When the next <see cref="NodeMessage.Tick"/> is needed.</summary>
    public DateTimeOffset DueAt => Reports.Values.Aggregate(
        ReserveDueAt < NextHeartbeat ? ReserveDueAt.Value : NextHeartbeat, (due, r) => r.RepeatAt < due ? r.RepeatAt : due);

    /// <summary>When it begins a reserve unless something is granted before; null: not while it is as it is.</summary>
    public DateTimeOffset? ReserveDueAt => Reserves.IsEmpty ? null : IdleSince?.AddMilliseconds(Limits.ReserveIdleMillis);

    private static readonly ImmutableSortedDictionary<string, HeldWork> NoWorks =
        ImmutableSortedDictionary.Create<string, HeldWork>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, HeldReserve> NoReserves =
        ImmutableSortedDictionary.Create<string, HeldReserve>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, KeptReport> NoReports =
        ImmutableSortedDictionary.Create<string, KeptReport>(StringComparer.Ordinal);
}

public sealed record HeldWork(Lease Lease, JobSpec Spec, int ProgressPermille)
{
    /// <summary>As the dispatcher is told of it, with every change of anything: made once.</summary>
    public RunningJob Told { get; } = new(Lease.Job, Lease.Attempt, Spec.Band, Spec.Tenant, Spec.Limits) { Needs = Spec.Needs };

    public DateTimeOffset BegunAt { get; init; }

    /// <summary>The last line of its log.</summary>
    public string Line { get; init; } = string.Empty;
}

/// <param name="At">When it came.</param>
public sealed record HeldReserve(Lease Lease, JobSpec Spec, DateTimeOffset At);

/// <param name="Report">A Finished or a Failed.</param>
/// <param name="Tries">Times sent.</param>
public sealed record KeptReport(Lease Lease, JobKey Key, JobMessage Report, int Tries, DateTimeOffset RepeatAt);
