using System.Collections.Immutable;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Defects of publication.</summary>
internal static partial class Mutants
{
    private sealed class PublishedOutOfOrder : SimRules
    {
        public override (PublishState State, ImmutableArray<PublishEffect> Effects) Publish(PublishState state, ReadOnlySpan<PublishInput> inputs)
        {
            var (next, effects) = base.Publish(state, inputs);
            return (next, [.. effects.OfType<PublishEffect.PutArtifact>().Reverse(), .. effects.Where(e => e is not PublishEffect.PutArtifact)]);
        }
    }

    private sealed class PlaylistFirst : SimRules
    {
        public override (PublishState State, ImmutableArray<PublishEffect> Effects) Publish(PublishState state, ReadOnlySpan<PublishInput> inputs)
        {
            var (next, effects) = base.Publish(state, inputs);
            return (next, [.. effects.OfType<PublishEffect.PutText>(), .. effects.Where(e => e is not PublishEffect.PutText)]);
        }
    }

    private sealed class PublisherForgetsThePast : SimRules
    {
        // Born again, it names only what is new to it.
        public override (PublishState State, ImmutableArray<PublishEffect> Effects) Publish(PublishState state, ReadOnlySpan<PublishInput> inputs)
        {
            foreach (var input in inputs)
            {
                (state, var effects) = base.Publish(state, [input]);
                if (!effects.IsEmpty)
                {
                    return (state, effects);
                }
            }

            return (state, []);
        }
    }

    private sealed class SaidTooEarly : SimRules
    {
        public override bool PublishesBeforeSaying => false;
    }
}
