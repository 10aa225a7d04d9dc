using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Defects of second runs and of preemption.</summary>
internal static partial class Mutants
{
    private sealed class TwinFenceDropped : SimRules
    {
        // Whichever run ends, the second one gets the credit.
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            message is JobMessage.Finished m && state is { Stage: JobStage.Running, Twin.Held: { } second }
                ? base.Job(state, m with { Lease = second }, now)
                : base.Job(state, message, now);
    }

    private sealed class ManyTwins : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            base.Job(message is JobMessage.Speculate ? state with { Twin = null } : state, message, now);
    }

    private sealed class LoserRunsOn : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now)
        {
            var decision = base.Job(state, message, now);
            return message is JobMessage.Finished && state.Twin?.Held is not null
                ? decision with
                {
                    Effects = [.. decision.Effects.Where(e => e is not (JobEffect.ToNode { Message: NodeMessage.Cancel } or JobEffect.ToDispatcher { Message: DispatchMessage.Ended }))],
                }
                : decision;
        }
    }

    private sealed class StoppedIsBelieved : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) => base.Job(state with { StoppedUpTo = 0 }, message, now);
    }

    private sealed class PreemptionIsLoss : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) =>
            message is JobMessage.Preempt m && state.Stage is JobStage.Running s && s.Lease.Attempt == m.Attempt
                ? base.Job(state, new JobMessage.NodeGone(s.Lease.Node), now)
                : base.Job(state, message, now);
    }

    private sealed class NoLearning : SimRules
    {
        public override TimeSpan DispatcherHeadStart => TimeSpan.FromMinutes(1);
    }

    private sealed class ClaimIgnored : SimRules
    {
        public override bool MayPublish(long term, long claimed) => true;
    }
}
