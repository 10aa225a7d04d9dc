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

namespace Url2Video.Farm.Core.Jobs;

/// <summary>
/// One job's way from offer to settlement. Pure. The rules of the lease:
/// <list type="bullet">
/// <item>Each grant has a higher attempt than any before it, and at most one lease is current.</item>
/// <item>Only the current lease may end the job, with one exception, <b>adoption</b>: while nobody holds the job (waiting or offered), a
/// lease that was granted (below <see cref="JobState.NextAttempt"/>) and is not counted out in the journal (above
/// <see cref="JobState.CountedOut"/>) becomes the current one when its node speaks up. That is how work survives the death of a project's
/// process: its successor knows of no lease, and adopts what nodes hold. Equal keys give equal bytes, so a result must name its key.</item>
/// <item>An end is told to the node only after the project has taken it into its journal.</item>
/// </list>
/// </summary>
public static class JobLogic
{
    /// <summary>Stands in the lease of an end that no node had a part in.</summary>
    private static readonly NodeIncarnation Nobody = new(new NodeId(""), 0);

    /// <param name="firstAttempt">Above every attempt of an earlier term.</param>
    /// <param name="countedOut">See <see cref="JobState.CountedOut"/>.</param>
    /// <param name="grace">How long to wait for a node that may hold the job before it is offered.</param>
    public static JobDecision Start(JobSpec spec, long firstAttempt, long countedOut, TimeSpan grace, DateTimeOffset now)
    {
        var state = new JobState(spec, AttemptNumber.TermOf(firstAttempt), firstAttempt, countedOut, now, new Waiting(now + grace));
        return grace > TimeSpan.Zero ? new(state, []) : Offer(state, now);
    }

    public static JobDecision Decide(JobState state, JobMessage message, DateTimeOffset now) => message switch
    {
        Assign m => OnAssign(state, m, now),
        Accepted m => OnAlive(state, m.Lease, null, now),
        Held m => OnAlive(state, m.Lease, m.ProgressPermille, now),
        Refused m => OnRefused(state, m, now),
        Finished m => OnReport(state, m.Lease, m.Key, new JobOutcome.Finished(m.Result), now),
        JobMessage.Failed m => OnReport(state, m.Lease, m.Key, new JobOutcome.Failed(m.Error), now),
        NodeGone m => OnNodeGone(state, m.Node, now),
        Settled m => OnSettled(state, m, now),
        Cancel => OnCancel(state),
        Preempt => new(state, []),
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
        if (state.Stage is Offered && m.Offer == state.NextAttempt)
        {
            return Grant(state, m, now);
        }

        var repeated = state.Stage switch
        {
            Granted s => s.By == m.Dispatcher && s.Lease.Attempt == m.Offer && s.Lease.Node == m.Node,
            Running s => s.By == m.Dispatcher && s.Lease.Attempt == m.Offer && s.Lease.Node == m.Node,
            _ => false,
        };
        DispatchMessage answer = repeated
            ? new DispatchMessage.Taken(m.Job, m.Offer, m.Node)
            : new DispatchMessage.Released(m.Job, m.Offer, m.Node);
        return repeated && state.Stage is Granted ? new(state, []) : new(state, [new ToOneDispatcher(m.Dispatcher, answer)]);
    }

    private static JobDecision Grant(JobState state, Assign m, DateTimeOffset now)
    {
        var lease = new Lease(state.Spec.Id, state.NextAttempt, m.Node);
        var stage = new Granted(lease, m.Dispatcher, now.AddSeconds(Limits.GrantSecondsMax), now.AddMilliseconds(Limits.ResendMillis));
        return new(
            state with { NextAttempt = state.NextAttempt + 1, Stage = stage },
            [new ToNode(m.Node, new NodeMessage.Grant(lease, state.Spec))]);
    }

    private static JobDecision OnAlive(JobState state, Lease lease, int? progress, DateTimeOffset now)
    {
        var shown = progress is { } permille ? new Progress(state.Spec.Id, permille) : null;
        switch (state.Stage)
        {
            case Granted s when s.Lease == lease:
                return new(state with { Refusals = 0, Stage = Run(state, lease, s.By, now) }, [Taken(s.Lease, s.By)]);
            case Running s when s.Lease == lease:
                var later = s with { Until = now.AddSeconds(Limits.LeaseSecondsMax) };
                return new(state with { Stage = later }, shown is null ? [] : [shown]);
            case Settling s when s.Lease == lease:
                return new(state, []); // The verdict will tell the node.
            case Waiting or Offered when MayAdopt(state, lease):
                return Adopt(state, Run(state, lease, null, now));
            default:
                return new(state, [Stop(lease)]);
        }
    }

    private static JobDecision OnRefused(JobState state, Refused m, DateTimeOffset now)
    {
        switch (state.Stage)
        {
            case Granted s when s.Lease == m.Lease:
                // Taken, not released: the dispatcher must hear from the node itself before it tries that slot again.
                var pause = Backoff(Limits.RefusalBackoffMillis, Limits.RefusalBackoffMillisMax, state.Refusals);
                return new(state with { Refusals = state.Refusals + 1, Stage = new Waiting(now + pause) }, [Taken(s.Lease, s.By)]);
            case Running s when s.Lease == m.Lease:
                return Settle(state, m.Lease, new JobOutcome.Lost(LossReason.Forgotten), reported: false, now);
            default:
                return new(state, []);
        }
    }

    private static JobDecision OnReport(JobState state, Lease lease, JobKey key, JobOutcome outcome, DateTimeOffset now)
    {
        switch (state.Stage)
        {
            case Granted s when s.Lease == lease && key == state.Spec.Key:
                var granted = Settle(state, lease, outcome, reported: true, now);
                return granted with { Effects = [Taken(s.Lease, s.By), .. granted.Effects] };
            case Running s when s.Lease == lease && key == state.Spec.Key:
                return Settle(state, lease, outcome, reported: true, now);
            case Settling { Reported: true } s when s.Lease == lease:
                return new(state, []); // The verdict will tell the node.
            case Waiting or Offered when key == state.Spec.Key && MayAdopt(state, lease):
                var adopted = Adopt(state, state.Stage);
                var settled = Settle(adopted.State, lease, outcome, reported: true, now);
                return settled with { Effects = [.. adopted.Effects, .. settled.Effects] };
            default:
                return new(state, [Forget(lease, AckKind.Stale)]);
        }
    }

    private static JobDecision OnNodeGone(JobState state, NodeIncarnation gone, DateTimeOffset now)
    {
        bool Hit(Lease lease) => lease.Node.Node == gone.Node && lease.Node.Epoch <= gone.Epoch;
        return state.Stage switch
        {
            Granted s when Hit(s.Lease) => Offer(state, now), // It had not begun: nobody's fault, nothing to count.
            Running s when Hit(s.Lease) => Settle(state, s.Lease, new JobOutcome.Lost(LossReason.NodeGone), reported: false, now),
            _ => new(state, []),
        };
    }

    private static JobDecision OnSettled(JobState state, Settled m, DateTimeOffset now)
    {
        if (m.Term != state.Term || state.Stage is not Settling s || s.Lease.Attempt != m.Attempt)
        {
            return new(state, []);
        }

        var inJournal = m.Verdict is JobVerdict.Done || (m.Verdict is JobVerdict.Again && s.Outcome is JobOutcome.Failed);
        var tellNode = Release(s, inJournal ? AckKind.Taken : AckKind.Stale);
        return m.Verdict switch
        {
            JobVerdict.Again again => new(
                state with
                {
                    // A result that the project will not have must not come back from wherever it is kept.
                    Spec = s.Outcome is JobOutcome.Finished ? state.Spec with { WorkAnew = true } : state.Spec,
                    CountedOut = Math.Max(state.CountedOut, m.Attempt),
                    Stage = new Waiting(now + again.Delay),
                },
                tellNode),
            _ => new(state with { Stage = new Over() }, [.. tellNode, new JobEffect.Stop()]),
        };
    }

    private static JobDecision OnCancel(JobState state)
    {
        ImmutableArray<JobEffect> farewell = state.Stage switch
        {
            Offered => [Withdraw(state)],
            Granted s => [Stop(s.Lease)],
            Running s => [Stop(s.Lease)],
            Settling s => Release(s, AckKind.Stale),
            _ => [],
        };
        return new(state with { Stage = new Over() }, [.. farewell, new JobEffect.Stop()]);
    }

    private static JobDecision OnTick(JobState state, DateTimeOffset now)
    {
        if (state.DueAt is not { } due || now < due)
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
                    state with { Stage = s with { RepeatAt = now.AddMilliseconds(Limits.ResendMillis) } },
                    [new ToNode(s.Lease.Node, new NodeMessage.Grant(s.Lease, state.Spec))]);
            case Running s when now >= s.EndsAt:
                return Settle(state, s.Lease, new JobOutcome.Failed(TooLong(state.Spec)), reported: false, now);
            case Running s:
                return Settle(state, s.Lease, new JobOutcome.Lost(LossReason.Silent), reported: false, now);
            case Settling s:
                return Settle(state, s.Lease, s.Outcome, s.Reported, now);
            default:
                throw new UnreachableException($"No time is due in {state.Stage.GetType().Name}.");
        }
    }

    private static JobDecision Offer(JobState state, DateTimeOffset now)
    {
        if (AttemptNumber.TermOf(state.NextAttempt) != state.Term)
        {
            // 2²⁰ grants without an end: no number is left in this term, and a number of the next one must never be used.
            var last = new Lease(state.Spec.Id, state.NextAttempt - 1, Nobody);
            return Settle(state, last, new JobOutcome.Failed(NoGrantsLeft(state.Spec)), reported: false, now);
        }

        var offer = new DispatchMessage.Offer(
            state.Spec.Id, state.NextAttempt, state.Spec.Needs, Weight: 1, Priority: 0, state.EnqueuedAt, JobCost.Of(state.Spec.Work));
        return new(state with { Stage = new Offered(now.AddSeconds(Limits.OfferRepeatSeconds)) }, [new ToDispatcher(offer)]);
    }

    private static JobDecision Settle(JobState state, Lease lease, JobOutcome outcome, bool reported, DateTimeOffset now) => new(
        state with { Stage = new Settling(lease, outcome, reported, now.AddMilliseconds(Limits.ResendMillis)) },
        [new ToProject(new ProjectMessage.JobSettled(
            lease.Job, state.Term, lease.Attempt, lease.Node == Nobody ? null : lease.Node, outcome))]);

    private static ImmutableArray<JobEffect> Release(Settling s, AckKind kind) =>
        s.Lease.Node == Nobody ? [] : s.Reported ? [Forget(s.Lease, kind)] : [Stop(s.Lease)];

    private static bool MayAdopt(JobState state, Lease lease) =>
        lease.Attempt > state.CountedOut && lease.Attempt < state.NextAttempt;

    // The number of the offer that is taken back is spent, so that a late assignment to it finds nobody.
    private static JobDecision Adopt(JobState state, JobStage stage) => new(
        state with { NextAttempt = state.NextAttempt + (state.Stage is Offered ? 1 : 0), Refusals = 0, Stage = stage },
        state.Stage is Offered ? [Withdraw(state)] : []);

    private static Running Run(JobState state, Lease lease, DispatcherId? by, DateTimeOffset now) =>
        new(lease, by, now.AddSeconds(Limits.LeaseSecondsMax), now.AddSeconds(state.Spec.SecondsMax));

    private static TimeSpan Backoff(int millis, int millisMax, int times) =>
        TimeSpan.FromMilliseconds(Math.Min(millisMax, (long)millis << Math.Min(times, 20)));

    private static ToOneDispatcher Taken(Lease lease, DispatcherId by) =>
        new(by, new DispatchMessage.Taken(lease.Job, lease.Attempt, lease.Node));

    private static ToDispatcher Withdraw(JobState state) => new(new DispatchMessage.Withdraw(state.Spec.Id, state.NextAttempt));

    private static ToNode Stop(Lease lease) => new(lease.Node, new NodeMessage.Cancel(lease));

    private static ToNode Forget(Lease lease, AckKind kind) => new(lease.Node, new NodeMessage.Ack(lease, kind));

    private static FarmError TooLong(JobSpec spec) => new(
        ErrorCodes.JobTimeout, $"Job {spec.Id.Name} was not done after {spec.SecondsMax} s.", "Retry on a faster node.", Retryable: true);

    private static FarmError NoGrantsLeft(JobSpec spec) => new(
        ErrorCodes.JobDead,
        $"Job {spec.Id.Name} was granted {AttemptNumber.GrantsPerTermMax} times and never begun.",
        "Retry the project.");
}
