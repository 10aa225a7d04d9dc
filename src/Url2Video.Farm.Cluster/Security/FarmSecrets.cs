using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>Secrets that all servers of a farm share. Whoever may read the store may be a server: they need no key of their own.</summary>
internal static class FarmSecrets
{
    /// <summary>The first to insert wins; everybody gets the winner's.</summary>
    public static async Task<byte[]> LoadOrCreateAsync(
        FarmDatabase database, string name, Func<byte[]> make, TimeProvider clock, CancellationToken cancellation)
    {
        if (await ReadAsync(database, name, cancellation).ConfigureAwait(false) is { } present)
        {
            return present;
        }

        await database.ExecuteAsync(
            "INSERT INTO farm_secret (name, value, made_ms) VALUES (@name, @value, @now) ON CONFLICT (name) DO NOTHING",
            cancellation,
            ("name", name),
            ("value", make()),
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())).ConfigureAwait(false);
        return (await ReadAsync(database, name, cancellation).ConfigureAwait(false))!;
    }

    private static async Task<byte[]?> ReadAsync(FarmDatabase database, string name, CancellationToken cancellation) =>
        (await database.QueryAsync("SELECT value FROM farm_secret WHERE name = @name", r => (byte[])r.GetValue(0), cancellation, ("name", name)).ConfigureAwait(false))
        .SingleOrDefault();
}
