using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>Reads a project's journal from its file, past the actors.</summary>
internal static class JournalReader
{
    public static List<(string Manifest, byte[] Bytes)> Rows(TemporaryFolder folder, ProjectId id)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder["data"], "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select manifest, message, identifier from journal where persistence_id = $id order by sequence_number";
        command.Parameters.AddWithValue("$id", PersistenceIds.Of(id));
        using var reader = command.ExecuteReader();
        var rows = new List<(string, byte[])>();
        while (reader.Read())
        {
            Assert.Equal(FarmSerializer.Id, reader.GetInt32(2));
            rows.Add((reader.GetString(0), (byte[])reader.GetValue(1)));
        }

        return rows;
    }

    public static List<ProjectEvent> Events(TemporaryFolder folder, ProjectId id) => [.. Rows(folder, id).Select(row => Read(row.Manifest, row.Bytes))];

    public static ProjectEvent Read(string manifest, byte[] bytes) =>
        (ProjectEvent)FarmJson.Read(bytes, WireNames.Messages.Single(m => m.Value == manifest).Key);

    /// <summary>Names of the jobs whose end is in the journal.</summary>
    public static HashSet<string> Finished(TemporaryFolder folder, ProjectId id) => Events(folder, id).SelectMany(Names).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Names(ProjectEvent fact) => fact switch
    {
        ProjectEvent.SourceIngested => [JobNames.Ingest],
        ProjectEvent.StoryboardWritten => [JobNames.Write],
        ProjectEvent.ScenesSpoken e => e.Scenes.Select(s => JobNames.Speak(s.Scene)),
        ProjectEvent.ChunksFinished e => e.Chunks.Select(c => JobNames.Render(c.Chunk)),
        ProjectEvent.SoundMixed => [JobNames.Mix],
        ProjectEvent.FilmAssembled => [JobNames.Assemble],
        _ => [],
    };
}
