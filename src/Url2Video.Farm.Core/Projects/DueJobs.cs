using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Projects;

/// <param name="Index">Scene of a speak job, chunk of a render job, else 0.</param>
internal readonly record struct DueJob(JobKind Kind, int Index)
{
    public string Name => Kind switch
    {
        JobKind.Ingest => JobNames.Ingest,
        JobKind.Write => JobNames.Write,
        JobKind.Speak => JobNames.Speak(Index),
        JobKind.Render => JobNames.Render(Index),
        JobKind.Mix => JobNames.Mix,
        _ => JobNames.Assemble,
    };
}

/// <summary>
/// The open jobs of a working project: a function of its state alone, so a recovered project has exactly the jobs its former life had.
/// At most <see cref="Limits.JobsInWorkMax"/> scenes, or <see cref="Limits.LookAheadChunksMax"/> chunks and the sound; and what has to be
/// done again because its result was lost.
/// </summary>
internal static class DueJobs
{
    public static ImmutableArray<DueJob> Of(ProjectState state)
    {
        if (!state.IsWorking)
        {
            return [];
        }

        var due = OfPhase(state);
        foreach (var (name, remake) in state.Remakes)
        {
            if (remake.IsOpen && JobNames.TryParse(name, out var kind, out var index) && !due.Contains(new DueJob(kind, index)))
            {
                due = due.Add(new DueJob(kind, index));
            }
        }

        return due;
    }

    private static ImmutableArray<DueJob> OfPhase(ProjectState state)
    {
        return state.Phase switch
        {
            ProjectPhase.Ingesting => [new DueJob(JobKind.Ingest, 0)],
            ProjectPhase.Writing => [new DueJob(JobKind.Write, 0)],
            ProjectPhase.Speaking => Scenes(state),
            ProjectPhase.Rendering => Chunks(state),
            ProjectPhase.Assembling when state.Files is null => [new DueJob(JobKind.Assemble, 0)],
            _ => [],
        };
    }

    public static bool IsDone(ProjectState state, DueJob job) => state.Remakes.GetValueOrDefault(job.Name) is not { IsOpen: true } && HasResult(state, job);

    /// <summary>The project has such a job, now or later.</summary>
    public static bool IsKnown(ProjectState state, DueJob job) => job.Kind switch
    {
        JobKind.Ingest => state.Phase > ProjectPhase.New,
        JobKind.Write => state.Phase == ProjectPhase.Writing || state.SourceDoc is not null,
        JobKind.Speak => job.Index < state.Speeches.Count && state.Facts!.Scenes[job.Index].Say is not null,
        JobKind.Render => job.Index < state.Chunks.Count,
        _ => state.Plan is not null,
    };

    /// <summary>Its result is known, whether or not its files are still there.</summary>
    public static bool HasResult(ProjectState state, DueJob job) => job.Kind switch
    {
        JobKind.Ingest => state.Phase > ProjectPhase.Ingesting,
        JobKind.Write => state.Phase > ProjectPhase.Writing && state.SourceDoc is not null,
        JobKind.Speak => job.Index < state.Speeches.Count && state.Speeches[job.Index] is not null,
        JobKind.Render => job.Index < state.Chunks.Count && state.Chunks[job.Index] is not null,
        JobKind.Mix => state.Sound is not null,
        _ => state.Files is not null,
    };

    private static ImmutableArray<DueJob> Scenes(ProjectState state)
    {
        var due = ImmutableArray.CreateBuilder<DueJob>();
        for (var i = state.ScenesReady; i < state.Speeches.Count && due.Count < Limits.JobsInWorkMax; i++)
        {
            if (state.Facts!.Scenes[i].Say is not null && state.Speeches[i] is null)
            {
                due.Add(new DueJob(JobKind.Speak, i));
            }
        }

        return due.DrainToImmutable();
    }

    // The window counts from what is published, not from what is finished: this is where a slow publisher slows the farm.
    private static ImmutableArray<DueJob> Chunks(ProjectState state)
    {
        var due = ImmutableArray.CreateBuilder<DueJob>();
        var isSoundLast = IsShorterThanAChunk(state.Plan!);
        if (state.Sound is null && !isSoundLast)
        {
            due.Add(new DueJob(JobKind.Mix, 0));
        }

        // What is held back is not published before its end.
        var end = Math.Min(state.Chunks.Count, (state.IsHeldBack ? state.ChunksReady : state.ChunksPublished) + Limits.LookAheadChunksMax);
        for (var i = state.ChunksReady; i < end; i++)
        {
            if (state.Chunks[i] is null)
            {
                due.Add(new DueJob(JobKind.Render, i));
            }
        }

        if (state.Sound is null && isSoundLast)
        {
            due.Add(new DueJob(JobKind.Mix, 0));
        }

        return due.DrainToImmutable();
    }

    // The longest first, so that the last slots end together: the sound of a long film takes longest of all, that of a short one less than any chunk. Who listens while it
    // renders wants it at once.
    private static bool IsShorterThanAChunk(FilmPlan plan) =>
        ChunkGrid.GopFrames(plan.Chunks, plan.Fps) is var gop && gop > ChunkGrid.SegmentFramesMax(plan.Fps) && plan.Frames <= (long)Limits.SoundLastChunksMax * gop;
}
