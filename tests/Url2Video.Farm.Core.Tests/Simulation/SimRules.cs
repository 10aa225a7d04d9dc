using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>The machines as the simulated shells call them. A mutant overrides one of them; the product knows nothing of mutants.</summary>
internal class SimRules
{
    protected ProjectLogic Logic { get; } = new(new SimPlanning());

    /// <summary>The shell commits before it acts.</summary>
    public virtual bool CommitsFirst => true;

    /// <summary>The journal refuses an append after a version that is not its last.</summary>
    public virtual bool ChecksVersion => true;

    /// <summary>The publisher says "published" when the files are visible.</summary>
    public virtual bool PublishesBeforeSaying => true;

    /// <summary>Whether a publisher of this term may write where another term has claimed the output.</summary>
    public virtual bool MayPublish(long term, long claimed) => OutputClaim.MayWrite(term, claimed);

    /// <summary>How long a new dispatcher believes to have lived.</summary>
    public virtual TimeSpan DispatcherHeadStart => TimeSpan.Zero;

    public virtual ProjectDecision Project(ProjectState state, ImmutableArray<ProjectMessage> messages, DateTimeOffset now) =>
        Logic.Decide(state, messages, now);

    public virtual JobDecision StartJob(JobSpec spec, long firstAttempt, long countedOut, TimeSpan grace, DateTimeOffset now, ImmutableArray<NodeId> avoid) =>
        JobLogic.Start(spec, firstAttempt, countedOut, grace, now, avoid);

    public virtual JobDecision Job(JobState state, JobMessage message, DateTimeOffset now) => JobLogic.Decide(state, message, now);

    public virtual ImmutableArray<JobEffect> AnswerForNone(JobMessage message) => JobLogic.AnswerForNone(message);

    public virtual (PublishState State, ImmutableArray<PublishEffect> Effects) Publish(
        PublishState state, ReadOnlySpan<PublishInput> inputs) => PublishLogic.Decide(state, inputs);

    public virtual NodeDecision Node(NodeState state, NodeMessage message, DateTimeOffset now) => NodeLogic.Decide(state, message, now);
}
