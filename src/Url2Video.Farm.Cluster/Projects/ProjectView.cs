using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>What people see of a project's state.</summary>
internal static class ProjectView
{
    public static ProjectStage StageOf(ProjectState state) => state.Status switch
    {
        ProjectStatus.Failed => ProjectStage.Failed,
        ProjectStatus.Cancelled => ProjectStage.Cancelled,
        _ => state.Phase switch
        {
            ProjectPhase.New => ProjectStage.Accepted,
            ProjectPhase.Ingesting => ProjectStage.Ingesting,
            ProjectPhase.Writing => ProjectStage.Writing,
            ProjectPhase.Speaking => ProjectStage.Speaking,
            ProjectPhase.Rendering => ProjectStage.Rendering,
            ProjectPhase.Assembling => ProjectStage.Assembling,
            ProjectPhase.Delivering => ProjectStage.Delivering,
            _ => ProjectStage.Completed,
        },
    };

    /// <summary>Null for a project that was never ordered.</summary>
    public static ProjectSummary? Summary(ProjectState state) => state.Request is { } request
        ? new(state.Id, StageOf(state), request.OutDir, state.SubmittedAt.ToUnixTimeMilliseconds(), state.Facts?.Title, state.Error)
        : null;

    /// <summary>Null for a project that was never ordered.</summary>
    public static ProjectDetail? Detail(ProjectState state, FarmProgress.Work work, long busyMillis) => state.Request is not { } request ? null : new(
        Summary(state)!,
        state.IsEnded || state.Status == ProjectStatus.Paused ? StatusWord(state) : "active",
        StageOf(state),
        new FilmFigures(
            work.JobsDone, work.JobsKnown, work.ChunksDone, work.ChunksTotal, work.FramesDone, work.FramesTotal, work.FramesPerSecondTenths,
            work.SegmentsPublished, work.SegmentsTotal),
        request.Band,
        request.Weight,
        request.Tenant,
        request.Limits,
        Eta(state, work),
        busyMillis,
        state.FailuresTotal,
        state.LostTotal,
        state.Model?.Encoder,
        [.. state.Warnings],
        [.. state.Dead.Select(d => new DeadJobView(d.Job, d.Failures, d.Lost, d.Error))],
        state.EndedAt?.ToUnixTimeMilliseconds());

    private static string StatusWord(ProjectState state) => state.Phase == ProjectPhase.Completed ? "completed" : state.Status switch
    {
        ProjectStatus.Paused => "paused",
        ProjectStatus.Failed => "failed",
        _ => "cancelled",
    };

    private static long? Eta(ProjectState state, FarmProgress.Work work) =>
        state is { IsWorking: true, Phase: ProjectPhase.Rendering } && work.FramesPerSecondTenths > 0
            ? (work.FramesTotal - work.FramesDone) * 10_000 / work.FramesPerSecondTenths
            : null;

    /// <param name="framesInWork">Frames of chunks that are being rendered, as far as nodes have told.</param>
    /// <param name="framesDone">See <see cref="FramesDone"/>.</param>
    public static FarmProgress.Work Figures(ProjectState state, long framesDone, long framesInWork, int framesPerSecondTenths)
    {
        var frames = state.Plan?.Frames ?? 0;
        var (done, known) = Jobs(state);
        return new(
            state.Id,
            StageOf(state),
            done,
            known,
            state.ChunksDone,
            state.Chunks.Count,
            Math.Min(frames, framesDone + framesInWork),
            frames,
            framesPerSecondTenths,
            SegmentsPublished(state),
            state.Plan?.Segments ?? 0);
    }

    public static FarmProgress.Finished? End(ProjectState state) => state.IsEnded && state.Request is { } request
        ? new(state.Id, StageOf(state), state.Error, request.OutDir, state.Phase == ProjectPhase.Completed ? FileNames(state, request) : [])
        : null;

    /// <summary>Frames of finished chunks. Reads the whole list: who asks often keeps it.</summary>
    public static long FramesDone(ProjectState state) => state.Plan is not { } plan ? 0
        : state.ChunksDone == state.Chunks.Count ? plan.Frames
        : state.Chunks.Sum(c => c is null ? 0L : plan.Chunks[c.Chunk].Frames);

    private static ImmutableArray<string> FileNames(ProjectState state, ProjectRequest request)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        names.AddRange(state.Files?.Select(f => f.Name) ?? []);
        if (request.Formats.HasFlag(OutputFormats.Hls))
        {
            names.Add(PackageLayout.HlsMaster);
        }

        if (request.Formats.HasFlag(OutputFormats.Dash))
        {
            names.Add(PackageLayout.DashManifest);
        }

        return names.ToImmutable();
    }

    private static (int Done, int Known) Jobs(ProjectState state)
    {
        var toSpeak = state.Facts?.Scenes.Count(s => s.Say is not null) ?? 0;
        var isWritten = state.SourceDoc is not null || state.Phase == ProjectPhase.Writing;
        var done = (state.Phase > ProjectPhase.Ingesting ? 1 : 0)
            + (isWritten && state.Storyboard is not null ? 1 : 0)
            + (toSpeak - state.ScenesToSpeak)
            + state.ChunksDone
            + (state.Sound is null ? 0 : 1)
            + (state.Files is null ? 0 : 1);
        return (done, 1 + (isWritten ? 1 : 0) + toSpeak + state.Chunks.Count + (state.Plan is null ? 0 : 2));
    }

    private static int SegmentsPublished(ProjectState state) =>
        state.Plan is not { } plan ? 0
        : state.ChunksPublished == plan.Chunks.Length ? plan.Segments
        : plan.Chunks[state.ChunksPublished].Segments is [var next, ..] ? next.Index
        : plan.Chunks.Take(state.ChunksPublished).Sum(c => c.Segments.Length);
}
