using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Defects in what happens to lost results and to jobs that are suspected or excused.</summary>
internal static partial class Mutants
{
    private sealed class LossUnnoticed : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            return decision.Events.Any(e => e is ProjectEvent.ResultsLost)
                ? decision with
                {
                    Events = [.. decision.Events.Where(e => e is not ProjectEvent.ResultsLost)],
                    Effects = [.. decision.Effects.Where(e => e is not ProjectEffect.StartJob)],
                }
                : decision;
        }
    }

    private sealed class RoundNotRaised : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            return decision with
            {
                Effects =
                [
                    .. decision.Effects.Select(e => e is ProjectEffect.StartJob s
                        ? s with { FirstAttempt = AttemptNumber.FirstOf(AttemptNumber.TermOf(s.FirstAttempt)) }
                        : e),
                ],
            };
        }
    }

    private sealed class ExcuseIsFailure : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            return decision with
            {
                Events =
                [
                    .. decision.Events.Select(e => e is ProjectEvent.AttemptExcused x
                        ? new ProjectEvent.AttemptFailed(x.Job, x.Attempt, x.Node, x.Error, x.At)
                        : e),
                ],
            };
        }
    }

    private sealed class PoisonGoesOn : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            return decision.Events.Any(e => e is ProjectEvent.JobDied { Job: { Error.Code: ErrorCodes.JobDead, Lost: < Limits.LostPerJobMax } })
                ? decision with { Events = [.. decision.Events.Where(e => e is not (ProjectEvent.JobDied or ProjectEvent.Failed))] }
                : decision;
        }
    }
}
