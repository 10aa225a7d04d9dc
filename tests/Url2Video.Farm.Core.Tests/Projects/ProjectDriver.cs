using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

/// <summary>Drives one project by hand: every turn is committed at once, and all facts and effects are kept.</summary>
internal sealed class ProjectDriver(IPlanning planning, DateTimeOffset now)
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ProjectLogic _logic = new(planning);

    public ProjectDriver() : this(new SimPlanning(), Noon)
    {
    }

    public ProjectId Id { get; } = new("prj_test");

    public ProjectState State { get; private set; } = new(new ProjectId("prj_test"));

    public List<ProjectEvent> Journal { get; } = [];

    /// <summary>Jobs started and not yet settled well, by name.</summary>
    public SortedDictionary<string, ProjectEffect.StartJob> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>A project with that many scenes (one in five silent) and chunks, told to begin.</summary>
    public static ProjectDriver Ordered(int scenes, int chunks, bool direct = true)
    {
        var driver = new ProjectDriver();
        driver.Take(new Submit(SimFilm.Request(scenes, chunks, direct)));
        return driver;
    }

    /// <summary>As <see cref="Ordered"/>, with everything done up to the plan.</summary>
    public static ProjectDriver Rendering(int chunks)
    {
        var driver = Ordered(1, chunks);
        driver.FinishOpen();
        driver.FinishOpen();
        Assert.Equal(ProjectPhase.Rendering, driver.State.Phase);
        return driver;
    }

    public ProjectDecision Take(params ImmutableArray<ProjectMessage> messages)
    {
        var decision = _logic.Decide(State, messages, now);
        State = decision.Events.Aggregate(State, (state, fact) => state.Apply(fact));
        Journal.AddRange(decision.Events);
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case ProjectEffect.StartJob e: Open[e.Spec.Id.Name] = e; break;
                case ProjectEffect.StopJobs: Open.Clear(); break;
                case ProjectEffect.AckJob { Verdict: JobVerdict.Done or JobVerdict.Dead } e: Open.Remove(e.Job.Name); break;
            }
        }

        return decision;
    }

    public JobSettled Finished(string job, long? attempt = null)
    {
        var first = Open[job].FirstAttempt;
        return new JobSettled(new JobId(Id, job), State.Term, attempt ?? first, Node, new JobOutcome.Finished(SimFilm.ResultOf(Open[job].Spec, 1)));
    }

    public JobSettled Failed(string job, long attempt, bool retryable = true) => new(
        new JobId(Id, job), State.Term, attempt, Node, new JobOutcome.Failed(new(Errors.ErrorCodes.MediaFailed, "broken", Retryable: retryable)));

    public JobSettled Lost(string job, long attempt) => new(new JobId(Id, job), State.Term, attempt, Node, new JobOutcome.Lost(LossReason.Silent));

    public long FirstAttempt => AttemptNumber.FirstOf(State.Term);

    /// <summary>Finishes all open jobs in one turn.</summary>
    public ProjectDecision FinishOpen() => Take([.. Open.Keys.Select(job => Finished(job))]);

    public string[] OpenNames => [.. Open.Keys];

    private static NodeIncarnation Node { get; } = new(new NodeId("node"), 1);
}
