using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Url2Video.Farm.Cluster.Store;

/// <summary>
/// The farm's own tables, beside the journal: keys, credentials, read models, published packages. On both stores with the same SQL:
/// plain types (TEXT, BIGINT, INTEGER, {BLOB}), <c>@name</c> parameters, <c>ON CONFLICT</c>, <c>RETURNING</c>. Times are BIGINT Unix milliseconds.
/// Safe for any thread; a connection serves one caller.
/// </summary>
public sealed class FarmDatabase : IAsyncDisposable
{
    private const string SqlitePragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000;";

    private readonly DbDataSource _source;

    private FarmDatabase(StoreUrl store, DbDataSource source) => (Store, _source) = (store, source);

    public StoreUrl Store { get; }

    /// <summary>Connects and brings the tables up to date; servers that start together wait for each other.</summary>
    /// <exception cref="Core.Errors.FarmException"><c>ERR_STORE_UNREACHABLE</c>, <c>ERR_STORE_NEWER</c>.</exception>
    public static async Task<FarmDatabase> OpenAsync(StoreUrl store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var database = new FarmDatabase(store, store.Kind == StoreKind.Postgres
            ? NpgsqlDataSource.Create(store.ConnectionString)
            : SqliteFactory.Instance.CreateDataSource(store.ConnectionString));
        try
        {
            await Migrations.RunAsync(database, cancellation).ConfigureAwait(false);
            return database;
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or System.Net.Sockets.SocketException)
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw StoreFaults.Unreachable(store, fault);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<DbConnection> ConnectAsync(CancellationToken cancellation = default)
    {
        var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        if (Store.Kind == StoreKind.Sqlite)
        {
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = SqlitePragmas;
            pragmas.ExecuteNonQuery();
        }

        return connection;
    }

    /// <summary>Rows that a statement changed.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        var connection = await ConnectAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using var command = CommandOf(connection, sql, parameters);
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        var connection = await ConnectAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using var command = CommandOf(connection, sql, parameters);
            using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var found = new List<T>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                found.Add(read(rows));
            }

            return found;
        }
    }

    /// <summary>Row by row, for tables that do not fit in memory.</summary>
    public async Task EachAsync(string sql, Action<DbDataReader> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        var connection = await ConnectAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using var command = CommandOf(connection, sql);
            using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                read(rows);
            }
        }
    }

    /// <summary>All or nothing.</summary>
    public async Task<T> TransactAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var connection = await ConnectAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(connection, transaction).ConfigureAwait(false);
                await transaction.CommitAsync(cancellation).ConfigureAwait(false);
                return result;
            }
        }
    }

    public DbCommand CommandOf(DbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(sql);
        var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{BLOB}", Store.Kind == StoreKind.Postgres ? "BYTEA" : "BLOB", StringComparison.Ordinal);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
