using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Defects of what nodes hold in reserve.</summary>
internal static partial class Mutants
{
    private sealed class CancelledReserveBegun : SimRules
    {
        public override NodeDecision Node(NodeState state, NodeMessage message, DateTimeOffset now)
        {
            var decision = base.Node(state, message, now);
            return message is NodeMessage.Cancel ? decision with { State = decision.State with { Reserves = state.Reserves } } : decision;
        }
    }

    private sealed class ReserveKeptThroughAGrant : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now)
        {
            var decision = base.Job(state, message, now);
            return message is JobMessage.Assign && state.Reserve is { } reserve
                ? decision with { Effects = [.. decision.Effects.Where(e => e is not JobEffect.ToNode { Message: NodeMessage.Cancel c } || c.Lease != reserve)] }
                : decision;
        }
    }

    // The reserve has the number of the offer that stands.
    private sealed class ReserveOfAGrantsNumber : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now)
        {
            var decision = base.Job(state, message, now);
            return message is JobMessage.Reserve && state.Reserve is null && decision.State.Reserve is not null
                ? new(decision.State with { NextAttempt = state.NextAttempt }, [.. decision.Effects.Where(e => e is JobEffect.ToNode)])
                : decision;
        }
    }

    private sealed class TakenBackReserveBelieved : SimRules
    {
        public override JobDecision Job(JobState state, JobMessage message, DateTimeOffset now)
        {
            var decision = base.Job(state, message, now);
            return state.Reserve is not null && decision.State.Reserve is null
                ? decision with { State = decision.State with { StoppedUpTo = state.StoppedUpTo } }
                : decision;
        }
    }
}
