using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using static Url2Video.Farm.Core.Jobs.JobEffect;
using static Url2Video.Farm.Core.Jobs.JobStage;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>The steps that several rules of a job share: offering, settling, stopping.</summary>
internal static class JobTurns
{
    /// <summary>Stands in the lease of an end that no node had a part in.</summary>
    public static readonly NodeIncarnation Nobody = new(new NodeId(""), 0);

    public static JobDecision Offer(JobState state, DateTimeOffset now)
    {
        if (AttemptNumber.IsOtherRound(state.FirstAttempt, state.NextAttempt))
        {
            // 2¹⁶ grants without an end: no number is left for this machine, and one of the next must never be used.
            var last = new Lease(state.Spec.Id, state.NextAttempt - 1, Nobody);
            return Settle(state, last, new JobOutcome.Failed(NoGrantsLeft(state.Spec)), reported: false, now);
        }

        var offer = OfferOf(state, priority: 0, state.Avoid);
        return new(state with { Stage = new Offered(now.AddSeconds(Limits.OfferRepeatSeconds)) }, [new ToDispatcher(offer)]);
    }

    public static DispatchMessage.Offer OfferOf(JobState state, int priority, ImmutableArray<NodeId> avoid) => new(
        state.Spec.Id, state.NextAttempt, state.Spec.Needs, state.Spec.Weight, priority, state.EnqueuedAt, JobCost.Of(state.Spec.Work))
    {
        Band = state.Spec.Band,
        Tenant = state.Spec.Tenant,
        Limits = state.Spec.Limits,
        Avoid = avoid,
        ReservedBy = state.Reserve?.Node,
        ReservesLeft = priority < 0 || !state.Spec.Limits.IsEmpty ? 0 : state.ReservesLeft,
    };

    public static JobDecision Settle(JobState state, Lease lease, JobOutcome outcome, bool reported, DateTimeOffset now)
    {
        var busy = state.Stage switch
        {
            Running s when s.Lease == lease => BusyMillis(s.Since, now),
            Settling s => s.BusyMillis,
            _ => 0,
        };
        return new(
            state with { Stage = new Settling(lease, outcome, reported, now.AddMilliseconds(Limits.ResendMillis)) { BusyMillis = busy } },
            [new ToProject(new ProjectMessage.JobSettled(
                lease.Job, state.Term, lease.Attempt, lease.Node == Nobody ? null : lease.Node, outcome))]);
    }

    public static Running Run(JobState state, Lease lease, DispatcherId? by, DateTimeOffset now) =>
        RunSince(state, lease, by, now, now.AddSeconds(Limits.LeaseSecondsMax));

    public static Running RunSince(JobState state, Lease lease, DispatcherId? by, DateTimeOffset since, DateTimeOffset until) =>
        new(lease, by, until, since.AddSeconds(state.Spec.SecondsMax))
        {
            Since = since,
            LateAt = since.AddSeconds(state.Spec.SecondsMax * (Limits.LatePercent / 100.0)),
        };

    /// <summary>Keeps the next offers away from the node that had this lease.</summary>
    public static JobState Avoiding(JobState state, Lease lease)
    {
        if (lease.Node == Nobody || lease.Node.Node.Value.Length == 0)
        {
            return state;
        }

        var avoid = state.Avoid.Remove(lease.Node.Node).Add(lease.Node.Node);
        return state with { Avoid = avoid.Length > Limits.AvoidedNodesMax ? avoid.RemoveAt(0) : avoid };
    }

    public static long BusyMillis(DateTimeOffset since, DateTimeOffset now) => Math.Max(0, (long)(now - since).TotalMilliseconds);

    public static ToDispatcher Ended(Lease lease, EndKind kind, string? code, long busyMillis) =>
        new(new DispatchMessage.Ended(lease.Job, lease.Attempt, lease.Node, kind, code, busyMillis));

    /// <summary>The same decision; every end in it tells who pays for what.</summary>
    public static JobDecision Billed(JobSpec spec, JobDecision decision) => !decision.Effects.Any(IsEnd) ? decision : decision with
    {
        Effects = [.. decision.Effects.Select(e => e is ToDispatcher { Message: DispatchMessage.Ended ended }
            ? new ToDispatcher(ended with { Tenant = spec.Tenant, Gpus = Need.GpusOf(spec.Needs) })
            : e)],
    };

    public static ToOneDispatcher Taken(Lease lease, DispatcherId by) =>
        new(by, new DispatchMessage.Taken(lease.Job, lease.Attempt, lease.Node));

    public static ToDispatcher Withdraw(JobState state) => new(new DispatchMessage.Withdraw(state.Spec.Id, state.NextAttempt));

    public static ToNode Stop(Lease lease) => new(lease.Node, new NodeMessage.Cancel(lease));

    public static ToNode Forget(Lease lease, AckKind kind) => new(lease.Node, new NodeMessage.Ack(lease, kind));

    public static ToNode Grant(JobState state, Lease lease) => new(lease.Node, new NodeMessage.Grant(lease, state.Spec));

    public static TimeSpan Backoff(int millis, int millisMax, int times) =>
        TimeSpan.FromMilliseconds(Math.Min(millisMax, (long)millis << Math.Min(times, 20)));

    private static bool IsEnd(JobEffect effect) => effect is ToDispatcher { Message: DispatchMessage.Ended };

    private static FarmError NoGrantsLeft(JobSpec spec) => new(
        ErrorCodes.JobDead,
        $"Job {spec.Id.Name} was granted {AttemptNumber.GrantsPerRoundMax} times and never begun.",
        "Retry the project.");
}
