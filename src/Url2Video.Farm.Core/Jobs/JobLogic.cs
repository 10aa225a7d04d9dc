using System.Collections.Immutable;
using System.Diagnostics;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using static Url2Video.Farm.Core.Jobs.JobEffect;
using static Url2Video.Farm.Core.Jobs.JobMessage;
using static Url2Video.Farm.Core.Jobs.JobStage;
using static Url2Video.Farm.Core.Jobs.JobTurns;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>
/// One job's way from offer to settlement. Pure. The rules of the lease:
/// <list type="bullet">
/// <item>Each grant has a higher attempt than any before it, and at most one lease is current; with a second run beside the first
/// (<see cref="JobTwin"/>) at most two.</item>
/// <item>Only a current lease may end the job, with one exception, <b>adoption</b>: while nobody holds the job (waiting or offered), a
/// lease that was granted (below <see cref="JobState.NextAttempt"/>) and is not counted out in the journal (above
/// <see cref="JobState.CountedOut"/>) becomes the current one when its node speaks up. That is how work survives the death of a project's
/// process: its successor knows of no lease, and adopts what nodes hold. Equal keys give equal bytes, so a result must name its key. A node
/// that was told to stop (<see cref="JobState.StoppedUpTo"/>) is only believed when it has finished. A reserve (<see cref="ReserveRules"/>)
/// lives by this rule, too.</item>
/// <item>An end is told to the node only after the project has taken it into its journal.</item>
/// </list>
/// </summary>
public static class JobLogic
{
    /// <param name="firstAttempt">Above every attempt of an earlier term.</param>
    /// <param name="countedOut">See <see cref="JobState.CountedOut"/>.</param>
    /// <param name="grace">How long to wait for a node that may hold the job before it is offered.</param>
    /// <param name="avoid">Nodes that failed it before this machine was there.</param>
    public static JobDecision Start(
        JobSpec spec, long firstAttempt, long countedOut, TimeSpan grace, DateTimeOffset now, ImmutableArray<NodeId> avoid = default)
    {
        // What was made before and is lost is missed by jobs that would else go before it, fail, and come again: with few slots for ever.
        var since = AttemptNumber.IsFirstRound(firstAttempt) ? now : now.AddHours(-Limits.RemakeBoostHours);
        var state = new JobState(spec, AttemptNumber.TermOf(firstAttempt), firstAttempt, countedOut, since, new Waiting(now + grace))
        {
            Avoid = avoid.IsDefault ? [] : avoid,
        };
        return grace > TimeSpan.Zero ? new(state, []) : Offer(state, now);
    }

    public static JobDecision Decide(JobState state, JobMessage message, DateTimeOffset now) =>
        JobTurns.Billed(state.Spec, state.Reserve is null ? Judge(state, message, now) : ReserveRules.Decide(state, message, now));

    internal static JobDecision Judge(JobState state, JobMessage message, DateTimeOffset now) => message switch
    {
        Assign m => OnAssign(state, m, now),
        Accepted m => OnAlive(state, m.Lease, null, now),
        Held m => OnAlive(state, m.Lease, m, now),
        Refused m => OnRefused(state, m, now),
        Finished m => OnReport(state, m.Lease, m.Key, new JobOutcome.Finished(m.Result), now),
        JobMessage.Failed m => OnReport(state, m.Lease, m.Key, new JobOutcome.Failed(m.Error), now),
        NodeGone m => OnNodeGone(state, m.Node, now),
        Settled m => OnSettled(state, m, now),
        Cancel => JobOrders.OnCancel(state, now),
        Reserve m => ReserveRules.OnReserve(state, m, now),
        Unreserve m => ReserveRules.OnUnreserve(state, m.Node, now),
        Preempt m => JobOrders.OnPreempt(state, m, now),
        Kill => JobOrders.OnKill(state, now),
        Hasten => JobOrders.OnHasten(state, now),
        Respec m => JobOrders.OnRespec(state, m.Spec, now),
        Wake => state.Stage is Waiting && state.CountedOut > 0 ? Offer(state, now) : new(state, []),
        Speculate => TwinRules.Begin(state, now),
        Tick => OnTick(state, now),
        _ => throw new UnreachableException($"No rule for {message.GetType().Name}."),
    };

    /// <summary>
    /// What to answer for a job that has no machine: it is finished, dead or not wanted. Right only when the project has recovered and
    /// carried out <see cref="ProjectLogic.Resume"/>, because every open job has a machine then.
    /// </summary>
    public static ImmutableArray<JobEffect> AnswerForNone(JobMessage message) => message switch
    {
        Assign m => [new ToOneDispatcher(m.Dispatcher, new DispatchMessage.Released(m.Job, m.Offer, m.Node))],
        Accepted m => [Stop(m.Lease)],
        Held m => [Stop(m.Lease)],
        Finished m => [Forget(m.Lease, AckKind.Stale)],
        JobMessage.Failed m => [Forget(m.Lease, AckKind.Stale)],
        _ => [],
    };

    private static JobDecision OnAssign(JobState state, Assign m, DateTimeOffset now)
    {
        if (m.Offer == state.NextAttempt && state.Stage is Offered)
        {
            return Grant(state, m, now);
        }

        if (m.Offer == state.NextAttempt && state.Twin is JobTwin.Offered)
        {
            return TwinRules.OnAssign(state, m, now);
        }

        bool Is(DispatcherId? by, Lease lease) => by == m.Dispatcher && lease.Attempt == m.Offer && lease.Node == m.Node;
        var isGranted = (state.Stage is Granted g && Is(g.By, g.Lease)) || (state.Twin is JobTwin.Granted tg && Is(tg.By, tg.Lease));
        var isRunning = (state.Stage is Running r && Is(r.By, r.Lease)) || (state.Twin is JobTwin.Running tr && Is(tr.By, tr.Lease));
        DispatchMessage answer = isRunning
            ? new DispatchMessage.Taken(m.Job, m.Offer, m.Node)
            : new DispatchMessage.Released(m.Job, m.Offer, m.Node);
        return isGranted ? new(state, []) : new(state, [new ToOneDispatcher(m.Dispatcher, answer)]);
    }

    private static JobDecision Grant(JobState state, Assign m, DateTimeOffset now)
    {
        var lease = new Lease(state.Spec.Id, state.NextAttempt, m.Node);
        var stage = new Granted(lease, m.Dispatcher, now.AddSeconds(Limits.GrantSecondsMax), now.AddMilliseconds(Limits.ResendMillis));
        return new(state with { NextAttempt = state.NextAttempt + 1, Stage = stage }, [JobTurns.Grant(state, lease)]);
    }

    private static JobDecision OnAlive(JobState state, Lease lease, Held? told, DateTimeOffset now)
    {
        if (TwinRules.Has(state, lease))
        {
            return TwinRules.OnAlive(state, now);
        }

        switch (state.Stage)
        {
            case Granted s when s.Lease == lease:
                return new(state with { Refusals = 0, Stage = Run(state, lease, s.By, now) }, [Taken(s.Lease, s.By)]);
            case Running s when s.Lease == lease:
                var later = s with { Until = now.AddSeconds(Limits.LeaseSecondsMax) };
                return new(
                    state with { Stage = later }, told is null ? [] : [new Progress(state.Spec.Id, told.ProgressPermille) { Line = told.Line }]);
            case Settling s when s.Lease == lease:
                return new(state, []); // The verdict will tell the node.
            case Waiting or Offered when MayAdopt(state, lease) && lease.Attempt > state.StoppedUpTo:
                return Adopt(state, Run(state, lease, null, now));
            default:
                // What it said before it hears of this must not make its lease the current one later.
                var isOurs = lease.Attempt < state.NextAttempt;
                return new(isOurs ? state with { StoppedUpTo = Math.Max(state.StoppedUpTo, lease.Attempt) } : state, [Stop(lease)]);
        }
    }

    private static JobDecision OnRefused(JobState state, Refused m, DateTimeOffset now)
    {
        if (TwinRules.Has(state, m.Lease))
        {
            return TwinRules.OnRefused(state, now);
        }

        switch (state.Stage)
        {
            case Granted s when s.Lease == m.Lease:
                // Taken, not released: the dispatcher must hear from the node itself before it tries that slot again.
                var pause = Backoff(Limits.RefusalBackoffMillis, Limits.RefusalBackoffMillisMax, state.Refusals);
                return new(state with { Refusals = state.Refusals + 1, Stage = new Waiting(now + pause) }, [Taken(s.Lease, s.By)]);
            case Running s when s.Lease == m.Lease:
                return EndFirst(state, m.Lease, new JobOutcome.Lost(LossReason.Forgotten), reported: false, now);
            default:
                return new(state, []);
        }
    }

    private static JobDecision OnReport(JobState state, Lease lease, JobKey key, JobOutcome outcome, DateTimeOffset now)
    {
        var isOurs = key == state.Spec.Key;
        if (isOurs && TwinRules.Has(state, lease))
        {
            return TwinRules.OnReport(state, lease, outcome, now);
        }

        switch (state.Stage)
        {
            case Granted s when s.Lease == lease && isOurs:
                var granted = EndFirst(state, lease, outcome, reported: true, now);
                return granted with { Effects = [Taken(s.Lease, s.By), .. granted.Effects] };
            case Running s when s.Lease == lease && isOurs:
                return EndFirst(state, lease, outcome, reported: true, now);
            case Settling { Reported: true } s when s.Lease == lease:
                return new(state, []); // The verdict will tell the node.
            case Waiting or Offered when isOurs && MayAdopt(state, lease) && (outcome is JobOutcome.Finished || lease.Attempt > state.StoppedUpTo):
                var adopted = Adopt(state, state.Stage);
                var settled = Settle(adopted.State, lease, outcome, reported: true, now);
                return settled with { Effects = [.. adopted.Effects, .. settled.Effects] };
            default:
                return new(state, [Forget(lease, AckKind.Stale)]);
        }
    }

    private static JobDecision OnNodeGone(JobState state, NodeIncarnation gone, DateTimeOffset now)
    {
        if (state.Twin?.Held is { } twin && twin.Node.IsOverWith(gone))
        {
            return TwinRules.OnNodeGone(state, now); // Never on the node of the first run.
        }

        return state.Stage switch
        {
            Granted s when s.Lease.Node.IsOverWith(gone) => Offer(state, now), // It had not begun: nobody's fault, nothing to count.
            Running s when s.Lease.Node.IsOverWith(gone) => EndFirst(state, s.Lease, new JobOutcome.Lost(LossReason.NodeGone), reported: false, now),
            _ => new(state, []),
        };
    }

    /// <summary>The end of the run in <see cref="JobState.Stage"/>. A twin that a node has stays until it is known whether it is needed.</summary>
    private static JobDecision EndFirst(JobState state, Lease lease, JobOutcome outcome, bool reported, DateTimeOffset now)
    {
        var alone = outcome is JobOutcome.Finished || state.Twin is JobTwin.Offered ? TwinRules.Drop(state, now) : new(state, []);
        var settled = Settle(alone.State, lease, outcome, reported, now);
        return settled with { Effects = [.. alone.Effects, .. settled.Effects] };
    }

    private static JobDecision OnSettled(JobState state, Settled m, DateTimeOffset now)
    {
        if (m.Term != state.Term || state.Stage is not Settling s || s.Lease.Attempt != m.Attempt)
        {
            return new(state, []);
        }

        var inJournal = m.Verdict is JobVerdict.Done || (m.Verdict is JobVerdict.Again && s.Outcome is JobOutcome.Failed);
        ImmutableArray<JobEffect> told = [.. JobOrders.Release(s, inJournal ? AckKind.Taken : AckKind.Stale), .. EndedOf(s, m.Verdict)];
        if (m.Verdict is not JobVerdict.Again again)
        {
            var alone = TwinRules.Drop(state, now);
            return new(alone.State with { Stage = new Over() }, [.. told, .. alone.Effects, new JobEffect.Stop()]);
        }

        var next = AfterTrouble(state, s) with
        {
            // A result that the project will not have must not come back from wherever it is kept.
            Spec = s.Outcome is JobOutcome.Finished ? state.Spec with { WorkAnew = true } : state.Spec,
            CountedOut = Math.Max(state.CountedOut, m.Attempt),
        };
        return new(TwinRules.Promote(next) ?? next with { Stage = new Waiting(now + again.Delay) }, told);
    }

    // A node that ended and came back is as good as any, and idle: only when the job is lost there again it is suspected. And what was in work
    // goes before what was not: chunks of a film are all of one age.
    private static JobState AfterTrouble(JobState state, Settling s) =>
        s.Outcome is JobOutcome.Lost { Reason: LossReason.NodeGone } && state.LostOnceOn != s.Lease.Node.Node
            ? state with { LostOnceOn = s.Lease.Node.Node, EnqueuedAt = state.EnqueuedAt.AddSeconds(-Limits.LostBoostSeconds) }
            : Avoiding(state, s.Lease);

    private static ImmutableArray<JobEffect> EndedOf(Settling s, JobVerdict verdict) => s switch
    {
        _ when s.Lease.Node == Nobody => [],
        { Outcome: JobOutcome.Finished } when verdict is JobVerdict.Again => [Ended(s.Lease, EndKind.Failed, ErrorCodes.ResultWrong, s.BusyMillis)],
        { Outcome: JobOutcome.Finished } => [Ended(s.Lease, EndKind.Finished, null, s.BusyMillis)],
        { Outcome: JobOutcome.Failed f } => [Ended(s.Lease, EndKind.Failed, f.Error.Code, s.BusyMillis)],
        _ => [Ended(s.Lease, EndKind.Lost, null, s.BusyMillis)],
    };

    private static JobDecision OnTick(JobState state, DateTimeOffset now)
    {
        if (state.Twin is { } twin && now >= twin.DueAt)
        {
            return TwinRules.OnTick(state, now); // What else is due is due still.
        }

        if (state.Stage.DueAt is not { } due || now < due)
        {
            return new(state, []);
        }

        switch (state.Stage)
        {
            case Waiting or Offered:
                return Offer(state, now);
            case Granted s when now >= s.Until:
                return Offer(state, now); // Should the node have begun after all, its next sign of life is adopted or stopped.
            case Granted s:
                return new(
                    state with { Stage = s with { RepeatAt = now.AddMilliseconds(Limits.ResendMillis) } }, [JobTurns.Grant(state, s.Lease)]);
            case Running s when now >= s.EndsAt:
                return EndFirst(state, s.Lease, new JobOutcome.Failed(TooLong(state.Spec)), reported: false, now);
            case Running s when now >= s.Until:
                return EndFirst(state, s.Lease, new JobOutcome.Lost(LossReason.Silent), reported: false, now);
            case Running s:
                var left = (int)Math.Max(0, (s.EndsAt - now).TotalSeconds);
                return new(
                    state with { Stage = s with { LateAt = null } },
                    [new ToNode(s.Lease.Node, new NodeMessage.Hurry(s.Lease, left)), new Late(state.Spec.Id, s.Lease.Node, state.Spec.SecondsMax)]);
            case Settling s:
                return Settle(state, s.Lease, s.Outcome, s.Reported, now);
            default:
                throw new UnreachableException($"No time is due in {state.Stage.GetType().Name}.");
        }
    }

    private static bool MayAdopt(JobState state, Lease lease) =>
        lease.Attempt > state.CountedOut && lease.Attempt < state.NextAttempt;

    // The number of the offer that is taken back is spent, so that a late assignment to it finds nobody.
    private static JobDecision Adopt(JobState state, JobStage stage) => new(
        state with { NextAttempt = state.NextAttempt + (state.Stage is Offered ? 1 : 0), Refusals = 0, Stage = stage },
        state.Stage is Offered ? [Withdraw(state)] : []);

    private static FarmError TooLong(JobSpec spec) => new(
        ErrorCodes.JobTimeout, $"Job {spec.Id.Name} was not done after {spec.SecondsMax} s.", "Retry on a faster node.", Retryable: true);
}
