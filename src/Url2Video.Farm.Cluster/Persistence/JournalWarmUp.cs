using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;
using Akka.Persistence.Sql.Journal.Types;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// Runs the journal's queries once against a database in memory while the actor system starts on another core. The first use of
/// the query translator compiles for the better part of a second; this way that second is not waited for.
/// </summary>
internal static class JournalWarmUp
{
    /// <summary>Returns at once. A warm-up that fails costs nothing but the time it would have saved.</summary>
    /// <returns>Done when it is over, however; never fails.</returns>
    public static Task Begin() => Task.Run(RunAsync).ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);

    private static async Task RunAsync()
    {
        var hocon = ConfigurationFactory.ParseString("provider-name = \"SQLite.MS\", connection-string = \"Data Source=:memory:\"");
        var config = new JournalConfig(hocon.WithFallback(SqlPersistence.DefaultJournalConfiguration));
        var factory = new AkkaPersistenceDataConnectionFactory(config);
        var connection = factory.GetConnection();
        await using (connection.ConfigureAwait(false))
        {
            await connection.CreateTableAsync<JournalRow>(TableOptions.CreateIfNotExists, null, CancellationToken.None).ConfigureAwait(false);
            var rows = connection.GetTable<JournalRow>();
            _ = await rows.Where(r => r.PersistenceId == "" && r.SequenceNumber > 0).Select(r => (long?)r.SequenceNumber).MaxAsync().ConfigureAwait(false);
            _ = await rows
                .Where(r => r.PersistenceId == "" && r.SequenceNumber >= 0 && r.SequenceNumber <= 1 && r.Deleted == false)
                .OrderBy(r => r.SequenceNumber)
                .Take(1)
                .ToListAsync()
                .ConfigureAwait(false);
            var row = new JournalRow { PersistenceId = "", SequenceNumber = 1, Message = [], Manifest = "", WriterUuid = "" };
            await connection.InsertAsync(row, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
