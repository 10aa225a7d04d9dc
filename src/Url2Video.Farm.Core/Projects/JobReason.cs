using System.Globalization;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Projects;

/// <summary>Why a job is not running, in a sentence. Every job that does not run has one.</summary>
internal static class JobReason
{
    public static string? Of(ProjectState state, DueJob job, string stage, JobLive? live, DateTimeOffset now) => stage switch
    {
        JobStages.Done or JobStages.Running => null,
        JobStages.Dead => state.Dead.First(d => d.Job == job.Name).Error.ToString(),
        JobStages.Planned => Planned(state, job),
        JobStages.Waiting => Waiting(state, job, live, now),
        JobStages.Offered => Offered(JobSpecs.NeedsOf(state, job)),
        JobStages.Granted => $"Node {live?.Status?.Node} was chosen and has not confirmed yet.",
        _ => "It has ended; the journal is being written.",
    };

    /// <summary>What is worth knowing of a job that is in work, whatever its stage; null for most.</summary>
    public static string? Note(ProjectState state, DueJob job, JobLive? live)
    {
        var late = live?.Status is { IsLate: true } status
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It has taken {Limits.LatePercent} % of its {JobSpecs.SecondsMax(job.Kind)} s on node {status.Node}, which was told; at their end it is stopped and counts as failed.")
            : null;
        var suspect = live is not null && state.Troubles.GetValueOrDefault(job.Name) is { IsQuarantined: true } trouble
            ? $"{string.Join(" and ", trouble.LostOn)} were lost under it: it may be what they died of."
            : null;
        return late is null ? suspect : suspect is null ? late : $"{late} {suspect}";
    }

    private static string Offered(IReadOnlyCollection<string> needs) => needs.Count == 0
        ? "It is queued at the dispatcher; `job why` names the cause."
        : $"It is queued at the dispatcher for a node with {string.Join(", ", needs)}; `job why` names the cause.";

    private static string Waiting(ProjectState state, DueJob job, JobLive? live, DateTimeOffset now)
    {
        var seconds = live?.Status?.NextAt is { } next ? Math.Max(0, Math.Ceiling((next - now).TotalSeconds)) : 0;
        var again = string.Create(CultureInfo.InvariantCulture, $"it is offered again in {seconds} s");
        return state.Troubles.GetValueOrDefault(job.Name) is { IsQuarantined: true } suspect ? $"It is in quarantine: {string.Join(" and ", suspect.LostOn)} were lost under it; {again}."
            : live?.LastError is { } error ? $"Its last attempt came to nothing ({error.Code}); {again}."
            : state.Troubles.GetValueOrDefault(job.Name) is { Lost: > 0 } ? $"The node that worked on it was lost; {again}."
            : $"A node may hold it from before, or it was stopped; {again}.";
    }

    private static string Planned(ProjectState state, DueJob job) => state switch
    {
        { Status: ProjectStatus.Paused } => "The project is paused.",
        { Status: ProjectStatus.Failed } => $"The project has failed: {state.Error}",
        { Status: ProjectStatus.Cancelled } => "The project is cancelled.",
        _ => job.Kind switch
        {
            JobKind.Ingest => "The project has not begun.",
            JobKind.Write => "It waits for ingest.",
            JobKind.Speak => $"{Limits.JobsInWorkMax} scenes are in work already.",
            JobKind.Render => Window(state, job.Index),
            JobKind.Mix => "It waits for the speech of all scenes.",
            _ => Assemble(state),
        },
    };

    private static string Window(ProjectState state, int chunk) =>
        $"It lies beyond the look-ahead window: it begins when {JobNames.Render(chunk - Limits.LookAheadChunksMax)} is published; {state.ChunksPublished} chunks are.";

    private static string Assemble(ProjectState state)
    {
        var chunks = $"{state.Chunks.Count - state.ChunksDone} chunks";
        return state.Sound is null ? $"It waits for {chunks} and the sound." : $"It waits for {chunks}.";
    }
}
