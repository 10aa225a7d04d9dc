using Akka.Persistence.Sql.Config;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// The journal of an embedded farm. WAL because one write then costs one fsync; FULL because an acknowledged submit must
/// survive a power cut (NORMAL may forget the last commits).
/// </summary>
internal static class SqliteJournal
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

    public static DataOptionsSetup Setup(string connection) => new(Options(connection));

    /// <param name="connection">Of <see cref="Store.StoreUrl.OfFile"/>.</param>
    public static DataOptions Options(string connection) => new DataOptions()
        .UseConnectionString(ProviderName.SQLiteMS, connection)
        .UseAfterConnectionOpened(
            static connection => Apply((SqliteConnection)connection),
            static (connection, _) =>
            {
                Apply((SqliteConnection)connection);
                return Task.CompletedTask;
            });

    // synchronous belongs to the connection, not to the file, and pooled connections may be new ones.
    internal static void Apply(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
