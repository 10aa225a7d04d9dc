using System.Collections.Immutable;
using System.Diagnostics;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Nodes.NodeEffect;
using static Url2Video.Farm.Core.Nodes.NodeMessage;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// What messages mean for one life of a node. Pure. A node does what it is granted while it has slots, tells every heartbeat what it
/// holds, and keeps each result until the job has dealt with it; whether its lease is still good is for the job to say.
/// </summary>
public static class NodeLogic
{
    /// <param name="reserveSlots">Jobs it would hold in reserve at most, see <see cref="NodeReserves"/>.</param>
    /// <param name="kept">Finished and Failed of earlier lives of the node that nobody has acknowledged: they are sent again as they are.</param>
    public static NodeDecision Start(
        NodeIncarnation self, int slots, ImmutableArray<string> capabilities, DateTimeOffset now, ImmutableArray<JobMessage> kept = default, int reserveSlots = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, Limits.SlotsPerNodeMax);
        var turn = new NodeTurn(new NodeState(self, slots, capabilities)
        {
            NextHeartbeat = now.AddSeconds(Limits.HeartbeatSeconds),
            ReserveSlots = Math.Clamp(reserveSlots, 0, Limits.ReservesPerNodeMax),
            IdleSince = now,
        });
        foreach (var report in kept.IsDefault ? [] : kept)
        {
            turn.KeepReport(report, now);
        }

        turn.TellDemand();
        return turn.End();
    }

    public static NodeDecision Decide(NodeState state, NodeMessage message, DateTimeOffset now)
    {
        var turn = new NodeTurn(state);
        var freeBefore = state.FreeSlots;
        switch (message)
        {
            case Grant m: OnGrant(turn, m, now); break;
            case Reserve m: NodeReserves.OnReserve(turn, m, now); break;
            case Ack m: turn.DropReport(m.Lease); break;
            case Cancel m: OnCancel(turn, m.Lease, now); break;
            case Hurry m: OnHurry(turn, m); break;
            case Drain: turn.State = turn.State with { Draining = true }; break;
            case Resume: turn.State = turn.State with { Draining = false }; break;
            case LinkUp: OnLinkUp(turn, now); break;
            case CutOff: OnCutOff(turn, now); break;
            case TellDemand: turn.TellDemand(); break;
            case WorkFinished m: OnEnd(turn, m.Lease, key => new JobMessage.Finished(m.Lease, key, m.Result), now); break;
            case WorkFailed m: OnEnd(turn, m.Lease, key => new JobMessage.Failed(m.Lease, key, m.Error), now); break;
            case WorkProgress m: OnProgress(turn, m); break;
            case WorkStopped m: OnStopped(turn, m.Lease); break;
            case Tick: OnTick(turn, now); break;
            default: throw new UnreachableException($"No rule for {message.GetType().Name}.");
        }

        var hasBegun = NodeReserves.Review(turn, message, now);
        // A beat that was due has told it already; what was begun after it, and a failure that has kept its slot long enough, has not been told.
        if (hasBegun || (turn.State.FreeSlots != freeBefore && turn.State.DemandSequence == state.DemandSequence))
        {
            turn.TellDemand(NodeReserves.Ask(turn, now));
        }

        if (turn.State is { Draining: true, Works.IsEmpty: true, Reports.IsEmpty: true } && (message is Drain || !IsEmpty(state)))
        {
            turn.Add(new Drained());
        }

        return turn.End();
    }

    private static bool IsEmpty(NodeState state) => state.Works.IsEmpty && state.Reports.IsEmpty;

    private static void OnGrant(NodeTurn turn, Grant m, DateTimeOffset now)
    {
        var (lease, job) = (m.Lease, m.Lease.Job.ToString());
        if (lease.Node != turn.State.Self)
        {
            turn.Refuse(lease, RefusalReason.OtherIncarnation);
            return;
        }

        if (turn.State.Works.GetValueOrDefault(job) is { } work && work.Lease.Attempt == lease.Attempt)
        {
            turn.Accept(lease);
            return;
        }

        var report = turn.State.Reports.GetValueOrDefault(job);
        if (report is not null && report.Lease.Attempt == lease.Attempt)
        {
            turn.SendReport(report, now);
            return;
        }

        if (turn.State.Seen.Of(lease.Job) >= lease.Attempt)
        {
            turn.Refuse(lease, RefusalReason.Stale);
            return;
        }

        // A later grant of a job says that what this node has of it under an earlier lease is void.
        turn.State = turn.State with { Seen = turn.State.Seen.With(lease.Job, lease.Attempt) };
        var replaced = turn.State.Works.GetValueOrDefault(job)?.Lease;
        turn.StopWork(job, now);
        turn.State = turn.State with { Reserves = turn.State.Reserves.Remove(job) };
        if (report is { Report: JobMessage.Finished finished } && report.Key == m.Spec.Key && !m.Spec.WorkAnew)
        {
            // The same key gives the same bytes: what is finished is handed over under the new lease, not made again.
            turn.SendReport(new KeptReport(lease, report.Key, finished with { Lease = lease }, 0, now), now);
            return;
        }

        turn.DropReport(report?.Lease ?? lease);
        if (FreeSlotsFor(turn.State, replaced) == 0)
        {
            turn.Refuse(lease, turn.State.Draining ? RefusalReason.Draining : RefusalReason.Full);
            return;
        }

        turn.State = turn.State with { Works = turn.State.Works.Add(job, new HeldWork(lease, m.Spec, 0) { BegunAt = now }) };
        turn.Add(new RunWork(lease, m.Spec));
        turn.Accept(lease);
    }

    private static void OnCancel(NodeTurn turn, Lease lease, DateTimeOffset now)
    {
        // Remembered even if unknown: the grant may be on its way still.
        turn.State = turn.State with { Seen = turn.State.Seen.With(lease.Job, lease.Attempt) };
        if (turn.State.Works.GetValueOrDefault(lease.Job.ToString()) is { } work && work.Lease == lease)
        {
            turn.StopWork(lease.Job.ToString(), now);
        }

        NodeReserves.OnCancel(turn, lease);
        turn.DropReport(lease);
    }

    // A work takes over the slot of the one it replaces, and waits in it until that has stopped.
    private static int FreeSlotsFor(NodeState state, Lease? replaced) =>
        replaced is { } lease ? (state with { Stopping = state.Stopping.Remove(lease) }).FreeSlots : state.FreeSlots;

    private static void OnHurry(NodeTurn turn, Hurry m)
    {
        if (turn.State.Works.GetValueOrDefault(m.Lease.Job.ToString()) is { } work && work.Lease == m.Lease)
        {
            turn.Add(new WarnLate(m.Lease, m.SecondsLeft));
        }
    }

    private static void OnStopped(NodeTurn turn, Lease lease) => turn.State = turn.State with
    {
        Stopping = turn.State.Stopping.Remove(lease),
        WrittenOff = turn.State.WrittenOff.Remove(lease),
    };

    private static void OnEnd(NodeTurn turn, Lease lease, Func<JobKey, JobMessage> report, DateTimeOffset now)
    {
        OnStopped(turn, lease); // It may have ended before it noticed that it was stopped.
        var job = lease.Job.ToString();
        if (turn.State.Works.GetValueOrDefault(job) is { } work && work.Lease == lease)
        {
            var told = report(work.Spec.Key);
            turn.State = turn.State with
            {
                Works = turn.State.Works.Remove(job),
                Failing = told is JobMessage.Failed ? turn.State.Failing.Add(lease) : turn.State.Failing,
                IsInDoubt = told is JobMessage.Failed,
            };
            NodeReserves.Learn(turn, work, now);
            turn.SendReport(new KeptReport(lease, work.Spec.Key, told, 0, now), now);
        }
    }

    private static void OnProgress(NodeTurn turn, WorkProgress m)
    {
        var job = m.Lease.Job.ToString();
        if (turn.State.Works.GetValueOrDefault(job) is { } work && work.Lease == m.Lease)
        {
            turn.State = turn.State with
            {
                Works = turn.State.Works.SetItem(job, work with
                {
                    ProgressPermille = Math.Clamp(m.Permille, 0, 1000),
                    Line = m.Line.Length > Limits.LogLineCharsMax ? m.Line[..Limits.LogLineCharsMax] : m.Line,
                }),
            };
        }
    }

    private static void OnLinkUp(NodeTurn turn, DateTimeOffset now)
    {
        foreach (var report in turn.State.Reports.Values)
        {
            turn.SendReport(turn.State.Failing.Contains(report.Lease) ? report : report with { Tries = 0 }, now);
        }

        turn.Heartbeat(now);
    }

    private static void OnCutOff(NodeTurn turn, DateTimeOffset now)
    {
        foreach (var (job, work) in turn.State.Works)
        {
            if (!work.Spec.Limits.IsEmpty)
            {
                turn.StopWork(job, now);
            }
        }
    }

    private static void OnTick(NodeTurn turn, DateTimeOffset now)
    {
        foreach (var report in turn.State.Reports.Values.Where(r => r.RepeatAt <= now))
        {
            turn.SendReport(report, now);
        }

        foreach (var lease in Stuck(turn.State, now))
        {
            turn.State = turn.State with { WrittenOff = turn.State.WrittenOff.Add(lease) };
            turn.Add(new WriteOff(lease));
        }

        if (now >= turn.State.NextHeartbeat)
        {
            turn.Heartbeat(now);
        }
    }

    // Sorted, because a dictionary of leases has no order of its own and the same seed must give the same life.
    private static IEnumerable<Lease> Stuck(NodeState state, DateTimeOffset now) => state.Stopping.IsEmpty
        ? []
        : [.. state.Stopping
            .Where(s => s.Value.AddSeconds(Limits.StopSecondsMax) <= now && !state.WrittenOff.Contains(s.Key))
            .Select(s => s.Key)
            .OrderBy(l => l.Attempt)
            .ThenBy(l => l.Job.ToString(), StringComparer.Ordinal)];
}
