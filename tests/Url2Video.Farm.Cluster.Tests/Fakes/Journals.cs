using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>Writes events past the actors.</summary>
internal static class Journals
{
    public static async Task WriteAsync(this FarmDatabase database, ProjectId id, long from, params IReadOnlyList<ProjectEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            await database.ExecuteAsync(
                """
                INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
                VALUES (0, FALSE, @id, @nr, @message, @manifest, 9001, 'test')
                """,
                CancellationToken.None,
                ("id", PersistenceIds.Of(id)),
                ("nr", from + i),
                ("message", FarmJson.Write((object)events[i])),
                ("manifest", WireNames.Messages[events[i].GetType()]));
        }
    }
}
