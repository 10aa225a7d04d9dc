using System.Collections.Immutable;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Defects of the node.</summary>
internal static partial class Mutants
{
    private sealed class OverfullNode : SimRules
    {
        public override NodeDecision Node(NodeState state, NodeMessage message, DateTimeOffset now)
        {
            var decision = base.Node(state with { Slots = state.Slots + 2 }, message, now);
            return decision with { State = decision.State with { Slots = state.Slots } };
        }
    }

    private sealed class GrantWorkedTwice : SimRules
    {
        public override NodeDecision Node(NodeState state, NodeMessage message, DateTimeOffset now) =>
            base.Node(state with { Seen = SeenAttempts.None }, message, now);
    }

    private sealed class ReportOnce : SimRules
    {
        public override NodeDecision Node(NodeState state, NodeMessage message, DateTimeOffset now) =>
            base.Node(
                state with { Reports = state.Reports.ToImmutableSortedDictionary(r => r.Key, r => r.Value with { RepeatAt = now.AddYears(1) }, StringComparer.Ordinal) },
                message,
                now);
    }
}
