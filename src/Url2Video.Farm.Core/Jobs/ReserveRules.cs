using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Nodes;
using static Url2Video.Farm.Core.Jobs.JobMessage;
using static Url2Video.Farm.Core.Jobs.JobTurns;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>
/// A job that waits for a node may be held in reserve by one that has no slot now. It is given a lease of a number that is never granted, and
/// the job goes on offering itself under the next. A node that begins it speaks up and is adopted, by this machine or, as any lease of a former
/// term, by the next. Whatever else ends the waiting takes the reserve back.
/// </summary>
internal static class ReserveRules
{
    /// <summary>For a job that is held in reserve: no decision leaves a reserve behind that is not wanted.</summary>
    public static JobDecision Decide(JobState state, JobMessage message, DateTimeOffset now)
    {
        if (message is Kill or Hasten or Cancel || (message is Respec order && !IsSameWork(state.Spec, order.Spec)))
        {
            var alone = Drop(state);
            var ordered = JobLogic.Judge(alone.State, message, now);
            return ordered with { Effects = [.. alone.Effects, .. ordered.Effects] };
        }

        if (IsOver(state, message, now))
        {
            var alone = Drop(state);
            var offered = Offer(alone.State, now);
            return offered with { Effects = [.. alone.Effects, .. offered.Effects] };
        }

        var decision = JobLogic.Judge(state, message, now);
        if (decision.State is not { Reserve: { } reserve, Stage: not JobStage.Offered })
        {
            return decision;
        }

        if (LeaseOf(decision.State.Stage) == reserve)
        {
            return decision with { State = decision.State with { Reserve = null } };
        }

        // First of all: a node that is granted what it held in reserve hears of both in this order.
        var dropped = Drop(decision.State);
        return new(dropped.State, [.. dropped.Effects, .. decision.Effects]);
    }

    // What reads differently is then the priority, or the needs since a film's first chunk: as with what runs, the result will be judged. A
    // dispatcher that knows better takes the reserve back.
    private static bool IsSameWork(JobSpec held, JobSpec now) =>
        now.Key == held.Key && now.Limits.IsEmpty && (held.WorkAnew || !now.WorkAnew);

    public static JobDecision OnReserve(JobState state, Reserve m, DateTimeOffset now)
    {
        if (state is not { Stage: JobStage.Offered, Reserve: null, ReservesLeft: > 0 } || m.Offer != state.NextAttempt
            || !state.Spec.Limits.IsEmpty || state.Avoid.Contains(m.Node.Node)
            || AttemptNumber.IsOtherRound(state.FirstAttempt, state.NextAttempt + 1))
        {
            return new(state, []);
        }

        var lease = new Lease(state.Spec.Id, state.NextAttempt, m.Node);
        var held = state with
        {
            NextAttempt = state.NextAttempt + 1,
            Reserve = lease,
            ReservedUntil = now.AddSeconds(Limits.ReserveSecondsMax),
            ReservesLeft = state.ReservesLeft - 1,
        };
        var offered = Offer(held, now);
        return offered with { Effects = [new JobEffect.ToNode(m.Node, new NodeMessage.Reserve(lease, state.Spec)), .. offered.Effects] };
    }

    /// <summary>A dispatcher asks for what is not so: it is told what is.</summary>
    public static JobDecision OnUnreserve(JobState state, NodeIncarnation node, DateTimeOffset now) =>
        state.Stage is JobStage.Offered && state.Reserve?.Node != node ? Offer(state, now) : new(state, []);

    private static bool IsOver(JobState state, JobMessage message, DateTimeOffset now) => message switch
    {
        Unreserve m => state.Reserve?.Node == m.Node,
        Refused m => state.Reserve == m.Lease,
        NodeGone m => state.Reserve is { Node: var node } && node.IsOverWith(m.Node),
        Tick => now >= state.ReservedUntil && state.Stage.DueAt <= now,
        _ => false,
    };

    // Its node may have begun and said so: after this it is not believed.
    private static JobDecision Drop(JobState state) => state.Reserve is not { } lease ? new(state, []) : new(
        state with { Reserve = null, StoppedUpTo = Math.Max(state.StoppedUpTo, lease.Attempt) },
        [Stop(lease)]);

    private static Lease? LeaseOf(JobStage stage) => stage switch
    {
        JobStage.Granted s => s.Lease,
        JobStage.Running s => s.Lease,
        JobStage.Settling s => s.Lease,
        _ => null,
    };
}
