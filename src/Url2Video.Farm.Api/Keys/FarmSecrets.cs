using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Api.Keys;

/// <summary>Secrets that all servers of a farm share, made by whichever comes first.</summary>
internal static class FarmSecrets
{
    public const string KeyPepper = "api-key-pepper";
    public const string PlaybackKey = "playback-key";
    public const string UploadKey = "upload-key";

    private const int Bytes = 32;

    public static async Task<byte[]> GetOrMakeAsync(FarmDatabase database, string name, TimeProvider clock, CancellationToken cancellation)
    {
        await database.ExecuteAsync(
            "INSERT INTO farm_secret (name, value, made_ms) VALUES (@n, @v, @t) ON CONFLICT (name) DO NOTHING",
            cancellation,
            ("n", name),
            ("v", RandomNumberGenerator.GetBytes(Bytes)),
            ("t", clock.GetUtcNow().ToUnixTimeMilliseconds())).ConfigureAwait(false);
        var found = await database.QueryAsync("SELECT value FROM farm_secret WHERE name = @n", row => (byte[])row.GetValue(0), cancellation, ("n", name)).ConfigureAwait(false);
        return found[0];
    }
}
