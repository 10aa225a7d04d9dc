using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Nodes;
using static Url2Video.Farm.Core.Jobs.JobMessage;
using static Url2Video.Farm.Core.Jobs.JobTurns;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>What happens to the second run of a job (<see cref="JobTwin"/>).</summary>
internal static class TwinRules
{
    public static JobDecision Begin(JobState state, DateTimeOffset now)
    {
        if (state.Stage is not JobStage.Running || state.Twin is not null || state.TwinsLeft == 0
            || AttemptNumber.IsOtherRound(state.FirstAttempt, state.NextAttempt))
        {
            return new(state, []);
        }

        return Offer(state with { TwinsLeft = state.TwinsLeft - 1 }, now);
    }

    public static bool Has(JobState state, Lease lease) => state.Twin?.Held == lease;

    /// <summary>The answer to the twin's offer.</summary>
    public static JobDecision OnAssign(JobState state, Assign m, DateTimeOffset now)
    {
        if (state.Stage is JobStage.Running first && m.Node.Node == first.Lease.Node.Node)
        {
            // Only the node that is slow already has room: a second run there would help nobody.
            var dropped = Drop(state, now);
            return dropped with { Effects = dropped.Effects.Add(new JobEffect.ToOneDispatcher(m.Dispatcher, new DispatchMessage.Released(m.Job, m.Offer, m.Node))) };
        }

        var lease = new Lease(state.Spec.Id, state.NextAttempt, m.Node);
        var twin = new JobTwin.Granted(lease, m.Dispatcher, now.AddSeconds(Limits.GrantSecondsMax), now.AddMilliseconds(Limits.ResendMillis));
        return new(state with { NextAttempt = state.NextAttempt + 1, Twin = twin }, [Grant(state, lease)]);
    }

    public static JobDecision OnAlive(JobState state, DateTimeOffset now) => state.Twin switch
    {
        JobTwin.Granted t => new(
            state with { Twin = new JobTwin.Running(t.Lease, t.By, now, now.AddSeconds(Limits.LeaseSecondsMax)) }, [Taken(t.Lease, t.By)]),
        JobTwin.Running t => new(state with { Twin = t with { Until = now.AddSeconds(Limits.LeaseSecondsMax) } }, []),
        _ => new(state, []),
    };

    public static JobDecision OnRefused(JobState state, DateTimeOffset now) => state.Twin switch
    {
        JobTwin.Granted t => new(state with { Twin = null }, [Taken(t.Lease, t.By)]),
        JobTwin.Running t => new(state with { Twin = null }, [Ended(t.Lease, EndKind.Lost, null, BusyMillis(t.Since, now))]),
        _ => new(state, []),
    };

    /// <summary>The twin's node reports an end.</summary>
    public static JobDecision OnReport(JobState state, Lease lease, JobOutcome outcome, DateTimeOffset now)
    {
        if (state.Stage is not JobStage.Running first)
        {
            return new(state, []); // The end of the first run is being settled; the node says it again.
        }

        var (taken, busy) = state.Twin switch
        {
            JobTwin.Granted t => (ImmutableArray.Create<JobEffect>(Taken(lease, t.By)), 0L),
            JobTwin.Running t => ([], BusyMillis(t.Since, now)),
            _ => (ImmutableArray<JobEffect>.Empty, 0L),
        };
        var alone = state with { Twin = null };
        if (outcome is JobOutcome.Failed failed)
        {
            // The first run goes on; whether the job or the node is to blame will show there.
            return new(Avoiding(alone, lease), [.. taken, Forget(lease, AckKind.Stale), Ended(lease, EndKind.Failed, failed.Error.Code, busy)]);
        }

        var settled = Settle(alone, lease, outcome, reported: true, now);
        var state2 = settled.State with { Stage = (JobStage.Settling)settled.State.Stage with { BusyMillis = busy } };
        return new(
            state2,
            [.. taken, Stop(first.Lease), Ended(first.Lease, EndKind.Stopped, null, BusyMillis(first.Since, now)), .. settled.Effects]);
    }

    public static JobDecision OnNodeGone(JobState state, DateTimeOffset now) => state.Twin is JobTwin.Running t
        ? new(state with { Twin = null }, [Ended(t.Lease, EndKind.Lost, null, BusyMillis(t.Since, now))])
        : new(state with { Twin = null }, []);

    public static JobDecision OnTick(JobState state, DateTimeOffset now)
    {
        switch (state.Twin)
        {
            case JobTwin.Offered t when now >= t.RepeatAt:
                return Offer(state, now);
            case JobTwin.Granted t when now >= t.Until:
                return new(state with { Twin = null }, []); // Should the node have begun after all, its next sign of life is answered by a stop.
            case JobTwin.Granted t when now >= t.RepeatAt:
                return new(
                    state with { Twin = t with { RepeatAt = now.AddMilliseconds(Limits.ResendMillis) } }, [Grant(state, t.Lease)]);
            case JobTwin.Running t when now >= t.Until:
                return new(
                    state with { Twin = null, StoppedUpTo = Math.Max(state.StoppedUpTo, t.Lease.Attempt) },
                    [Stop(t.Lease), Ended(t.Lease, EndKind.Lost, null, BusyMillis(t.Since, now))]);
            default:
                return new(state, []);
        }
    }

    /// <summary>Nobody wants a second run any more. The number of an offer that is taken back is spent.</summary>
    public static JobDecision Drop(JobState state, DateTimeOffset now)
    {
        var alone = state with { Twin = null, NextAttempt = state.NextAttempt + (state.Twin is JobTwin.Offered ? 1 : 0) };
        return state.Twin switch
        {
            null => new(state, []),
            JobTwin.Offered => new(alone, [Withdraw(state)]),
            JobTwin.Granted t => new(Stopped(alone, t.Lease), [Stop(t.Lease), Ended(t.Lease, EndKind.Stopped, null, 0)]),
            JobTwin.Running t => new(
                Stopped(alone, t.Lease), [Stop(t.Lease), Ended(t.Lease, EndKind.Stopped, null, BusyMillis(t.Since, now))]),
            _ => new(alone, []),
        };
    }

    /// <summary>The first run is over and came to nothing: the twin, if a node has it, is the job's run now.</summary>
    /// <returns>Null when there is none to take its place.</returns>
    public static JobState? Promote(JobState state) => state.Twin switch
    {
        JobTwin.Granted t => state with { Twin = null, Stage = new JobStage.Granted(t.Lease, t.By, t.Until, t.RepeatAt) },
        JobTwin.Running t => state with { Twin = null, Stage = RunSince(state, t.Lease, t.By, t.Since, t.Until) },
        _ => null,
    };

    private static JobState Stopped(JobState state, Lease lease) =>
        state with { StoppedUpTo = Math.Max(state.StoppedUpTo, lease.Attempt) };

    private static JobDecision Offer(JobState state, DateTimeOffset now)
    {
        var avoid = state.Stage is JobStage.Running first ? Avoiding(state, first.Lease).Avoid : state.Avoid;
        return new(
            state with { Twin = new JobTwin.Offered(now.AddSeconds(Limits.OfferRepeatSeconds)) },
            [new JobEffect.ToDispatcher(OfferOf(state, -Limits.PriorityMax, avoid))]);
    }
}
