using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Nodes.NodeEffect;
using static Url2Video.Farm.Core.Nodes.NodeMessage;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// What a node holds in reserve, so that it goes on working through a failover of servers. Were there a dispatcher, a queued job that fits would
/// have been granted to a free slot at once; so a slot that stays free with a job in reserve says that nobody dispatches, and the node begins the
/// job by itself. Until a dispatcher shows itself, the slots that come free next do not wait again.
/// </summary>
public static class NodeReserves
{
    /// <summary>Longer than the job itself means to leave it there: by then the word that it is over was lost.</summary>
    private const int SecondsMax = Limits.ReserveSecondsMax + 10;

    /// <summary>
    /// How many more it would hold: told when its last slot is filled, because a server may die in the next moment, and at most once a heartbeat,
    /// which bounds what reserves cost the farm. A node with a free slot needs work, not reserves.
    /// </summary>
    internal static int Ask(NodeTurn turn, DateTimeOffset now)
    {
        var state = turn.State;
        var room = Wanted(state) - state.Reserves.Count;
        if (room <= 0 || state is not { Draining: false, IsInDoubt: false, FreeSlots: 0, Works.IsEmpty: false }
            || now < state.ReservesAskedAt.AddSeconds(Limits.HeartbeatSeconds))
        {
            return 0;
        }

        turn.State = state with { ReservesAskedAt = now };
        return room;
    }

    /// <summary>Enough for <see cref="Limits.ReserveCoverSeconds"/> of works like its last ones, and one for each slot.</summary>
    private static int Wanted(NodeState state) =>
        (int)Math.Clamp(state.Slots * 1_000L * Limits.ReserveCoverSeconds / Math.Max(1, state.TypicalMillis), Math.Min(state.Slots, state.ReserveSlots), state.ReserveSlots);

    /// <summary>A work has ended: each counts a quarter, those before it the rest.</summary>
    internal static void Learn(NodeTurn turn, HeldWork work, DateTimeOffset now) => turn.State = turn.State with
    {
        TypicalMillis = ((3 * turn.State.TypicalMillis) + Math.Max(0, (long)(now - work.BegunAt).TotalMilliseconds)) / 4,
    };

    internal static void OnReserve(NodeTurn turn, Reserve m, DateTimeOffset now)
    {
        if (turn.State.HasRelinked)
        {
            DropAll(turn); // The first sign of a dispatcher on a new link: of the old ones a word may have been lost.
            turn.State = turn.State with { HasRelinked = false };
        }

        var (state, lease, job) = (turn.State, m.Lease, m.Lease.Job.ToString());
        var held = state.Reserves.GetValueOrDefault(job);
        if (held?.Lease == lease || state.Works.GetValueOrDefault(job)?.Lease == lease || state.Reports.GetValueOrDefault(job)?.Lease == lease)
        {
            return; // A double; what has become of it is told as of any lease.
        }

        RefusalReason? refusal =
            lease.Node != state.Self ? RefusalReason.OtherIncarnation
            : state.Draining ? RefusalReason.Draining
            : state.Works.ContainsKey(job) || state.Reports.ContainsKey(job) || state.Seen.Of(lease.Job) >= lease.Attempt || held?.Lease.Attempt > lease.Attempt ? RefusalReason.Stale
            : state.IsInDoubt || !m.Spec.Limits.IsEmpty || (held is null && state.Reserves.Count >= state.ReserveSlots) ? RefusalReason.Full
            : null;
        if (refusal is { } reason)
        {
            turn.Refuse(lease, reason);
            return;
        }

        turn.State = state with { Reserves = state.Reserves.SetItem(job, new HeldReserve(lease, m.Spec, now)) };
    }

    internal static void OnCancel(NodeTurn turn, Lease lease)
    {
        var job = lease.Job.ToString();
        if (turn.State.Reserves.GetValueOrDefault(job) is { } held && held.Lease.Attempt <= lease.Attempt)
        {
            turn.State = turn.State with { Reserves = turn.State.Reserves.Remove(job) };
        }
    }

    /// <summary>After each message: keeps the time of idleness, and begins what is due.</summary>
    /// <returns>Something was begun.</returns>
    internal static bool Review(NodeTurn turn, NodeMessage message, DateTimeOffset now)
    {
        var state = turn.State;
        if (state.ReserveSlots == 0)
        {
            return false;
        }

        var isNew = message is TellDemand { IsSameDispatcher: false };
        var isDispatched = isNew || message is Grant or Reserve;
        turn.State = state with
        {
            AloneUntil = isDispatched ? default : state.AloneUntil,
            HasRelinked = !isDispatched && (state.HasRelinked || message is LinkUp),
            IdleSince = state.FreeSlots == 0 ? null : isDispatched ? now : state.IdleSince ?? now,
        };
        if (turn.State.Reserves.IsEmpty)
        {
            return false;
        }

        // With a dispatcher there will soon be others; of these a word may have been lost that they are not wanted any more.
        var areOld = isNew || (isDispatched && state.HasRelinked);
        if (turn.State.Draining || turn.State.IsInDoubt || areOld)
        {
            DropAll(turn);
            return false;
        }

        if (message is Tick)
        {
            DropOld(turn, now);
        }

        var hasBegun = false;
        while (turn.State.FreeSlots > 0 && (now < turn.State.AloneUntil || turn.State.ReserveDueAt <= now) && Next(turn.State) is { } next)
        {
            Begin(turn, next, now);
            hasBegun = true;
        }

        if (hasBegun)
        {
            // Not for longer: who never shows a free slot is never granted anything, should there be a dispatcher again.
            var until = turn.State.AloneUntil > now ? turn.State.AloneUntil : now.AddSeconds(Limits.ReserveAloneSeconds);
            turn.State = turn.State with { AloneUntil = until, IdleSince = turn.State.FreeSlots == 0 ? null : now };
        }

        return hasBegun;
    }

    private static HeldReserve? Next(NodeState state) => state.Reserves.Values
        .OrderBy(r => Dispatch.Bands.IndexOf(r.Spec.Band)).ThenBy(r => r.At).ThenBy(r => r.Lease.Job.ToString(), StringComparer.Ordinal)
        .FirstOrDefault();

    private static void Begin(NodeTurn turn, HeldReserve reserve, DateTimeOffset now)
    {
        var (lease, job) = (reserve.Lease, reserve.Lease.Job.ToString());
        turn.State = turn.State with
        {
            Reserves = turn.State.Reserves.Remove(job),
            Seen = turn.State.Seen.With(lease.Job, lease.Attempt),
            Works = turn.State.Works.Add(job, new HeldWork(lease, reserve.Spec, 0) { BegunAt = now }),
        };
        turn.Add(new RunWork(lease, reserve.Spec) { IsReserve = true });
        turn.Accept(lease);
    }

    private static void DropAll(NodeTurn turn)
    {
        foreach (var reserve in turn.State.Reserves.Values)
        {
            turn.Refuse(reserve.Lease, turn.State.Draining ? RefusalReason.Draining : RefusalReason.Full);
        }

        turn.State = turn.State with { Reserves = turn.State.Reserves.Clear() };
    }

    private static void DropOld(NodeTurn turn, DateTimeOffset now)
    {
        foreach (var (job, reserve) in turn.State.Reserves)
        {
            if (reserve.At.AddSeconds(SecondsMax) <= now)
            {
                turn.State = turn.State with { Reserves = turn.State.Reserves.Remove(job) };
            }
        }
    }
}
