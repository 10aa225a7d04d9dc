using System.Collections.Immutable;
using System.Diagnostics;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
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
        FilmAssembled e => WithPhase((state with { Files = e.Result.Files, Verdict = e.Result.Verdict, TrickPlay = e.Result.TrickPlay ?? (state.IsPublished ? state.TrickPlay : null) }).Settled(JobNames.Assemble)),
        ChunksPublished e => WithPhase(state with { ChunksPublished = e.Chunks }),
        PublicationCompleted => WithPhase(state with { IsPublished = true, ChunksPublished = state.Chunks.Count }),
        AttemptFailed e => WithTrouble(
            state with { FailuresTotal = state.FailuresTotal + 1 },
            e.Job,
            e.Attempt,
            t => t with { Failures = t.Failures + 1, Failed = true, FailedOn = With(t.FailedOn, e.Node) }),
        AttemptLost e => WithTrouble(
            state with { LostTotal = state.LostTotal + 1 },
            e.Job,
            e.Attempt,
            t => t with { Lost = t.Lost + 1, Failed = false, LostOn = e.Reason == LossReason.Forgotten ? t.LostOn : With(t.LostOn, e.Node) }),
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
        PrioritySet e => state with { Request = state.Request! with { Band = e.Band, Weight = e.Weight } },
        ResultsLost e => e.Jobs.Aggregate(state, OnLost),
        AttemptExcused e => WithTrouble(state, e.Job, e.Attempt, t => t with { Excused = t.Excused + (e.Error.Artifact is null ? 1 : 0) }),
        Completed e => state with { Phase = ProjectPhase.Completed, EndedAt = e.At },
        _ => throw new UnreachableException($"No fold for {fact.GetType().Name}."),
    };

    private static ProjectState OnIngested(ProjectState state, JobResult.Ingested result) =>
        IsRemake(state, JobNames.Ingest) ? OnIngestedAgain(state, result)
        : result is { Storyboard: { } storyboard, Facts: { } facts }
            ? WithStoryboard(state with { SourceDoc = result.SourceDoc }, storyboard, facts, result.Warnings)
            : state with
            {
                Phase = ProjectPhase.Writing,
                SourceDoc = result.SourceDoc,
                Warnings = state.Warnings.AddRange(result.Warnings),
            };

    // A page may read differently by now. Whoever writes from it has to begin with the new one; what was written stands.
    private static ProjectState OnIngestedAgain(ProjectState state, JobResult.Ingested result)
    {
        if (result.SourceDoc is not { } doc || doc == state.SourceDoc)
        {
            return state;
        }

        var isWriting = state.Phase == ProjectPhase.Writing || IsRemake(state, JobNames.Write);
        var next = isWriting ? OnLost(state, JobNames.Write) : state;
        return next with { SourceDoc = doc };
    }

    private static ProjectState WithStoryboard(
        ProjectState state, ArtifactRef storyboard, StoryboardFacts facts, ImmutableArray<string> warnings)
    {
        if (state.Storyboard is not null)
        {
            return state; // Made again, and the same.
        }

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
        if (state.Speeches[spoken.Scene] is not null)
        {
            return state.Settled(JobNames.Speak(spoken.Scene)); // Made again, and the same.
        }

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
        if (state.Chunks[chunk.Chunk] is not null)
        {
            return state.Settled(JobNames.Render(chunk.Chunk)); // Made again, and the same.
        }

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
            { Phase: ProjectPhase.Assembling, Files: not null, IsPublished: true } or { Phase: ProjectPhase.Assembling, IsQuarantined: true } => ProjectPhase.Delivering,

            // Made again, it passes its gate now: it has to be published before it is delivered.
            { Phase: ProjectPhase.Delivering, IsPublished: false, IsQuarantined: false } => ProjectPhase.Assembling,
            _ => state.Phase,
        },
    };

    private static ProjectState WithTrouble(ProjectState state, string job, long attempt, Func<JobTrouble, JobTrouble> count)
    {
        var trouble = count(state.Troubles.GetValueOrDefault(job) ?? new JobTrouble(0, 0, 0, Failed: false));
        return state with { Troubles = state.Troubles.SetItem(job, trouble with { LastAttempt = attempt }) };
    }

    private static ImmutableArray<NodeId> With(ImmutableArray<NodeId> nodes, NodeIncarnation? node) =>
        node is not { Node: var id } || nodes.Contains(id) || nodes.Length == Limits.AvoidedNodesMax ? nodes : nodes.Add(id);

    // Whatever was granted before is counted out, so that the lost result cannot come back under an old lease.
    private static ProjectState OnLost(ProjectState state, string job)
    {
        var times = (state.Remakes.GetValueOrDefault(job)?.Times ?? 0) + 1;
        var countedOut = AttemptNumber.FirstOf(state.Term, times) - 1;
        return state with
        {
            Remakes = state.Remakes.SetItem(job, new Remake(times, IsOpen: true)),
            Troubles = state.Troubles.SetItem(job, new JobTrouble(0, 0, countedOut, Failed: true)),
        };
    }

    // Attempts that were counted stay counted out; only the numbers that kill a job start again.
    private static ProjectState OnRetried(ProjectState state, Retried e) => state with
    {
        Status = ProjectStatus.Active,
        // Whoever tries a film again that was kept apart lets it out.
        IsReleased = state.IsReleased || state.Error?.Code == ErrorCodes.Quality,
        Phase = state.Error?.Code == ErrorCodes.Quality ? ProjectPhase.Assembling : state.Phase,
        Term = e.Term,
        Error = null,
        EndedAt = null,
        Dead = [],
        Troubles = state.Troubles.ToImmutableSortedDictionary(
            t => t.Key,
            t => t.Value with { Failures = 0, Lost = 0, Excused = 0, LostOn = [] },
            StringComparer.Ordinal),
        Remakes = state.Remakes.ToImmutableSortedDictionary(r => r.Key, r => r.Value with { Times = 0 }, StringComparer.Ordinal),
    };

    // A finished job needs no memory of its troubles: the state stays small.
    private static ProjectState Settled(this ProjectState state, string job) => state with
    {
        Troubles = state.Troubles.Remove(job),
        Remakes = state.Remakes.GetValueOrDefault(job) is { IsOpen: true } remake ? state.Remakes.SetItem(job, remake with { IsOpen = false }) : state.Remakes,
    };

    private static bool IsRemake(ProjectState state, string job) => state.Remakes.GetValueOrDefault(job) is { IsOpen: true };
}
