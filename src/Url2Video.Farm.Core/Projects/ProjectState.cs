using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Projects;

/// <summary>How far the film is. Numbers are stored in snapshots: frozen.</summary>
public enum ProjectPhase
{
    /// <summary>Nothing was ordered yet.</summary>
    New = 0,
    Ingesting = 1,
    Writing = 2,
    Speaking = 3,

    /// <summary>Chunks and sound are in the making, and published as they come.</summary>
    Rendering = 4,

    /// <summary>Everything is rendered; the files for the user are put together while the rest is published.</summary>
    Assembling = 5,
    Delivering = 6,
    Completed = 7,
}

/// <summary>Whether the project goes on. Numbers are stored in snapshots: frozen.</summary>
public enum ProjectStatus
{
    Active = 0,
    Paused = 1,
    Failed = 2,
    Cancelled = 3,
}

/// <summary>
/// The fold of a project's journal (<see cref="ProjectFold"/>). Lists are shared between versions, so one event costs O(log n)
/// however long the film is.
/// </summary>
public sealed record ProjectState(ProjectId Id)
{
    public ProjectPhase Phase { get; init; }

    public ProjectStatus Status { get; init; }

    /// <summary>Grows at every life of the project; the upper part of every attempt number (<see cref="AttemptNumber"/>).</summary>
    public long Term { get; init; }

    public ProjectRequest? Request { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public ArtifactRef? SourceDoc { get; init; }

    public ArtifactRef? Storyboard { get; init; }

    public StoryboardFacts? Facts { get; init; }

    /// <summary>What people should know although it stopped nothing.</summary>
    public ImmutableList<string> Warnings { get; init; } = [];

    /// <summary>By scene; null while not spoken, and for ever for a silent scene.</summary>
    public ImmutableList<SceneSpeech?> Speeches { get; init; } = [];

    /// <summary>Scenes with words that are not spoken yet.</summary>
    public int ScenesToSpeak { get; init; }

    /// <summary>All scenes before this one are spoken or silent.</summary>
    public int ScenesReady { get; init; }

    public FilmPlan? Plan { get; init; }

    /// <summary>By chunk; null while not finished.</summary>
    public ImmutableList<FinishedChunk?> Chunks { get; init; } = [];

    /// <summary>The first chunk that was finished; all others must have its init segments.</summary>
    public FinishedChunk? Model { get; init; }

    public int ChunksDone { get; init; }

    /// <summary>All chunks before this one are finished: what could be published.</summary>
    public int ChunksReady { get; init; }

    /// <summary>All chunks before this one can be seen by players.</summary>
    public int ChunksPublished { get; init; }

    /// <summary>The package is out and final.</summary>
    public bool IsPublished { get; init; }

    public JobResult.Mixed? Sound { get; init; }

    public ImmutableArray<OutputFile>? Files { get; init; }

    /// <summary>What the package has to wind and seek by; null while there is nothing.</summary>
    public TrickPlayFiles? TrickPlay { get; init; }

    /// <summary>How the finished film was judged; null while it was not.</summary>
    public QualityVerdict? Verdict { get; init; }

    /// <summary>A person let the film out although it has errors.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Open jobs that had trouble; a job without an entry had none.</summary>
    public ImmutableSortedDictionary<string, JobTrouble> Troubles { get; init; } = JobTrouble.NoTroubles;

    /// <summary>Jobs whose result was lost at some time: those that are open are done again although they were finished.</summary>
    public ImmutableSortedDictionary<string, Remake> Remakes { get; init; } = Remake.None;

    /// <summary>Dead jobs, kept with their reason until a retry.</summary>
    public ImmutableList<DeadJob> Dead { get; init; } = [];

    /// <summary>Attempts of all jobs that failed, over the whole life.</summary>
    public long FailuresTotal { get; init; }

    /// <summary>Attempts of all jobs whose node was lost, over the whole life.</summary>
    public long LostTotal { get; init; }

    /// <summary>Why it failed or was cancelled.</summary>
    public FarmError? Error { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The film did not pass its gate and nobody let it out: it is kept apart. One that is made but was never judged did not pass either.</summary>
    public bool IsQuarantined => Request is { Quality: QualityMode.Gate } && Files is not null && Verdict is not { Errors: 0 } && !IsReleased;

    /// <summary>Nothing of the film may be seen: it has to pass a gate and is not judged, or did not pass.</summary>
    public bool IsHeldBack => Request is { Quality: QualityMode.Gate } && (Files is null || IsQuarantined);

    /// <summary>Jobs are wanted.</summary>
    public bool IsWorking => Status == ProjectStatus.Active && Phase is > ProjectPhase.New and < ProjectPhase.Completed;

    /// <summary>Nothing will happen any more unless a person asks for it.</summary>
    public bool IsEnded => Phase == ProjectPhase.Completed || Status is ProjectStatus.Failed or ProjectStatus.Cancelled;
}

/// <summary>What went wrong with one open job so far.</summary>
/// <param name="Failures">Own failures: bad input, a crash in the codec.</param>
/// <param name="Lost">Nodes lost under it; counted apart, for the job may be innocent.</param>
/// <param name="LastAttempt">The latest attempt that was counted; it and every earlier one can never finish the job.</param>
/// <param name="Failed">Whether <paramref name="LastAttempt"/> was a failure (else a loss).</param>
public sealed record JobTrouble(int Failures, int Lost, long LastAttempt, bool Failed)
{
    /// <summary>Attempts that came to nothing through no fault of the job.</summary>
    public int Excused { get; init; }

    /// <summary>Distinct nodes it failed on.</summary>
    public ImmutableArray<NodeId> FailedOn { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Distinct nodes that were lost under it.</summary>
    public ImmutableArray<NodeId> LostOn { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>It may be what kills nodes: it is held back, and never run twice at once.</summary>
    public bool IsQuarantined => LostOn.Length >= Limits.SuspectNodes;

    internal static readonly ImmutableSortedDictionary<string, JobTrouble> NoTroubles =
        ImmutableSortedDictionary.Create<string, JobTrouble>(StringComparer.Ordinal);
}

/// <summary>
/// A finished job that has to be done again because its files are gone. The state keeps what it knows of the result: equal keys give equal
/// bytes, so the names stay true, what was made of the files stands, and a second result that differs is refused.
/// </summary>
/// <param name="Times">How often that happened since the project was last retried; also numbers the attempts (<see cref="AttemptNumber"/>).</param>
/// <param name="IsOpen">It is not done again yet.</param>
public sealed record Remake(int Times, bool IsOpen)
{
    internal static readonly ImmutableSortedDictionary<string, Remake> None =
        ImmutableSortedDictionary.Create<string, Remake>(StringComparer.Ordinal);
}
