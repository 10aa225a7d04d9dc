using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Projects;

/// <summary>
/// The facts of a project's journal. What is stored outlives its code: a record here is never changed, a new version is a new
/// record with a new <see cref="Name"/>, and the old one stays foldable.
/// </summary>
public abstract record ProjectEvent
{
    private ProjectEvent() { }

    /// <summary>Stable name and version in the journal.</summary>
    public abstract string Name { get; }

    /// <summary>First event of every journal; opens term 1.</summary>
    public sealed record Submitted(ProjectRequest Request, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-submitted/1";
    }

    /// <summary>A new life of the project: attempts granted from here on are numbered above all earlier ones.</summary>
    public sealed record TermStarted(long Term, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-term-started/1";
    }

    public sealed record SourceIngested(long Attempt, JobResult.Ingested Result) : ProjectEvent
    {
        public override string Name => "project-source-ingested/1";
    }

    public sealed record StoryboardWritten(long Attempt, JobResult.Written Result) : ProjectEvent
    {
        public override string Name => "project-storyboard-written/1";
    }

    /// <summary>What was spoken and arrived in one turn.</summary>
    public sealed record ScenesSpoken(ImmutableArray<SpokenScene> Scenes) : ProjectEvent
    {
        public override string Name => "project-scenes-spoken/1";
    }

    /// <summary>The plan is a fact, not recomputed by a replay: a later planner must not move the chunks of a film half rendered.</summary>
    public sealed record Planned(FilmPlan Plan) : ProjectEvent
    {
        public override string Name => "project-planned/1";
    }

    /// <summary>What was rendered and arrived in one turn.</summary>
    public sealed record ChunksFinished(ImmutableArray<FinishedChunk> Chunks) : ProjectEvent
    {
        public override string Name => "project-chunks-finished/1";
    }

    public sealed record SoundMixed(long Attempt, JobResult.Mixed Result) : ProjectEvent
    {
        public override string Name => "project-sound-mixed/1";
    }

    public sealed record FilmAssembled(long Attempt, JobResult.Assembled Result) : ProjectEvent
    {
        public override string Name => "project-film-assembled/1";
    }

    /// <param name="Chunks">Chunks published so far, always the first ones.</param>
    public sealed record ChunksPublished(int Chunks) : ProjectEvent
    {
        public override string Name => "project-chunks-published/1";
    }

    public sealed record PublicationCompleted(DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-publication-completed/1";
    }

    /// <summary>The job itself failed.</summary>
    public sealed record AttemptFailed(string Job, long Attempt, NodeIncarnation? Node, FarmError Error, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-attempt-failed/1";
    }

    /// <summary>The node that held the lease was lost; the job may be innocent.</summary>
    public sealed record AttemptLost(string Job, long Attempt, NodeIncarnation? Node, LossReason Reason, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-attempt-lost/1";
    }

    /// <summary>A job that will not be tried again unless a person says so.</summary>
    public sealed record JobDied(DeadJob Job) : ProjectEvent
    {
        public override string Name => "project-job-died/1";
    }

    public sealed record Failed(FarmError Error, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-failed/1";
    }

    public sealed record Paused(DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-paused/1";
    }

    /// <summary>Jobs start anew, so a new term begins with it.</summary>
    public sealed record Unpaused(long Term, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-unpaused/1";
    }

    /// <summary>A failed project is taken up again; a new term begins and counters of failures start from zero.</summary>
    public sealed record Retried(long Term, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-retried/1";
    }

    public sealed record Cancelled(string Reason, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-cancelled/1";
    }

    /// <summary>From here on the project's jobs are offered so.</summary>
    public sealed record PrioritySet(Band Band, int Weight, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-priority-set/1";
    }

    /// <summary>
    /// An artifact is gone or damaged: these finished jobs are done again, and must come to the same result, for what was made of it
    /// stands.
    /// </summary>
    public sealed record ResultsLost(ImmutableArray<string> Jobs, ArtifactId Artifact, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-results-lost/1";
    }

    /// <summary>The attempt came to nothing and the job is not to blame: no retry is spent.</summary>
    public sealed record AttemptExcused(string Job, long Attempt, NodeIncarnation? Node, FarmError Error, DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-attempt-excused/1";
    }

    public sealed record Completed(DateTimeOffset At) : ProjectEvent
    {
        public override string Name => "project-completed/1";
    }
}

public sealed record SpokenScene(int Scene, long Attempt, SceneSpeech Speech);

/// <param name="Rungs">In the order of the plan's ladder.</param>
public sealed record FinishedChunk(int Chunk, long Attempt, ImmutableArray<RungFiles> Rungs)
{
    /// <summary>See <see cref="JobResult.Rendered.Encoder"/>.</summary>
    public string Encoder { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>See <see cref="JobResult.Rendered.Measure"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ArtifactRef? Measure { get; init; }
}

/// <param name="Failures">Times the job itself failed.</param>
/// <param name="Lost">Times a node was lost under it.</param>
/// <param name="Error">What finally killed it.</param>
public sealed record DeadJob(string Job, long Attempt, int Failures, int Lost, FarmError Error);
