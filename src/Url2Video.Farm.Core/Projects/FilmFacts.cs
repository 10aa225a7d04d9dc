using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using static Url2Video.Farm.Core.Projects.ProjectEvent;

namespace Url2Video.Farm.Core.Projects;

/// <summary>
/// What a client sees of a film, folded from the journal alone: any server tells the same of the same events, whoever works on the film.
/// Counters instead of files, so that a thousand films fit into memory.
/// </summary>
public sealed record FilmFacts(ProjectId Id)
{
    /// <summary>Thousandths of the whole, for each step that is done. They sum up to a thousand.</summary>
    private const int IngestPermille = 50;
    private const int WritePermille = 50;
    private const int SpeakPermille = 100;
    private const int RenderPermille = 700;
    private const int MixPermille = 20;
    private const int AssemblePermille = 40;
    private const int PublishPermille = 30;

    /// <summary>Journaled events that are in this.</summary>
    public long Events { get; init; }

    public ProjectRequest? Request { get; init; }

    public ProjectPhase Phase { get; init; }

    public ProjectStatus Status { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Title { get; init; }

    public FarmError? Error { get; init; }

    public ImmutableList<string> Warnings { get; init; } = [];

    public int ScenesToSpeak { get; init; }

    public int ScenesSpoken { get; init; }

    public int ChunksTotal { get; init; }

    public int ChunksDone { get; init; }

    public int ChunksPublished { get; init; }

    public long FramesTotal { get; init; }

    public double SecondsTotal { get; init; }

    public bool HasSound { get; init; }

    public bool IsAssembled { get; init; }

    public bool IsPublished { get; init; }

    /// <summary>Attempts that failed or whose node was lost.</summary>
    public int Retries { get; init; }

    /// <summary>When the work that goes on now began, and how far the film was.</summary>
    public (DateTimeOffset At, int Permille) Began { get; init; }

    public bool IsEnded => Phase == ProjectPhase.Completed || Status is ProjectStatus.Failed or ProjectStatus.Cancelled;

    public bool IsPaused => Status == ProjectStatus.Paused;

    public ProjectStage Stage => (Status, Phase) switch
    {
        (ProjectStatus.Failed, _) => ProjectStage.Failed,
        (ProjectStatus.Cancelled, _) => ProjectStage.Cancelled,
        (_, ProjectPhase.New) => ProjectStage.Accepted,
        (_, ProjectPhase.Ingesting) => ProjectStage.Ingesting,
        (_, ProjectPhase.Writing) => ProjectStage.Writing,
        (_, ProjectPhase.Speaking) => ProjectStage.Speaking,
        (_, ProjectPhase.Rendering) => ProjectStage.Rendering,
        (_, ProjectPhase.Assembling) => ProjectStage.Assembling,
        (_, ProjectPhase.Delivering) => ProjectStage.Delivering,
        _ => ProjectStage.Completed,
    };

    /// <summary>0..1000, of what is in the journal: it never falls, whatever dies. A thousand only when the film is complete.</summary>
    public int Permille => Phase == ProjectPhase.Completed ? 1000 : Math.Min(
        999,
        (Phase > ProjectPhase.Ingesting ? IngestPermille : 0)
        + (Phase > ProjectPhase.Writing ? WritePermille : 0)
        + (Phase > ProjectPhase.Speaking ? SpeakPermille : Part(SpeakPermille, ScenesSpoken, ScenesToSpeak))
        + Part(RenderPermille, ChunksDone, ChunksTotal)
        + (HasSound ? MixPermille : 0)
        + (IsAssembled ? AssemblePermille : 0)
        + (IsPublished ? PublishPermille : Part(PublishPermille, ChunksPublished, ChunksTotal)));

    public FilmFacts Apply(ProjectEvent fact)
    {
        var next = Fold(fact) with { Events = Events + 1 };
        return next with
        {
            Phase = next switch
            {
                { Phase: ProjectPhase.Rendering, HasSound: true } when next.ChunksDone == next.ChunksTotal => ProjectPhase.Assembling,
                { Phase: ProjectPhase.Assembling, IsAssembled: true, IsPublished: true } => ProjectPhase.Delivering,
                _ => next.Phase,
            },
        };
    }

    /// <summary>How long it may still take, as it went so far; null while that says nothing.</summary>
    public TimeSpan? Remaining(DateTimeOffset now)
    {
        const int PermilleThatSaysSomething = 30;
        var done = Permille - Began.Permille;
        return IsEnded || IsPaused || done < PermilleThatSaysSomething || now <= Began.At ? null : (now - Began.At) * ((1000.0 - Permille) / done);
    }

    private FilmFacts Fold(ProjectEvent fact) => fact switch
    {
        Submitted e => this with { Phase = ProjectPhase.Ingesting, Request = e.Request, SubmittedAt = e.At, Began = (e.At, 0) },
        TermStarted e => this with { Began = (e.At, Permille) },
        SourceIngested { Result: { Storyboard: not null, Facts: { } facts } result } => WithStoryboard(facts, result.Warnings),
        SourceIngested e => this with { Phase = ProjectPhase.Writing, Warnings = Warnings.AddRange(e.Result.Warnings) },
        StoryboardWritten e => WithStoryboard(e.Result.Facts, e.Result.Warnings),
        ScenesSpoken e => this with { ScenesSpoken = ScenesSpoken + e.Scenes.Length },
        Planned e => this with
        {
            Phase = ProjectPhase.Rendering,
            ChunksTotal = e.Plan.Chunks.Length,
            FramesTotal = e.Plan.Frames,
            SecondsTotal = (double)e.Plan.Frames * e.Plan.Fps.Denominator / e.Plan.Fps.Numerator,
        },
        ChunksFinished e => this with { ChunksDone = ChunksDone + e.Chunks.Length },
        SoundMixed => this with { HasSound = true },
        FilmAssembled => this with { IsAssembled = true },
        ChunksPublished e => this with { ChunksPublished = Math.Max(ChunksPublished, e.Chunks) },
        PublicationCompleted => this with { IsPublished = true, ChunksPublished = ChunksTotal },
        AttemptFailed or AttemptLost => this with { Retries = Retries + 1 },
        Failed e => this with { Status = ProjectStatus.Failed, Error = e.Error, EndedAt = e.At },
        PrioritySet e => this with { Request = Request! with { Band = e.Band, Weight = e.Weight } },
        Paused => this with { Status = ProjectStatus.Paused },
        Unpaused e => this with { Status = ProjectStatus.Active, Began = (e.At, Permille) },
        Retried e => this with { Status = ProjectStatus.Active, Error = null, EndedAt = null, Began = (e.At, Permille) },
        Cancelled e => this with { Status = ProjectStatus.Cancelled, Error = new FarmError(ErrorCodes.Cancelled, e.Reason), EndedAt = e.At },
        Completed e => this with { Phase = ProjectPhase.Completed, EndedAt = e.At },
        _ => this, // Facts that clients do not see.
    };

    private FilmFacts WithStoryboard(StoryboardFacts facts, ImmutableArray<string> warnings) => this with
    {
        Phase = ProjectPhase.Speaking,
        Title = facts.Title,
        Warnings = Warnings.AddRange(warnings),
        ScenesToSpeak = facts.Scenes.Count(s => s.Say is not null),
    };

    private static int Part(int permille, long done, long total) => total == 0 ? 0 : (int)(permille * done / total);
}
