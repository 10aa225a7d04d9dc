using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Defects of the project and of the shell that commits for it.</summary>
internal static partial class Mutants
{
    private sealed class TermNotIncreased : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var former = state with { Term = state.Term - 1 };
            return messages is [ProjectMessage.Recovered] && state.IsWorking ? base.Project(former, messages, now) : base.Project(state, messages, now);
        }
    }

    private sealed class LossIsFailure : SimRules
    {
        private static readonly FarmError Error = new(ErrorCodes.MediaFailed, "lost", Retryable: true);

        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now) => base.Project(
            state,
            [.. messages.Select(m => m is ProjectMessage.JobSettled { Outcome: JobOutcome.Lost } s ? s with { Outcome = new JobOutcome.Failed(Error) } : m)],
            now);
    }

    private sealed class ForgetfulResume : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            var first = decision.Effects.FirstOrDefault(e => e is ProjectEffect.StartJob);
            return messages is [ProjectMessage.Recovered]
                ? decision with { Effects = [.. decision.Effects.Where(e => e is not ProjectEffect.StartJob || e == first)] }
                : decision;
        }
    }

    private sealed class WindowIgnored : SimRules
    {
        // Whatever is ready counts as published, so rendering runs away from the publisher.
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            var after = decision.Events.Aggregate(state, (s, e) => s.Apply(e));
            return decision with { Effects = decision.Effects.AddRange(Logic.Resume(after with { ChunksPublished = after.ChunksReady }).Where(e => e is ProjectEffect.StartJob)) };
        }
    }

    private sealed class FinishedAgain : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            foreach (var m in messages.OfType<ProjectMessage.JobSettled>())
            {
                if (m.Outcome is JobOutcome.Finished { Result: JobResult.Rendered r }
                    && JobNames.TryParse(m.Job.Name, out _, out var chunk) && chunk < state.Chunks.Count && state.Chunks[chunk] is not null)
                {
                    return decision with { Events = decision.Events.Add(new ProjectEvent.ChunksFinished([new FinishedChunk(chunk, m.Attempt, r.Rungs)])) };
                }
            }

            return decision;
        }
    }

    private sealed class FatalRetried : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            var fatal = decision.Events.OfType<ProjectEvent.AttemptFailed>().Any(e => !e.Error.Retryable);
            return fatal ? decision with { Events = [.. decision.Events.Where(e => e is not (ProjectEvent.JobDied or ProjectEvent.Failed))] } : decision;
        }
    }

    private sealed class EffectsBeforeCommit : SimRules
    {
        public override bool CommitsFirst => false;
    }

    private sealed class VersionUnchecked : SimRules
    {
        public override bool ChecksVersion => false;
    }
}
