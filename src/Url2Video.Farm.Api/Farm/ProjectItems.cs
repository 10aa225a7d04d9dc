using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <summary>A project in one line. Stage and band are words of the API.</summary>
internal sealed record ProjectItem(
    string Id,
    string Stage,
    string Status,
    string Band,
    string Tenant,
    int ChunksDone,
    int ChunksTotal,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt,
    string? Title,
    string? ErrorCode)
{
    public static ProjectItem Of(ProjectState state) => new(
        state.Id.Value,
        Word(ProjectView.StageOf(state)),
        Word(state.Status),
        Word(state.Request?.Band ?? Core.Contracts.Band.Normal),
        state.Request?.Tenant ?? "",
        state.ChunksDone,
        state.Chunks.Count,
        state.SubmittedAt,
        state.EndedAt,
        state.Facts?.Title,
        state.Error?.Code);

    public static ProjectItem Of(Cluster.ReadModels.ProjectRow row) => new(
        row.Id.Value,
        Word(row.Stage),
        row.IsPaused ? "paused" : row.Stage switch { ProjectStage.Failed => "failed", ProjectStage.Cancelled => "cancelled", _ => "active" },
        Word(row.Band),
        row.Tenant,
        row.ChunksDone,
        row.ChunksTotal,
        DateTimeOffset.FromUnixTimeMilliseconds(row.SubmittedMs),
        row.EndedMs is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        row.Title,
        row.Error?.Code);

    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>Everything an operator asks of one project.</summary>
/// <param name="Term">Lives of the project's actor so far.</param>
/// <param name="Failures">Attempts that failed, of all jobs, over the whole life; <paramref name="Lost"/> are those whose node was lost.</param>
internal sealed record ProjectDetail(
    ProjectItem Row,
    string Phase,
    int Weight,
    ImmutableArray<string> Limits,
    long Frames,
    int Segments,
    int ChunksReady,
    int ChunksPublished,
    long Failures,
    long Lost,
    long Term,
    string? Out,
    ImmutableArray<string> Warnings,
    ImmutableArray<DeadRow> Dead,
    FarmError? Error)
{
    /// <summary>Length of its journal.</summary>
    public long Events { get; init; }

    public static ProjectDetail Of(ProjectState state) => new(
        ProjectItem.Of(state),
        ProjectItem.Word(state.Phase),
        state.Request?.Weight ?? 1,
        state.Request?.Limits ?? [],
        state.Plan?.Frames ?? 0,
        state.Plan?.Segments ?? 0,
        state.ChunksReady,
        state.ChunksPublished,
        state.FailuresTotal,
        state.LostTotal,
        state.Term,
        state.Request?.OutDir is { Length: > 0 } folder ? folder : null,
        [.. state.Warnings],
        DeadRow.Of(state),
        state.Error);
}

/// <summary>A job that is not tried again by itself.</summary>
internal sealed record DeadRow(string Project, string Job, int Failures, int Lost, string Code, string Message, string? WayOut)
{
    public static ImmutableArray<DeadRow> Of(ProjectState state) =>
        [.. state.Dead.Select(d => new DeadRow(state.Id.Value, d.Job, d.Failures, d.Lost, d.Error.Code, d.Error.Message, d.Error.WayOut))];
}
