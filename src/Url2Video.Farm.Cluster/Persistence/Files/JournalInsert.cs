using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Persistence.Files;

/// <summary>A connection to the file of a journal with the one statement that it is for.</summary>
internal sealed class JournalInsert : IDisposable
{
    private const string Statement = """
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
        VALUES ($created, 0, $id, $nr, $message, $manifest, $identifier, $writer)
        """;

    private static readonly string[] s_columns = ["$created", "$id", "$nr", "$message", "$manifest", "$identifier", "$writer"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;

    public JournalInsert(StoreUrl store)
    {
        _connection = new SqliteConnection(store.ConnectionString);
        _connection.Open();
        SqliteJournal.Apply(_connection);
        _command = _connection.CreateCommand();
        _command.CommandText = Statement;
        foreach (var name in s_columns)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    public SqliteTransaction Begin()
    {
        var transaction = _connection.BeginTransaction();
        _command.Transaction = transaction;
        return transaction;
    }

    public void Add(in JournalRow row)
    {
        object[] values = [row.Created, row.PersistenceId, row.SequenceNr, row.Message, row.Manifest, row.Identifier, row.Writer];
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
    }
}
