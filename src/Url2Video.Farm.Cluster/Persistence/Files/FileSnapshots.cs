using Akka.Persistence;
using Akka.Persistence.Snapshot;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace Url2Video.Farm.Cluster.Persistence.Files;

/// <summary>The snapshot plugin of a store in one file, see <see cref="FileStoreSetup"/>.</summary>
internal sealed class FileSnapshots : SnapshotStore
{
    private const string Chosen = "persistence_id = $id AND sequence_number BETWEEN $min AND $max AND created BETWEEN $after AND $before";

    private readonly AkkaSerialization _serialization;
    private readonly FileStoreSetup _setup;

    public FileSnapshots()
    {
        _serialization = Context.System.Serialization;
        _setup = Context.System.Settings.Setup.Get<FileStoreSetup>().Value;
    }

    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken)
    {
        SelectedSnapshot? found = null;
        await FileQueries.ReadAsync(
            _setup.Store,
            $"SELECT snapshot, manifest, serializer_id, sequence_number, created FROM snapshot WHERE {Chosen} ORDER BY sequence_number DESC LIMIT 1",
            row => found = new SelectedSnapshot(
                new SnapshotMetadata(persistenceId, row.GetInt64(3), new DateTime(row.GetInt64(4), DateTimeKind.Utc)),
                _serialization.Deserialize(row.GetFieldValue<byte[]>(0), row.GetInt32(2), FileQueries.TextOf(row, 1))),
            ValuesOf(persistenceId, criteria)).ConfigureAwait(false);
        return found;
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken)
    {
        var serializer = _serialization.FindSerializerFor(snapshot);
        return FileQueries.ExecuteAsync(
            _setup.Store,
            """
            INSERT OR REPLACE INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id)
            VALUES ($id, $nr, $created, $snapshot, $manifest, $serializer)
            """,
            ("$id", metadata.PersistenceId),
            ("$nr", metadata.SequenceNr),
            ("$created", metadata.Timestamp.Ticks),
            ("$snapshot", _serialization.Serialize(snapshot)),
            ("$manifest", AkkaSerialization.ManifestFor(serializer, snapshot)),
            ("$serializer", serializer.Identifier));
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata, CancellationToken cancellationToken) => FileQueries.ExecuteAsync(
        _setup.Store,
        "DELETE FROM snapshot WHERE persistence_id = $id AND sequence_number = $nr",
        ("$id", metadata.PersistenceId),
        ("$nr", metadata.SequenceNr));

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        FileQueries.ExecuteAsync(_setup.Store, $"DELETE FROM snapshot WHERE {Chosen}", ValuesOf(persistenceId, criteria));

    private static (string Name, object Value)[] ValuesOf(string persistenceId, SnapshotSelectionCriteria criteria) =>
    [
        ("$id", persistenceId),
        ("$min", criteria.MinSequenceNr),
        ("$max", criteria.MaxSequenceNr),
        ("$after", (criteria.MinTimestamp ?? DateTime.MinValue).Ticks),
        ("$before", criteria.MaxTimeStamp.Ticks),
    ];
}
