using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.ReadModels;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

/// <summary>
/// What can be read of projects without waking them, the same for a server and for the console on a data folder. Safe for any thread.
/// </summary>
/// <param name="self">Who answers; empty for a data folder.</param>
internal sealed class FarmReads(IFarmJournal journal, IProjectListing listing, string self)
{
    private const int ProjectsDefault = 50;

    /// <summary>A film of a hundred thousand chunks in commits of one, and as much again for what went wrong.</summary>
    private const int EventsPerReplayMax = 400_000;

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>. So do the others, and <c>ERR_PROJECT_NOT_FOUND</c>, <c>ERR_STORE_UNREACHABLE</c>.</exception>
    public async Task<FarmList<ProjectItem>> ProjectsAsync(string? stage, string? tenant, string? text, string? cursor, int? limit, CancellationToken cancellation)
    {
        var page = await listing.ListAsync(
            new ProjectQuery(tenant, Stage(stage), text, cursor is null ? null : FarmIds.Project(cursor), limit ?? ProjectsDefault), cancellation).ConfigureAwait(false);
        return new([.. page.Projects.Select(ProjectItem.Of)], self, page.Next is not null, page.Next?.Value);
    }

    public async Task<ProjectDetail> ProjectAsync(string project, CancellationToken cancellation)
    {
        var (state, last) = await journal.StateAsync(FarmIds.Project(project), cancellation).ConfigureAwait(false);
        return ProjectDetail.Of(state) with { Events = last };
    }

    public async Task<FarmList<EventRow>> EventsAsync(string project, long? from, int? limit, CancellationToken cancellation)
    {
        var count = Math.Clamp(limit ?? Limits.JournalPageEventsMax, 1, Limits.JournalPageEventsMax);
        var (id, first) = (FarmIds.Project(project), Math.Max(1, from ?? 1));
        var found = await journal.EventsAsync(id, first, count, cancellation).ConfigureAwait(false);
        if (found.Count == 0 && first == 1)
        {
            throw NotFound(id);
        }

        var hasMore = found.Count == count;
        return new([.. found.Select(EventRow.Of)], self, hasMore, hasMore ? (found[^1].SequenceNr + 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    public async Task<ReplayReport> ReplayAsync(string project, CancellationToken cancellation) =>
        Replay.Run(project, await EntriesAsync(FarmIds.Project(project), cancellation).ConfigureAwait(false), told: null);

    /// <summary>The whole journal of a project.</summary>
    public async Task<IReadOnlyList<JournalEntry>> EntriesAsync(ProjectId project, CancellationToken cancellation)
    {
        var entries = new List<JournalEntry>();
        while (true)
        {
            var page = await journal.EventsAsync(project, (entries.Count > 0 ? entries[^1].SequenceNr : 0) + 1, Limits.JournalPageEventsMax, cancellation).ConfigureAwait(false);
            entries.AddRange(page);
            if (page.Count < Limits.JournalPageEventsMax || entries.Count >= EventsPerReplayMax)
            {
                return entries.Count > 0 ? entries : throw NotFound(project);
            }
        }
    }

    /// <summary>Dead jobs of failed projects, a page of projects at a time.</summary>
    public async Task<FarmList<DeadRow>> DeadAsync(string? cursor, CancellationToken cancellation)
    {
        var page = await listing.ListAsync(
            new ProjectQuery(Stage: ProjectStage.Failed, Before: cursor is null ? null : FarmIds.Project(cursor), Limit: ProjectsDefault), cancellation).ConfigureAwait(false);
        var rows = ImmutableArray.CreateBuilder<DeadRow>();
        foreach (var project in page.Projects)
        {
            rows.AddRange(DeadRow.Of((await journal.StateAsync(project.Id, cancellation).ConfigureAwait(false)).State));
        }

        return new(rows.ToImmutable(), self, page.Next is not null, page.Next?.Value);
    }

    public async Task<FarmList<DeadRow>> DeadOfAsync(string project, CancellationToken cancellation) =>
        new(DeadRow.Of((await journal.StateAsync(FarmIds.Project(project), cancellation).ConfigureAwait(false)).State), self);

    private static ProjectStage? Stage(string? word) =>
        word is null ? null
        : Enum.TryParse<ProjectStage>(word, ignoreCase: true, out var stage) && Enum.IsDefined(stage) && !char.IsAsciiDigit(word[0]) ? stage
        : throw new FarmException(ErrorCodes.InvalidArgument, "There is no such stage.", $"One of {string.Join(", ", Enum.GetNames<ProjectStage>()).ToLowerInvariant()}.");

    private static FarmException NotFound(ProjectId project) =>
        new(ErrorCodes.ProjectNotFound, $"There is no project {project}.", "`pbm project list` lists them.");
}
