using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Url2Video.Farm.Cluster.Artifacts.Peers;

/// <summary>
/// One request of one server to another: <c>Authorization: FarmPeer EXPIRES.HMAC</c>, made with a secret that only the store's users have. Whoever
/// steals one can repeat that request for a minute, which changes nothing: what is named by its hash can be written once only.
/// </summary>
internal static class PeerToken
{
    public const string Scheme = "FarmPeer";

    /// <summary>Name in farm_secret.</summary>
    public const string SecretName = "peer-artifacts";

    public const int SecretBytes = 32;

    private const int GoodSeconds = 60;
    private const int CharsMax = 100;

    /// <param name="path">From the slash of the root, without the query.</param>
    public static string Make(byte[] secret, string method, string path, DateTimeOffset now)
    {
        var expires = now.AddSeconds(GoodSeconds).ToUnixTimeMilliseconds();
        return string.Create(CultureInfo.InvariantCulture, $"{expires}.{Convert.ToHexStringLower(MacOf(secret, method, path, expires))}");
    }

    public static bool IsGood(string? token, byte[] secret, string method, string path, DateTimeOffset now)
    {
        if (token is null || token.Length > CharsMax)
        {
            return false;
        }

        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1
            || !long.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            || token.Length - dot - 1 != SHA256.HashSizeInBytes * 2)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(token.AsSpan(dot + 1), mac, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(mac, MacOf(secret, method, path, expires))
            && IsNear(expires, now);
    }

    // Also not from a future that no honest clock has: the secret may be old, tokens must not be.
    private static bool IsNear(long expires, DateTimeOffset now) =>
        Math.Abs(expires - now.ToUnixTimeMilliseconds() - (GoodSeconds * 500L)) <= (GoodSeconds * 500L) + (Core.Limits.NodeClockSkewSecondsMax * 1_000L);

    private static byte[] MacOf(byte[] secret, string method, string path, long expires) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"u2v-peer-1\n{method}\n{path}\n{expires}")));
}
