using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// The tables of Akka.Persistence.Sql, in its default mapping, made by us: its own way makes no unique index of
/// (persistence_id, sequence_number), and that index is what stops a second writer of a project.
/// </summary>
internal static class JournalTables
{
    private const string UniqueIndex = "CREATE UNIQUE INDEX IF NOT EXISTS journal_uq ON journal (persistence_id, sequence_number);";

    // Events are appended and never changed: pages may be full, and nothing but inserts wakes the vacuum. Collation "C": ids are ASCII.
    private const string Postgres = """
        CREATE TABLE IF NOT EXISTS journal (ordering BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, created BIGINT NOT NULL, deleted BOOLEAN NOT NULL,
          persistence_id TEXT COLLATE "C" NOT NULL, sequence_number BIGINT NOT NULL, message BYTEA NOT NULL, manifest TEXT, identifier INTEGER, writer_uuid TEXT);
        CREATE TABLE IF NOT EXISTS snapshot (persistence_id TEXT COLLATE "C" NOT NULL, sequence_number BIGINT NOT NULL, created BIGINT NOT NULL, snapshot BYTEA,
          manifest TEXT, serializer_id INTEGER, PRIMARY KEY (persistence_id, sequence_number));
        CREATE TABLE IF NOT EXISTS tags (ordering_id BIGINT NOT NULL, tag TEXT NOT NULL, sequence_nr BIGINT NOT NULL, persistence_id TEXT NOT NULL,
          PRIMARY KEY (ordering_id, tag));
        """;

    private const string Sqlite = """
        CREATE TABLE IF NOT EXISTS journal (ordering INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, deleted BIT NOT NULL,
          persistence_id NVARCHAR(255) NOT NULL, sequence_number INTEGER NOT NULL, message VARBINARY NOT NULL, manifest NVARCHAR(500) NULL, identifier INTEGER NULL,
          writer_uuid NVARCHAR(128) NULL);
        CREATE TABLE IF NOT EXISTS snapshot (persistence_id NVARCHAR(255) NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL, snapshot VARBINARY NULL,
          manifest NVARCHAR(255) NULL, serializer_id INTEGER NULL, PRIMARY KEY (persistence_id, sequence_number));
        CREATE TABLE IF NOT EXISTS tags (ordering_id INTEGER NOT NULL, tag NVARCHAR(64) NOT NULL, sequence_nr INTEGER NOT NULL, persistence_id NVARCHAR(255) NOT NULL,
          PRIMARY KEY (ordering_id, tag));
        """;

    /// <summary>Harmless when they are there. On PostgreSQL to be run under the lock of <see cref="Migrations"/>.</summary>
    public static string Script(StoreKind kind) => (kind == StoreKind.Postgres ? Postgres : Sqlite) + "\n" + UniqueIndex;

    /// <summary>For the folder of an embedded farm, which has no other tables to bring up to date before it starts; nothing for PostgreSQL.</summary>
    /// <exception cref="FarmException"><c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>, <c>ERR_INTERNAL</c>: the file cannot be used.</exception>
    public static void EnsureFile(StoreUrl store)
    {
        if (store.Kind != StoreKind.Sqlite)
        {
            return;
        }

        try
        {
            using var connection = new SqliteConnection(store.ConnectionString);
            connection.Open();
            SqliteJournal.Apply(connection);
            using var command = connection.CreateCommand();
            command.CommandText = Script(StoreKind.Sqlite);
            command.ExecuteNonQuery();
        }
        catch (SqliteException fault)
        {
            throw new FarmException(JournalFaults.Translate(fault), fault);
        }
    }
}
