using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Url2Video.Farm.Core.Webhooks;

/// <summary>
/// Signatures of Standard Webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>. The receiver checks it, and that the time stamp is of these
/// minutes, before it believes a word.
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>What a secret begins with where people see it; base64 of its bytes follows.</summary>
    public const string SecretPrefix = "whsec_";

    /// <returns><c>v1,</c> and base64.</returns>
    public static string Of(ReadOnlySpan<byte> secret, string id, long unixSeconds, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.{body}"));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
    }

    public static string Text(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);
}
