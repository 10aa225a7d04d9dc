using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Microsoft.Data.Sqlite;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace Url2Video.Farm.Cluster.Persistence.Files;

/// <summary>The journal plugin of a store in one file, see <see cref="FileStoreSetup"/>.</summary>
internal sealed class FileJournal : AsyncWriteJournal
{
    private readonly AkkaSerialization _serialization;
    private readonly FileStoreSetup _setup;
    private readonly JournalWriter _writer;

    public FileJournal()
    {
        _serialization = Context.System.Serialization;
        _setup = Context.System.Settings.Setup.Get<FileStoreSetup>().Value;
        _writer = new JournalWriter(_setup.Store);
    }

    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback) =>
        ReadAsync(
            """
            SELECT sequence_number, message, manifest, identifier, writer_uuid, created FROM journal
            WHERE persistence_id = $id AND sequence_number BETWEEN $from AND $to AND deleted = 0 ORDER BY sequence_number LIMIT $max
            """,
            row => recoveryCallback(EventOf(row, persistenceId)),
            ("$id", persistenceId),
            ("$from", fromSequenceNr),
            ("$to", toSequenceNr),
            ("$max", max));

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        var highest = 0L;
        await ReadAsync(
            "SELECT COALESCE(MAX(sequence_number), 0) FROM journal WHERE persistence_id = $id AND sequence_number >= $from",
            row => highest = row.GetInt64(0),
            ("$id", persistenceId),
            ("$from", fromSequenceNr)).ConfigureAwait(false);
        return highest;
    }

    protected override async Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var now = _setup.Clock.GetUtcNow().UtcTicks;
        var rows = ImmutableArray.CreateBuilder<JournalRow>();
        var rejected = ImmutableList.CreateBuilder<Exception>();
        foreach (var write in messages)
        {
            try
            {
                rows.AddRange(((IImmutableList<IPersistentRepresentation>)write.Payload).Select(e => RowOf(e, now)).ToArray());
                rejected.Add(null!); // Akka's word for an event that is not rejected.
            }
            catch (Exception fault)
            {
                rejected.Add(fault); // It cannot be written at all, however often it is tried.
            }
        }

        await _writer.WriteAsync(rows.ToImmutable()).ConfigureAwait(false);
        return rejected.Exists(f => f is not null) ? rejected.ToImmutable() : null;
    }

    // The last number stays, marked: the next event must not take it again.
    protected override async Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken)
    {
        await _writer.WriteAsync([]).ConfigureAwait(false);
        await FileQueries.ExecuteAsync(
            _setup.Store,
            """
            UPDATE journal SET deleted = 1 WHERE persistence_id = $id AND sequence_number <= $to;
            DELETE FROM journal WHERE persistence_id = $id AND sequence_number <= $to AND sequence_number < (SELECT MAX(sequence_number) FROM journal WHERE persistence_id = $id);
            """,
            ("$id", persistenceId),
            ("$to", toSequenceNr)).ConfigureAwait(false);
    }

    protected override void PostStop()
    {
        _writer.Complete();
        base.PostStop();
    }

    private Persistent EventOf(SqliteDataReader row, string persistenceId)
    {
        var manifest = FileQueries.TextOf(row, 2);
        return new(
            _serialization.Deserialize(row.GetFieldValue<byte[]>(1), row.GetInt32(3), manifest), row.GetInt64(0), persistenceId, manifest,
            isDeleted: false, ActorRefs.NoSender, FileQueries.TextOf(row, 4), row.GetInt64(5));
    }

    private JournalRow RowOf(IPersistentRepresentation e, long now)
    {
        var serializer = _serialization.FindSerializerFor(e.Payload);
        return new(
            e.Timestamp > 0 ? e.Timestamp : now, e.PersistenceId, e.SequenceNr, _serialization.Serialize(e.Payload), AkkaSerialization.ManifestFor(serializer, e.Payload),
            serializer.Identifier, e.WriterGuid);
    }

    // An actor that begins again may still have a write on its way: that comes first.
    private async Task ReadAsync(string sql, Action<SqliteDataReader> row, params (string Name, object Value)[] values)
    {
        await _writer.WriteAsync([]).ConfigureAwait(false);
        await FileQueries.ReadAsync(_setup.Store, sql, row, values).ConfigureAwait(false);
    }
}
