using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>What a node signs to open a session; the same on both sides.</summary>
internal static class SessionProof
{
    private const int NonceBytes = 18;

    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));

    public static bool IsNonce(string? text) => text is { Length: 2 * NonceBytes } && text.All(char.IsAsciiHexDigitLower);

    public static byte[] BytesOf(ReadOnlySpan<byte> certificate, long atMs, string nonce) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"u2v-node-session-v1\n{Convert.ToHexStringLower(SHA256.HashData(certificate))}\n{atMs}\n{nonce}"));
}
