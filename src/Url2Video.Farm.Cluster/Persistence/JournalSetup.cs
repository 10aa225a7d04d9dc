using System.Globalization;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// Journal and snapshot store of a server, on either store (those of an embedded farm: <see cref="Files.FileStoreSetup"/>). Their tables are made before it starts: by <see cref="FarmDatabase.OpenAsync"/>,
/// under its lock when servers start together, or by <see cref="JournalTables.EnsureFile"/>.
/// </summary>
/// <param name="Hocon">With the plugin's own defaults.</param>
/// <param name="Setup">Goes into the <see cref="ActorSystemSetup"/>: the connection, which must not stand in a configuration that may be printed.</param>
internal sealed record JournalSetup(Config Hocon, Setup Setup)
{
    /// <summary>More would only wait for each other in two cores' worth of database; fewer leave a commit's wait unused.</summary>
    private const int PostgresWriters = 4;

    /// <summary>Rows of one INSERT. Ten parameters a row, of which PostgreSQL takes 65,535.</summary>
    private const int RowsPerWriteMax = 1_000;

    public static JournalSetup Of(StoreUrl store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Kind == StoreKind.Sqlite
            ? new(Common(SqliteWriters), SqliteJournal.Setup(store.ConnectionString))
            : new(Common(PostgresWriting), new DataOptionsSetup(PostgresOptions(store)));
    }

    /// <summary>How the plugin connects to PostgreSQL.</summary>
    public static DataOptions PostgresOptions(StoreUrl store) => new DataOptions()
        .UseConnectionString(ProviderName.PostgreSQL15, store.ConnectionString);

    private const string SqliteWriters = """
        # One writer: SQLite has one anyway, and batches grow while it is busy.
        parallelism = 1
        # Literals of large events would pass SQLite's limit of a million characters a statement.
        prefer-parameters-on-multirow-insert = true
        """;

    private static readonly string PostgresWriting = string.Create(CultureInfo.InvariantCulture, $"""
        # Each writer's commit waits for the disk; meanwhile the others collect.
        parallelism = {PostgresWriters}
        batch-size = {RowsPerWriteMax}
        db-round-trip-max-batch-size = {RowsPerWriteMax}
        prefer-parameters-on-multirow-insert = true
        """);

    private static Config Common(string writing) => ConfigurationFactory.ParseString($$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            auto-start-journals = ["akka.persistence.journal.sql"]
            sql {
              auto-initialize = off
              {{writing}}
              # A server's journal signs all its events with one name while it lives. Of a project that moved away and came back, the filter would
              # take the later ones for a zombie's and drop them, silently. No zombie can write here: a number is taken once (unique index).
              replay-filter.mode = off
              # A database that comes back is used within a second; asking one that is down costs little.
              circuit-breaker { max-failures = 20, call-timeout = 20s, reset-timeout = 1s }
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              auto-initialize = off
              # The journal is never shortened, so a snapshot that cannot be read costs a replay and nothing else.
              snapshot-is-optional = true
              circuit-breaker { max-failures = 20, call-timeout = 20s, reset-timeout = 1s }
            }
          }
          query.journal.sql {
            write-plugin = "akka.persistence.journal.sql"
            refresh-interval = 250ms
            journal-sequence-retrieval { query-delay = 250ms, max-tries = 10 }
          }
        }
        """).WithFallback(SqlPersistence.DefaultConfiguration);
}
