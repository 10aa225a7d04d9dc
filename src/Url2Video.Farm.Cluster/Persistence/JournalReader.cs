using System.Text.Json;
using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>One event as it stands in the journal.</summary>
/// <param name="SequenceNr">From 1, without gaps within a project.</param>
/// <param name="Name">Stable word of the event, e.g. <c>u2v.project.chunks-finished.v1</c>.</param>
public sealed record JournalEntry(ProjectId Project, long SequenceNr, string Name, ProjectEvent Event, JsonElement Json);

/// <summary>
/// Reads the journal of an embedded farm without starting the farm and without disturbing one that runs: the operator's witness.
/// </summary>
public sealed class JournalReader
{
    private readonly string _connection;

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

    /// <summary>The projects of the journal, the newest first: their ids sort by the time of submission.</summary>
    public IReadOnlyList<ProjectId> Projects()
    {
        var projects = new List<ProjectId>();
        Query("SELECT DISTINCT persistence_id FROM journal WHERE persistence_id LIKE 'project-%'", null, row =>
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
            PersistenceIds.Of(project),
            row => entries.Add(Entry(project, row)));
        return entries.Count > 0 ? entries : throw new FarmException(ErrorCodes.ProjectNotFound, $"There is no project {project} in this data folder.");
    }

    /// <summary>The state that the journal folds to.</summary>
    public ProjectState State(ProjectId project) =>
        Events(project).Aggregate(new ProjectState(project), (state, entry) => state.Apply(entry.Event));

    private static JournalEntry Entry(ProjectId project, SqliteDataReader row)
    {
        var (name, bytes) = (row.GetString(1), row.GetFieldValue<byte[]>(2));
        var type = WireNames.Messages.FirstOrDefault(e => e.Value == name).Key
            ?? throw new FarmException(ErrorCodes.Format, $"'{name}' is not known here; it may come from a newer farm.");
        return new JournalEntry(project, row.GetInt64(0), name, (ProjectEvent)FarmJson.Read(bytes, type), JsonDocument.Parse(bytes).RootElement);
    }

    private void Query(string sql, string? id, Action<SqliteDataReader> row)
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
        if (id is not null)
        {
            command.Parameters.AddWithValue("$id", id);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }
}
