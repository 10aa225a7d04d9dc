using Akka.Actor.Setup;
using Akka.Configuration;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Persistence.Files;

/// <summary>
/// Journal and snapshots in one SQLite file, by our own plugins: tables and bytes are those of Akka.Persistence.Sql, whose translator of queries costs every
/// start of a farm half a second of processor time and some tens of megabytes. Tells them where the file is.
/// </summary>
internal sealed class FileStoreSetup(StoreUrl store, TimeProvider clock) : Setup
{
    public const string JournalPlugin = "akka.persistence.journal.farm-file";

    public const string SnapshotPlugin = "akka.persistence.snapshot-store.farm-file";

    private static readonly Config s_hocon = ConfigurationFactory.ParseString($$"""
        akka.persistence {
          journal {
            plugin = "{{JournalPlugin}}"
            auto-start-journals = ["{{JournalPlugin}}"]
            farm-file {
              class = "{{typeof(FileJournal).FullName}}, {{typeof(FileJournal).Assembly.GetName().Name}}"
              # No zombie can write here: a number is taken once (unique index).
              replay-filter.mode = off
              circuit-breaker { max-failures = 20, call-timeout = 20s, reset-timeout = 1s }
            }
          }
          snapshot-store {
            plugin = "{{SnapshotPlugin}}"
            farm-file {
              class = "{{typeof(FileSnapshots).FullName}}, {{typeof(FileSnapshots).Assembly.GetName().Name}}"
              # The journal is never shortened, so a snapshot that cannot be read costs a replay and nothing else.
              snapshot-is-optional = true
              circuit-breaker { max-failures = 20, call-timeout = 20s, reset-timeout = 1s }
            }
          }
        }
        """);

    /// <summary>Makes them the plugins of an actor system. The tables are there: <see cref="JournalTables.EnsureFile"/>.</summary>
    public static JournalSetup Of(StoreUrl store, TimeProvider clock) => new(s_hocon, new FileStoreSetup(store, clock));

    public StoreUrl Store { get; } = store;

    public TimeProvider Clock { get; } = clock;
}
