using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>
/// Named leases in the store: at most one owner at a time by the clock of the database. Every change is one statement that compares and
/// swaps; the version tells one holding from the next of the same owner.
/// </summary>
internal sealed class LeaseTable(FarmDatabase database)
{
    private readonly string _now = StoreClock.NowMs(database.Store.Kind);

    /// <returns>The version of the holding, or null: somebody else has it.</returns>
    public async Task<long?> AcquireAsync(string name, string owner, TimeSpan ttl, CancellationToken cancellation)
    {
        var versions = await database.QueryAsync(
            $"""
            INSERT INTO farm_lease (name, owner, version, until_ms) VALUES (@name, @owner, 1, {_now} + @ttl)
            ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, version = farm_lease.version + 1, until_ms = excluded.until_ms
            WHERE farm_lease.owner = excluded.owner OR farm_lease.until_ms < {_now}
            RETURNING version
            """,
            r => r.GetInt64(0),
            cancellation,
            ("name", name),
            ("owner", owner),
            ("ttl", (long)ttl.TotalMilliseconds)).ConfigureAwait(false);
        return versions.Count == 1 ? versions[0] : null;
    }

    /// <returns>False: it is no longer this holding.</returns>
    public async Task<bool> RenewAsync(string name, string owner, long version, TimeSpan ttl, CancellationToken cancellation) =>
        await database.ExecuteAsync(
            $"UPDATE farm_lease SET until_ms = {_now} + @ttl WHERE name = @name AND owner = @owner AND version = @version",
            cancellation,
            ("name", name),
            ("owner", owner),
            ("version", version),
            ("ttl", (long)ttl.TotalMilliseconds)).ConfigureAwait(false) == 1;

    /// <summary>Gives it back. The row stays, so that versions go on growing.</summary>
    /// <returns>False: somebody else has it.</returns>
    public async Task<bool> ReleaseAsync(string name, string owner, CancellationToken cancellation)
    {
        var holders = await database.QueryAsync(
            "UPDATE farm_lease SET until_ms = CASE WHEN owner = @owner THEN 0 ELSE until_ms END WHERE name = @name RETURNING owner",
            r => r.GetString(0),
            cancellation,
            ("name", name),
            ("owner", owner)).ConfigureAwait(false);
        return holders.Count == 0 || holders[0] == owner;
    }
}
