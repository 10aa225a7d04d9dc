using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Planted defects, each of the kind that somebody could really write. The simulator has to find every one.</summary>
internal static class Mutants
{
    public static readonly ImmutableSortedDictionary<string, Func<SimRules>> All = new Dictionary<string, Func<SimRules>>
    {
        ["fence dropped"] = () => new FenceDropped(),
        ["attempt not increased"] = () => new AttemptNotIncreased(),
        ["term not increased"] = () => new TermNotIncreased(),
        ["effects before commit"] = () => new EffectsBeforeCommit(),
        ["journal version not checked"] = () => new VersionUnchecked(),
        ["settled only once"] = () => new SettledOnce(),
        ["node acknowledged before the commit"] = () => new AckBeforeCommit(),
        ["losses counted as failures"] = () => new LossIsFailure(),
        ["resume forgets open jobs"] = () => new ForgetfulResume(),
        ["window ignored"] = () => new WindowIgnored(),
        ["published out of order"] = () => new PublishedOutOfOrder(),
        ["playlist before its files"] = () => new PlaylistFirst(),
        ["publisher born again names less"] = () => new PublisherForgetsThePast(),
        ["published before visible"] = () => new SaidTooEarly(),
        ["adoption without a look at the journal"] = () => new CarelessAdoption(),
        ["second assignment accepted"] = () => new SecondAssignment(),
        ["lease never expires"] = () => new EternalLease(),
        ["grant never given up"] = () => new EternalGrant(),
        ["offer said once"] = () => new OfferOnce(),
        ["finished job taken again"] = () => new FinishedAgain(),
        ["late report not answered"] = () => new LateReportUnanswered(),
        ["node takes more than its slots"] = () => new OverfullNode(),
        ["repeated grant worked again"] = () => new GrantWorkedTwice(),
        ["report sent once"] = () => new ReportOnce(),
        ["fatal error tried again"] = () => new FatalRetried(),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

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

    private sealed class TermNotIncreased : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var former = state with { Term = state.Term - 1 };
            return messages is [ProjectMessage.Recovered] && state.IsWorking ? base.Project(former, messages, now) : base.Project(state, messages, now);
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
                ? new(state with { Stage = s with { Until = now.AddYears(1), EndsAt = now.AddYears(1) } }, [])
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

    private sealed class LateReportUnanswered : SimRules
    {
        public override ImmutableArray<JobEffect> AnswerForNone(JobMessage message) =>
            message is JobMessage.Finished or JobMessage.Failed ? [] : base.AnswerForNone(message);
    }

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

    private sealed class FatalRetried : SimRules
    {
        public override ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now)
        {
            var decision = base.Project(state, messages, now);
            var fatal = decision.Events.OfType<ProjectEvent.AttemptFailed>().Any(e => !e.Error.Retryable);
            return fatal ? decision with { Events = [.. decision.Events.Where(e => e is not (ProjectEvent.JobDied or ProjectEvent.Failed))] } : decision;
        }
    }
}
