using System.Collections.Immutable;
using System.Diagnostics;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using static Url2Video.Farm.Core.Projects.ProjectEvent;

namespace Url2Video.Farm.Core.Projects;

/// <summary>What each fact of the journal does to the state. Total and clock-free: a replay always gives the same state.</summary>
public static class ProjectFold
{
    public static ProjectState Apply(this ProjectState state, ProjectEvent fact) => fact switch
    {
        Submitted e => state with { Phase = ProjectPhase.Ingesting, Term = 1, Request = e.Request, SubmittedAt = e.At },
        TermStarted e => state with { Term = e.Term },
        SourceIngested e => OnIngested(state, e.Result).Settled(JobNames.Ingest),
        StoryboardWritten e => WithStoryboard(state, e.Result.Storyboard, e.Result.Facts, e.Result.Warnings).Settled(JobNames.Write),
        ScenesSpoken e => e.Scenes.Aggregate(state, OnSpoken),
        Planned e => state with
        {
            Phase = ProjectPhase.Rendering,
            Plan = e.Plan,
            Chunks = ImmutableList.CreateRange(Enumerable.Repeat<FinishedChunk?>(null, e.Plan.Chunks.Length)),
        },
        ChunksFinished e => WithPhase(e.Chunks.Aggregate(state, OnChunk)),
        SoundMixed e => WithPhase((state with { Sound = e.Result }).Settled(JobNames.Mix)),
        FilmAssembled e => WithPhase((state with { Files = e.Result.Files }).Settled(JobNames.Assemble)),
        ChunksPublished e => WithPhase(state with { ChunksPublished = e.Chunks }),
        PublicationCompleted => WithPhase(state with { IsPublished = true, ChunksPublished = state.Chunks.Count }),
        AttemptFailed e => WithTrouble(state with { FailuresTotal = state.FailuresTotal + 1 }, e.Job, e.Attempt, failed: true),
        AttemptLost e => WithTrouble(state with { LostTotal = state.LostTotal + 1 }, e.Job, e.Attempt, failed: false),
        JobDied e => state with { Dead = state.Dead.Add(e.Job) },
        Failed e => state with { Status = ProjectStatus.Failed, Error = e.Error, EndedAt = e.At },
        Paused => state with { Status = ProjectStatus.Paused },
        Unpaused e => state with { Status = ProjectStatus.Active, Term = e.Term },
        Retried e => OnRetried(state, e),
        Cancelled e => state with
        {
            Status = ProjectStatus.Cancelled,
            Error = new FarmError(ErrorCodes.Cancelled, e.Reason),
            EndedAt = e.At,
        },
        Completed e => state with { Phase = ProjectPhase.Completed, EndedAt = e.At },
        _ => throw new UnreachableException($"No fold for {fact.GetType().Name}."),
    };

    private static ProjectState OnIngested(ProjectState state, JobResult.Ingested result) =>
        result is { Storyboard: { } storyboard, Facts: { } facts }
            ? WithStoryboard(state with { SourceDoc = result.SourceDoc }, storyboard, facts, result.Warnings)
            : state with
            {
                Phase = ProjectPhase.Writing,
                SourceDoc = result.SourceDoc,
                Warnings = state.Warnings.AddRange(result.Warnings),
            };

    private static ProjectState WithStoryboard(
        ProjectState state, ArtifactRef storyboard, StoryboardFacts facts, ImmutableArray<string> warnings)
    {
        var next = state with
        {
            Phase = ProjectPhase.Speaking,
            Storyboard = storyboard,
            Facts = facts,
            Warnings = state.Warnings.AddRange(warnings),
            Speeches = ImmutableList.CreateRange(Enumerable.Repeat<SceneSpeech?>(null, facts.Scenes.Length)),
            ScenesToSpeak = facts.Scenes.Count(s => s.Say is not null),
        };
        return next with { ScenesReady = FirstUnspoken(next, 0) };
    }

    private static ProjectState OnSpoken(ProjectState state, SpokenScene spoken)
    {
        var next = state with { Speeches = state.Speeches.SetItem(spoken.Scene, spoken.Speech), ScenesToSpeak = state.ScenesToSpeak - 1 };
        return (next with { ScenesReady = FirstUnspoken(next, state.ScenesReady) }).Settled(JobNames.Speak(spoken.Scene));
    }

    private static int FirstUnspoken(ProjectState state, int from)
    {
        var scenes = state.Facts!.Scenes;
        while (from < scenes.Length && (scenes[from].Say is null || state.Speeches[from] is not null))
        {
            from++;
        }

        return from;
    }

    private static ProjectState OnChunk(ProjectState state, FinishedChunk chunk)
    {
        var chunks = state.Chunks.SetItem(chunk.Chunk, chunk);
        var ready = state.ChunksReady;
        while (ready < chunks.Count && chunks[ready] is not null)
        {
            ready++;
        }

        var next = state with { Chunks = chunks, ChunksDone = state.ChunksDone + 1, ChunksReady = ready, Model = state.Model ?? chunk };
        return next.Settled(JobNames.Render(chunk.Chunk));
    }

    private static ProjectState WithPhase(ProjectState state) => state with
    {
        Phase = state switch
        {
            { Phase: ProjectPhase.Rendering, Sound: not null } when state.ChunksDone == state.Chunks.Count => ProjectPhase.Assembling,
            { Phase: ProjectPhase.Assembling, Files: not null, IsPublished: true } => ProjectPhase.Delivering,
            _ => state.Phase,
        },
    };

    private static ProjectState WithTrouble(ProjectState state, string job, long attempt, bool failed)
    {
        var trouble = state.Troubles.GetValueOrDefault(job) ?? new JobTrouble(0, 0, 0, failed);
        return state with
        {
            Troubles = state.Troubles.SetItem(job, new JobTrouble(
                trouble.Failures + (failed ? 1 : 0),
                trouble.Lost + (failed ? 0 : 1),
                attempt,
                failed)),
        };
    }

    // Attempts that were counted stay counted out; only the numbers that kill a job start again.
    private static ProjectState OnRetried(ProjectState state, Retried e) => state with
    {
        Status = ProjectStatus.Active,
        Term = e.Term,
        Error = null,
        EndedAt = null,
        Dead = [],
        Troubles = state.Troubles.ToImmutableSortedDictionary(
            t => t.Key,
            t => t.Value with { Failures = 0, Lost = 0 },
            StringComparer.Ordinal),
    };

    // A finished job needs no memory of its troubles: the state stays small.
    private static ProjectState Settled(this ProjectState state, string job) => state with { Troubles = state.Troubles.Remove(job) };
}
