using System.Text.Json;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.ReadModels;

/// <summary>One line of the list of projects, as the table <c>farm_project</c> keeps it.</summary>
/// <param name="SequenceNr">The project's last event that this line has in it.</param>
/// <param name="IsPaused">Nothing more is begun for it until it is unpaused.</param>
/// <param name="SubmittedMs">Unix milliseconds.</param>
/// <param name="EndedMs">Unix milliseconds; null while it goes on.</param>
public sealed record ProjectRow(
    ProjectId Id,
    string Tenant,
    Band Band,
    ProjectStage Stage,
    bool IsPaused,
    string? Title,
    FarmError? Error,
    string OutDir,
    long SubmittedMs,
    long? EndedMs,
    int ChunksDone,
    int ChunksTotal,
    long SequenceNr)
{
    public ProjectSummary Summary => new(Id, Stage, OutDir, SubmittedMs, Title, Error);

    /// <returns>Null for a project that was never ordered.</returns>
    internal static ProjectRow? Of(ProjectState state, long sequenceNr) => state.Request is { } request
        ? new(
            state.Id,
            request.Tenant,
            request.Band,
            ProjectView.StageOf(state),
            state.Status == ProjectStatus.Paused,
            state.Facts?.Title,
            state.Error,
            request.OutDir,
            state.SubmittedAt.ToUnixTimeMilliseconds(),
            state.EndedAt?.ToUnixTimeMilliseconds(),
            state.ChunksDone,
            state.Chunks.Count,
            sequenceNr)
        : null;

    /// <summary>Lower case and what a search looks in.</summary>
    internal string SearchText => $"{Title} {Id.Value}".ToLowerInvariant();

    internal static string StageWord(ProjectStage stage) => JsonNamingPolicy.KebabCaseLower.ConvertName(stage.ToString());

    internal static ProjectStage StageOf(string word) => Enum.GetValues<ProjectStage>().First(s => StageWord(s) == word);

    internal string? ErrorJson => Error is null ? null : System.Text.Encoding.UTF8.GetString(FarmJson.Write(Error));

    internal static FarmError? ErrorOf(string? json) => json is null ? null : (FarmError)FarmJson.Read(System.Text.Encoding.UTF8.GetBytes(json), typeof(FarmError));
}
