using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>The journal of a farm of servers, on either store.</summary>
public sealed class DatabaseJournal(FarmDatabase database) : IFarmJournal
{
    // Jumps from one project to the next in the index instead of reading every event of every project.
    private const string NewestIds = """
        WITH RECURSIVE ids (id) AS (
          SELECT MAX(persistence_id) FROM journal WHERE persistence_id > 'project-' AND persistence_id < @before
          UNION ALL
          SELECT (SELECT MAX(persistence_id) FROM journal WHERE persistence_id > 'project-' AND persistence_id < ids.id) FROM ids WHERE ids.id IS NOT NULL)
        SELECT id FROM ids WHERE id IS NOT NULL LIMIT @limit
        """;

    public async Task<IReadOnlyList<ProjectId>> ProjectsAsync(ProjectId? before, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Limits.JournalPageProjectsMax);
        var ids = await database.QueryAsync(
            NewestIds,
            static r => PersistenceIds.TryProject(r.GetString(0), out var id) ? id : (ProjectId?)null,
            cancellation,
            ("before", before is { } id ? PersistenceIds.Of(id) : PersistenceIds.ProjectsEnd),
            ("limit", limit)).ConfigureAwait(false);
        return [.. ids.OfType<ProjectId>()];
    }

    public async Task<IReadOnlyList<JournalEntry>> EventsAsync(ProjectId project, long from, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Limits.JournalPageEventsMax);
        return await database.QueryAsync(
            """
            SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = @id AND sequence_number >= @from
            ORDER BY sequence_number LIMIT @limit
            """,
            r => JournalEntry.Of(project, r.GetInt64(0), r.GetString(1), r.GetFieldValue<byte[]>(2)),
            cancellation,
            ("id", PersistenceIds.Of(project)),
            ("from", from),
            ("limit", limit)).ConfigureAwait(false);
    }
}
