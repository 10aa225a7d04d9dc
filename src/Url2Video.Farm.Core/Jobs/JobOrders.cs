using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Nodes;
using static Url2Video.Farm.Core.Jobs.JobStage;
using static Url2Video.Farm.Core.Jobs.JobTurns;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>What a job is ordered from above: by its project, an operator or the dispatcher.</summary>
internal static class JobOrders
{
    public static JobDecision OnCancel(JobState state, DateTimeOffset now)
    {
        var alone = TwinRules.Drop(state, now);
        ImmutableArray<JobEffect> farewell = state.Stage switch
        {
            Offered => [Withdraw(state)],
            Granted s => [Stop(s.Lease), Ended(s.Lease, EndKind.Stopped, null, 0)],
            Running s => [Stop(s.Lease), Ended(s.Lease, EndKind.Stopped, null, BusyMillis(s.Since, now))],
            Settling s => [.. Release(s, AckKind.Stale), .. EndedOf(s)],
            _ => [],
        };
        return new(alone.State with { Stage = new Over() }, [.. alone.Effects, .. farewell, new JobEffect.Stop()]);
    }

    public static JobDecision OnPreempt(JobState state, JobMessage.Preempt m, DateTimeOffset now)
    {
        if (state.Twin?.Held is { } twin && twin.Attempt == m.Attempt)
        {
            return TwinRules.Drop(state, now);
        }

        return LeaseOf(state) is { } lease && lease.Attempt == m.Attempt
            ? StopFirst(state, lease, TimeSpan.FromMilliseconds(Limits.PreemptPauseMillis), now)
            : new(state, []); // It has ended meanwhile, or another lease is current.
    }

    /// <summary>An operator does not want what runs; it begins again somewhere else.</summary>
    public static JobDecision OnKill(JobState state, DateTimeOffset now)
    {
        var alone = TwinRules.Drop(state, now);
        if (LeaseOf(state) is not { } lease)
        {
            return alone;
        }

        var stopped = StopFirst(Avoiding(alone.State, lease), lease, TimeSpan.FromMilliseconds(Limits.PreemptPauseMillis), now);
        return stopped with { Effects = [.. alone.Effects, .. stopped.Effects] };
    }

    public static JobDecision OnHasten(JobState state, DateTimeOffset now)
    {
        if (state.Stage is Waiting)
        {
            return Offer(state, now);
        }

        var killed = OnKill(state, now);
        if (killed.State.Stage is not Waiting)
        {
            return killed;
        }

        var offered = Offer(killed.State, now);
        return offered with { Effects = [.. killed.Effects, .. offered.Effects] };
    }

    /// <summary>An offer that stands is replaced by one with a higher number, so that no dispatcher takes it for a repetition.</summary>
    public static JobDecision OnRespec(JobState state, JobSpec spec, DateTimeOffset now)
    {
        var next = state with { Spec = spec with { WorkAnew = spec.WorkAnew || state.Spec.WorkAnew } };
        if (state.Stage is Offered)
        {
            return Offer(next with { NextAttempt = next.NextAttempt + 1 }, now);
        }

        return state.Twin is JobTwin.Offered ? TwinRules.Drop(next, now) : new(next, []);
    }

    public static ImmutableArray<JobEffect> Release(Settling s, AckKind kind) =>
        s.Lease.Node == Nobody ? [] : s.Reported ? [Forget(s.Lease, kind)] : [Stop(s.Lease)];

    // Back to the queue, or to its twin. Nothing is counted, and a finish that is on its way is still welcome.
    private static JobDecision StopFirst(JobState state, Lease lease, TimeSpan pause, DateTimeOffset now)
    {
        var busy = state.Stage is Running s ? BusyMillis(s.Since, now) : 0;
        var stopped = state with { StoppedUpTo = Math.Max(state.StoppedUpTo, lease.Attempt) };
        var withdraw = state.Twin is JobTwin.Offered ? TwinRules.Drop(stopped, now) : new(stopped, []);
        var next = TwinRules.Promote(withdraw.State) ?? withdraw.State with { Stage = new Waiting(now + pause) };
        return new(next, [Stop(lease), Ended(lease, EndKind.Stopped, null, busy), .. withdraw.Effects]);
    }

    private static Lease? LeaseOf(JobState state) => state.Stage switch
    {
        Granted s => s.Lease,
        Running s => s.Lease,
        _ => null,
    };

    private static ImmutableArray<JobEffect> EndedOf(Settling s) =>
        s.Lease.Node == Nobody ? [] : [Ended(s.Lease, EndKind.Stopped, null, s.BusyMillis)];
}
