using System.Data.Common;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.ReadModels;

/// <summary>One event on its way into the read model.</summary>
/// <param name="Ordering">Place among all events of the farm; places may be missing, and on PostgreSQL a smaller one may be seen later than a greater.</param>
/// <param name="Event">Null: it is to be read from the journal.</param>
internal readonly record struct SeenEvent(long Ordering, ProjectId Project, long SequenceNr, ProjectEvent? Event);

/// <summary>
/// Keeps <c>farm_project</c> at what the journal says. Each project's events are numbered without gaps, so a late or missing one is noticed by
/// its project and read from the journal; the place in the whole journal (<c>farm_offset</c>) only tells where to look for news. Rows and place
/// change in one transaction, and a row never goes back. One caller at a time.
/// </summary>
internal sealed class Projection(FarmDatabase database, IFarmJournal journal)
{
    public const string OffsetName = "projects";

    /// <summary>Folded states at hand, so that a film of many events is not folded anew at each.</summary>
    private const int StatesMax = 2_000;

    /// <summary>Projects that one look at the journal takes up; the rest follows.</summary>
    private const int ProjectsPerSweepMax = 500;

    /// <summary>
    /// Places are given out before the commit: one that a slow transaction took is seen this many places late at most. At 5,000 events a
    /// second a transaction would have to hang for twenty seconds.
    /// </summary>
    private const long LateEventsMax = 100_000;

    private readonly Dictionary<ProjectId, (ProjectState State, long SequenceNr)> _states = [];

    /// <summary>Everything up to this place was looked at.</summary>
    public long Position { get; private set; }

    public async Task LoadAsync(CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            "SELECT position FROM farm_offset WHERE name = @name", static r => r.GetInt64(0), cancellation, ("name", OffsetName)).ConfigureAwait(false);
        Position = found.Count == 0 ? 0 : found[0];
    }

    /// <summary>Takes what the live feed brought, in its order.</summary>
    public async Task ApplyAsync(IReadOnlyCollection<SeenEvent> events, CancellationToken cancellation)
    {
        var rows = new List<ProjectRow>();
        foreach (var project in events.GroupBy(e => e.Project))
        {
            if (await FoldAsync(project.Key, project, cancellation).ConfigureAwait(false) is { } row)
            {
                rows.Add(row);
            }
        }

        await StoreAsync(rows, Math.Max(Position, events.Count == 0 ? 0 : events.Max(e => e.Ordering)), cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Compares the journal from a little before the position on with the rows, and puts right what differs: at the start, after a fault of
    /// the feed, and now and then for events that were committed late.
    /// </summary>
    /// <returns>How many rows were behind.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var seen = new HashSet<ProjectId>();
        var from = Math.Max(0, Position - LateEventsMax);
        while (true)
        {
            var stale = await StaleAsync(from, cancellation).ConfigureAwait(false);
            var rows = new List<ProjectRow>();
            foreach (var (project, _) in stale)
            {
                if (await FoldAsync(project, [], cancellation).ConfigureAwait(false) is { } row)
                {
                    rows.Add(row);
                }
            }

            // What was taken up before and is behind still cannot be read here: looking again would find it again.
            var known = seen.Count;
            seen.UnionWith(stale.Select(s => s.Project));
            var end = stale.Count < ProjectsPerSweepMax || seen.Count == known;
            await StoreAsync(rows, end ? Math.Max(Position, stale.Select(s => s.Head).DefaultIfEmpty(0).Max()) : Position, cancellation).ConfigureAwait(false);
            if (end)
            {
                return seen.Count;
            }
        }
    }

    /// <summary>Events that the journal has beyond the position.</summary>
    public async Task<long> LagAsync(CancellationToken cancellation) => (await database.QueryAsync(
        "SELECT COUNT(*) FROM journal WHERE ordering > @position AND persistence_id > 'project-' AND persistence_id < @end",
        static r => r.GetInt64(0),
        cancellation,
        ("position", Position),
        ("end", PersistenceIds.ProjectsEnd)).ConfigureAwait(false))[0];

    /// <summary>What came, as far as it goes on from what is known; the rest from the journal.</summary>
    private async Task<ProjectRow?> FoldAsync(ProjectId project, IEnumerable<SeenEvent> events, CancellationToken cancellation)
    {
        var known = _states.GetValueOrDefault(project, (new ProjectState(project), 0));
        var isWhole = false;
        foreach (var seen in events.OrderBy(e => e.SequenceNr))
        {
            isWhole = seen.SequenceNr <= known.Item2 || seen.SequenceNr == known.Item2 + 1 && seen.Event is not null;
            if (!isWhole)
            {
                break;
            }

            if (seen.SequenceNr > known.Item2)
            {
                known = (known.Item1.Apply(Slim(seen.Event!)), seen.SequenceNr);
            }
        }

        if (!isWhole)
        {
            known = await ReadOnAsync(project, known, cancellation).ConfigureAwait(false);
        }

        Keep(project, known);
        return ProjectRow.Of(known.Item1, known.Item2);
    }

    private async Task<(ProjectState State, long SequenceNr)> ReadOnAsync(ProjectId project, (ProjectState State, long SequenceNr) known, CancellationToken cancellation)
    {
        var limit = Limits.JournalPageEventsMax;
        while (true)
        {
            try
            {
                var page = await journal.EventsAsync(project, known.SequenceNr + 1, limit, cancellation).ConfigureAwait(false);
                foreach (var entry in page)
                {
                    known = (known.State.Apply(Slim(entry.Event)), entry.SequenceNr);
                }

                if (page.Count < limit)
                {
                    return known;
                }
            }
            catch (FarmException fault) when (fault.Error.Code == ErrorCodes.Format)
            {
                if (limit == 1)
                {
                    return known; // An event of a newer server: that server's projector will have it right.
                }

                limit = 1; // What comes before the event that cannot be read.
            }
        }
    }

    // The list says how many chunks there are, not where their files lie: those make up nearly all of a film's memory.
    private static ProjectEvent Slim(ProjectEvent fact) => fact is ProjectEvent.ChunksFinished e
        ? new ProjectEvent.ChunksFinished([.. e.Chunks.Select(c => c with { Rungs = [] })])
        : fact;

    private void Keep(ProjectId project, (ProjectState State, long SequenceNr) known)
    {
        if (known.State.IsEnded || _states.Count >= StatesMax && !_states.ContainsKey(project))
        {
            _states.Remove(project);
            if (known.State.IsEnded)
            {
                return;
            }

            _states.Clear(); // Rare, and each costs one reading of its journal.
        }

        _states[project] = known;
    }

    private async Task<IReadOnlyList<(ProjectId Project, long Head)>> StaleAsync(long from, CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            """
            SELECT j.persistence_id, MAX(j.ordering) FROM journal j LEFT JOIN farm_project p ON p.id = SUBSTR(j.persistence_id, 9)
            WHERE j.ordering > @from AND j.persistence_id > 'project-' AND j.persistence_id < @end
            GROUP BY j.persistence_id, p.sequence_nr HAVING MAX(j.sequence_number) > COALESCE(p.sequence_nr, 0)
            ORDER BY 2 LIMIT @limit
            """,
            static r => (Id: PersistenceIds.TryProject(r.GetString(0), out var id) ? id : (ProjectId?)null, Head: r.GetInt64(1)),
            cancellation,
            ("from", from),
            ("end", PersistenceIds.ProjectsEnd),
            ("limit", ProjectsPerSweepMax)).ConfigureAwait(false);
        return [.. found.Where(f => f.Id is not null).Select(f => (f.Id!.Value, f.Head))];
    }

    private async Task StoreAsync(List<ProjectRow> rows, long position, CancellationToken cancellation)
    {
        if (rows.Count == 0 && position == Position)
        {
            return;
        }

        await database.TransactAsync(
            async (connection, transaction) =>
            {
                foreach (var row in rows)
                {
                    await RunAsync(connection, transaction, ProjectRowSql.Upsert, cancellation, ProjectRowSql.Parameters(row)).ConfigureAwait(false);
                }

                await RunAsync(
                    connection,
                    transaction,
                    """
                    INSERT INTO farm_offset (name, position) VALUES (@name, @position)
                    ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE farm_offset.position < excluded.position
                    """,
                    cancellation,
                    ("name", OffsetName),
                    ("position", position)).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
        Position = position;
    }

    private async Task RunAsync(
        DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        using var command = database.CommandOf(connection, sql, parameters);
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
