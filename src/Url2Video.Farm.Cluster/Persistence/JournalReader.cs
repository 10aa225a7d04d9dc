using Microsoft.Data.Sqlite;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// Reads the journal of an embedded farm without starting the farm and without disturbing one that runs: the operator's witness.
/// </summary>
public sealed class JournalReader : IFarmJournal
{
    private readonly string _connection;

    private JournalReader(SqliteConnectionStringBuilder store) =>
        _connection = new SqliteConnectionStringBuilder { DataSource = store.DataSource, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    /// <exception cref="FarmException"><c>ERR_PROJECT_NOT_FOUND</c> when there is no journal in the folder.</exception>
    public JournalReader(string dataDir)
    {
        var path = Path.Combine(dataDir, "journal.db");
        if (!File.Exists(path))
        {
            throw new FarmException(ErrorCodes.ProjectNotFound, $"There is no farm in {dataDir}.", "Give the --data folder that render was started with.");
        }

        _connection = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
    }

    /// <returns>Null when there is no file (yet).</returns>
    internal static JournalReader? Open(Store.StoreUrl store)
    {
        var path = new SqliteConnectionStringBuilder(store.ConnectionString);
        return File.Exists(path.DataSource) ? new JournalReader(path) : null;
    }

    /// <summary>The projects of the journal, the newest first: their ids sort by the time of submission.</summary>
    public IReadOnlyList<ProjectId> Projects()
    {
        var projects = new List<ProjectId>();
        Query("SELECT DISTINCT persistence_id FROM journal WHERE persistence_id LIKE 'project-%'", row =>
        {
            if (PersistenceIds.TryProject(row.GetString(0), out var id))
            {
                projects.Add(id);
            }
        });
        return [.. projects.OrderByDescending(p => p.Value, StringComparer.Ordinal)];
    }

    /// <summary>The events of one project in order.</summary>
    /// <exception cref="FarmException"><c>ERR_PROJECT_NOT_FOUND</c>.</exception>
    public IReadOnlyList<JournalEntry> Events(ProjectId project)
    {
        var entries = new List<JournalEntry>();
        Query(
            "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = $id ORDER BY sequence_number",
            row => entries.Add(JournalEntry.Of(project, row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2))),
            ("$id", PersistenceIds.Of(project)));
        return entries.Count > 0 ? entries : throw new FarmException(ErrorCodes.ProjectNotFound, $"There is no project {project} in this data folder.");
    }

    /// <summary>The state that the journal folds to.</summary>
    public ProjectState State(ProjectId project) =>
        Events(project).Aggregate(new ProjectState(project), (state, entry) => state.Apply(entry.Event));

    Task<IReadOnlyList<ProjectId>> IFarmJournal.ProjectsAsync(ProjectId? before, int limit, CancellationToken cancellation) => Task.Run<IReadOnlyList<ProjectId>>(
        () => [.. Projects().Where(p => before is not { } id || string.CompareOrdinal(p.Value, id.Value) < 0).Take(limit)], cancellation);

    Task<IReadOnlyList<JournalEntry>> IFarmJournal.EventsAsync(ProjectId project, long from, int limit, CancellationToken cancellation)
    {
        var entries = new List<JournalEntry>();
        Query(
            "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = $id AND sequence_number >= $from ORDER BY sequence_number LIMIT $limit",
            row => entries.Add(JournalEntry.Of(project, row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2))),
            ("$id", PersistenceIds.Of(project)),
            ("$from", from),
            ("$limit", limit));
        return Task.FromResult<IReadOnlyList<JournalEntry>>(entries);
    }

    private void Query(string sql, Action<SqliteDataReader> row, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'journal'";
        if (command.ExecuteScalar() is 0L)
        {
            return; // Killed in its first moments: the file is there, and nothing was ever accepted.
        }

        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }
}
