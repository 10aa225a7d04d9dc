using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Contracts;

/// <summary>Where a film stands, in the order a person would tell it.</summary>
public enum ProjectStage
{
    /// <summary>Accepted and in the journal; nothing works for it yet.</summary>
    Accepted,
    Ingesting,
    Writing,
    Speaking,

    /// <summary>Chunks are rendered, sound is mixed and segments are published, all at once.</summary>
    Rendering,

    /// <summary>Everything is rendered; the files for the user are being put together.</summary>
    Assembling,

    /// <summary>The finished files are being put into the output directory.</summary>
    Delivering,
    Completed,
    Failed,
    Cancelled,
}

public static class ProjectStageExtensions
{
    /// <summary>True when nothing more happens to the project unless somebody asks.</summary>
    public static bool IsFinal(this ProjectStage stage) => stage is ProjectStage.Completed or ProjectStage.Failed or ProjectStage.Cancelled;
}

/// <summary>
/// What a watcher of one project sees. A watcher that is slow loses old <see cref="Work"/> figures, never the others and never
/// the last word (<see cref="Finished"/>).
/// </summary>
public abstract record FarmProgress
{
    private FarmProgress(ProjectId project) => Project = project;

    public ProjectId Project { get; init; }

    /// <summary>Figures of the whole project; each replaces the one before.</summary>
    /// <param name="JobsDone">Finished jobs of every kind.</param>
    /// <param name="JobsKnown">Jobs of every kind planned so far; grows when the plan is made.</param>
    /// <param name="ChunksDone">Chunks rendered, whether published or not.</param>
    /// <param name="ChunksTotal">0 until the film is planned.</param>
    /// <param name="FramesDone">Frames of finished chunks and of those in work, as far as their nodes have told.</param>
    /// <param name="FramesTotal">0 until the film is planned.</param>
    /// <param name="FramesPerSecondTenths">Over the last seconds, of this process; tenths of frames per second; 0 when unknown.</param>
    /// <param name="SegmentsPublished">Segments that players can fetch now, of one rung.</param>
    /// <param name="SegmentsTotal">0 until the film is planned.</param>
    public sealed record Work(
        ProjectId Project,
        ProjectStage Stage,
        int JobsDone,
        int JobsKnown,
        int ChunksDone,
        int ChunksTotal,
        long FramesDone,
        long FramesTotal,
        int FramesPerSecondTenths,
        int SegmentsPublished,
        int SegmentsTotal) : FarmProgress(Project);

    /// <summary>The content of the film is known: for a headline over the figures.</summary>
    public sealed record Titled(ProjectId Project, string Title) : FarmProgress(Project);

    /// <summary>Something a person should know that does not stop the film.</summary>
    public sealed record Warned(ProjectId Project, string Text) : FarmProgress(Project);

    /// <summary>One attempt of one job failed or was lost; the farm tries again.</summary>
    /// <param name="Job">Name of the job within the project, e.g. <c>render/00003</c>.</param>
    public sealed record Retrying(ProjectId Project, string Job, FarmError Error) : FarmProgress(Project);

    /// <summary>The last word: <see cref="ProjectStage.Completed"/>, <see cref="ProjectStage.Failed"/> or <see cref="ProjectStage.Cancelled"/>.</summary>
    /// <param name="Error">Set when it failed.</param>
    /// <param name="OutDir">Where the result is.</param>
    /// <param name="Files">Names of the finished files under <paramref name="OutDir"/>.</param>
    public sealed record Finished(ProjectId Project, ProjectStage Stage, FarmError? Error, string OutDir, ImmutableArray<string> Files)
        : FarmProgress(Project);
}

/// <summary>One line of the list of projects; read from the journal.</summary>
/// <param name="SubmittedAtUnixMs">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Title">Null until the content is known.</param>
public sealed record ProjectSummary(
    ProjectId Id,
    ProjectStage Stage,
    string OutDir,
    long SubmittedAtUnixMs,
    string? Title,
    FarmError? Error);
