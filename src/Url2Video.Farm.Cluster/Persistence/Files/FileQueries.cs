using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Persistence.Files;

/// <summary>Single statements on a store in one file, on a thread of the pool: SQLite has no calls that do not block.</summary>
internal static class FileQueries
{
    public static Task ReadAsync(StoreUrl store, string sql, Action<SqliteDataReader> row, params (string Name, object Value)[] values) =>
        RunAsync(store, sql, values, command =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                row(reader);
            }
        });

    /// <summary>Together, or none of them.</summary>
    public static Task ExecuteAsync(StoreUrl store, string sql, params (string Name, object Value)[] values) => RunAsync(store, sql, values, command =>
    {
        SqliteJournal.Apply(command.Connection!);
        using var transaction = command.Connection!.BeginTransaction();
        command.Transaction = transaction;
        command.ExecuteNonQuery();
        transaction.Commit();
    });

    /// <summary>Of a column that may be empty, as those of the library are.</summary>
    public static string TextOf(SqliteDataReader row, int column) => row.IsDBNull(column) ? string.Empty : row.GetString(column);

    private static Task RunAsync(StoreUrl store, string sql, (string Name, object Value)[] values, Action<SqliteCommand> run) => Task.Run(() =>
    {
        using var connection = new SqliteConnection(store.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        run(command);
    });
}
