using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Defects of the job: fences, leases and repetitions.</summary>
internal static partial class Mutants
{
    private static Lease? CurrentOf(JobState state) => state.Stage switch
    {
        JobStage.Granted s => s.Lease,
        JobStage.Running s => s.Lease,
        _ => null,
    };

    private sealed class FenceDropped : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            base.Job(state, message is JobMessage.Finished m && CurrentOf(state) is { } lease ? m with { Lease = lease } : message, now);
    }

    private sealed class AttemptNotIncreased : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now)
        {
            var decision = base.Job(state, message, now);
            return message is JobMessage.Assign ? decision with { State = decision.State with { NextAttempt = state.NextAttempt } } : decision;
        }
    }

    private sealed class SettledOnce : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            message is JobMessage.Tick && state.Stage is JobStage.Settling s
                ? new(state with { Stage = s with { RepeatAt = DateTimeOffset.MaxValue.AddYears(-1) } }, [])
                : base.Job(state, message, now);
    }

    private sealed class AckBeforeCommit : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now)
        {
            var decision = base.Job(state, message, now);
            return decision.State.Stage is JobStage.Settling { Reported: true } s && state.Stage is not JobStage.Settling
                ? decision with { Effects = decision.Effects.Add(new JobEffect.ToNode(s.Lease.Node, new NodeMessage.Ack(s.Lease, AckKind.Taken))) }
                : decision;
        }
    }

    private sealed class CarelessAdoption : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now)
        {
            var decision = base.Job(state with { CountedOut = 0 }, message, now);
            return decision with { State = decision.State with { CountedOut = Math.Max(decision.State.CountedOut, state.CountedOut) } };
        }
    }

    private sealed class SecondAssignment : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            message is JobMessage.Assign assign && CurrentOf(state) is not null
                ? base.Job(state with { Stage = new JobStage.Offered(now), NextAttempt = assign.Offer }, message, now)
                : base.Job(state, message, now);
    }

    private sealed class EternalLease : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            message is JobMessage.Tick && state.Stage is JobStage.Running s
                ? new(state with { Stage = s with { Until = now.AddYears(1), EndsAt = now.AddYears(1), LateAt = null } }, [])
                : base.Job(state, message, now);
    }

    private sealed class EternalGrant : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) => (message, state.Stage) switch
        {
            (JobMessage.Tick, JobStage.Granted s) => new(state with { Stage = s with { Until = now.AddYears(1), RepeatAt = now.AddYears(1) } }, []),
            (JobMessage.Refused, JobStage.Granted) => new(state, []),
            _ => base.Job(state, message, now),
        };
    }

    private sealed class OfferOnce : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            message is JobMessage.Tick && state.Stage is JobStage.Offered
                ? new(state with { Stage = new JobStage.Offered(now.AddYears(1)) }, [])
                : base.Job(state, message, now);
    }

    private sealed class LateReportUnanswered : SimRules
    {
        public override ImmutableArray<JobEffect> AnswerForNone(JobMessage message) =>
            message is JobMessage.Finished or JobMessage.Failed ? [] : base.AnswerForNone(message);
    }
}
