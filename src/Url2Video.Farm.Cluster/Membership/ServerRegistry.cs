using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>
/// The table farm_server: who lives. A row is put there by the founder before it forms a cluster and by others when they are members,
/// renewed every second, and taken away when the server leaves or when the others have removed it. A server whose row is gone is no
/// member any more, whatever it believes: it must end.
/// </summary>
internal sealed class ServerRegistry(FarmDatabase database)
{
    /// <summary>One number of PostgreSQL's advisory locks, ours.</summary>
    private const long LockNumber = 0x7532_7667;

    private readonly string _now = StoreClock.NowMs(database.Store.Kind);

    /// <summary>Looks and, if this server is to be the first, writes its row; nobody else looks meanwhile.</summary>
    public Task<(JoinDecision Decision, Joining Next)> DecideAsync(Joining joining, ServerRow self, CancellationToken cancellation) =>
        database.TransactAsync(
            async (connection, transaction) =>
            {
                if (database.Store.Kind == StoreKind.Postgres)
                {
                    await RunAsync(connection, transaction, "SELECT pg_advisory_xact_lock(@n)", cancellation, ("n", LockNumber)).ConfigureAwait(false);
                }

                // Who had this address before is gone: the port is ours now.
                await RunAsync(
                    connection, transaction, "DELETE FROM farm_server WHERE substr(address, 1, @length) = @prefix AND address <> @id", cancellation,
                    ("length", self.Address.Length + 1), ("prefix", self.Address + "#"), ("id", self.Id)).ConfigureAwait(false);
                var rows = await ReadAsync(connection, transaction, cancellation).ConfigureAwait(false);
                var others = rows with { All = rows.All.RemoveAll(r => r.Id == self.Id) };
                var decided = joining.Decide(others);
                if (decided.Decision is JoinDecision.Found)
                {
                    await RunAsync(connection, transaction, "DELETE FROM farm_server", cancellation).ConfigureAwait(false);
                    await PutAsync(connection, transaction, self, cancellation).ConfigureAwait(false);
                }

                return decided;
            },
            cancellation);

    /// <summary>Writes the row of a server that has become a member.</summary>
    public Task PutAsync(ServerRow self, CancellationToken cancellation) => database.TransactAsync(
        async (connection, transaction) =>
        {
            await PutAsync(connection, transaction, self, cancellation).ConfigureAwait(false);
            return 0;
        },
        cancellation);

    /// <returns>False: the row is gone; the others have removed this server.</returns>
    public async Task<bool> SeenAsync(string id, CancellationToken cancellation) =>
        await database.ExecuteAsync($"UPDATE farm_server SET seen_ms = {_now} WHERE address = @id", cancellation, ("id", id)).ConfigureAwait(false) == 1;

    public Task RemoveAsync(string id, CancellationToken cancellation) =>
        database.ExecuteAsync("DELETE FROM farm_server WHERE address = @id", cancellation, ("id", id));

    public Task<ServerRows> ReadAsync(CancellationToken cancellation) => database.TransactAsync((c, t) => ReadAsync(c, t, cancellation), cancellation);

    private Task PutAsync(DbConnection connection, DbTransaction transaction, ServerRow self, CancellationToken cancellation) => RunAsync(
        connection,
        transaction,
        $"""
        INSERT INTO farm_server (address, url, version, started_ms, seen_ms) VALUES (@id, @url, @version, {_now}, {_now})
        ON CONFLICT (address) DO UPDATE SET seen_ms = excluded.seen_ms
        """,
        cancellation,
        ("id", self.Id),
        ("url", self.Url),
        ("version", self.Version));

    private async Task<ServerRows> ReadAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        using var command = database.CommandOf(connection, $"SELECT {_now}");
        command.Transaction = transaction;
        var now = Convert.ToInt64(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture);
        command.CommandText = "SELECT address, url, version, started_ms, seen_ms FROM farm_server";
        using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var all = ImmutableArray.CreateBuilder<ServerRow>();
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var (address, uid) = ServerRow.Split(rows.GetString(0));
            all.Add(new(address, uid, rows.GetString(1), rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4)));
        }

        return new(all.ToImmutable(), now);
    }

    private async Task RunAsync(
        DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        using var command = database.CommandOf(connection, sql, parameters);
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
