using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>The bearer form of a session: <c>u2vnode_</c>, what it says, a dot and its HMAC-SHA256, both base64url.</summary>
internal static class SessionToken
{
    private const string Prefix = "u2vnode_";
    private const int CharsMax = 512;
    private const char Separator = '\n';

    public static string Write(NodeSession session, byte[] key)
    {
        var says = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{session.Node.Value}{Separator}{session.Serial}{Separator}{session.ExpiresAt.ToUnixTimeMilliseconds()}"));
        return $"{Prefix}{Base64Url.EncodeToString(says)}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, says))}";
    }

    /// <returns>Null: none of ours, or too old.</returns>
    public static NodeSession? Read(string? token, byte[] key, DateTimeOffset now)
    {
        if (token is not { Length: <= CharsMax } || !token.StartsWith(Prefix, StringComparison.Ordinal)
            || token.IndexOf('.', StringComparison.Ordinal) is var dot && dot < 0
            || !TryDecode(token.AsSpan(Prefix.Length, dot - Prefix.Length), out var says)
            || !TryDecode(token.AsSpan(dot + 1), out var mac)
            || !CryptographicOperations.FixedTimeEquals(mac, HMACSHA256.HashData(key, says)))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(says).Split(Separator);
        return parts.Length == 3 && NodeNames.IsOne(parts[0])
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            && DateTimeOffset.FromUnixTimeMilliseconds(expires) is var end && end > now
            ? new NodeSession(new NodeId(parts[0]), parts[1], end)
            : null;
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
