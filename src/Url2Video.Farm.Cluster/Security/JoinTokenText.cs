using System.Security.Cryptography;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>
/// <c>u2vjoin_id_secret_fingerprint</c>, all hexadecimal. The fingerprint is the SHA-256 of the farm authority's certificate: with it a node knows
/// whom it talks to before it trusts anybody.
/// </summary>
public sealed record JoinTokenText(string Id, string Secret, string Fingerprint)
{
    private const string Prefix = "u2vjoin";
    private const int IdBytes = 8;
    private const int SecretBytes = 24;

    public static JoinTokenText New(ReadOnlySpan<byte> authority) => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)),
        Convert.ToHexStringLower(SHA256.HashData(authority)));

    public static bool TryParse(string? text, out JoinTokenText? token)
    {
        token = text is { Length: <= 256 } && text.Trim().Split('_') is [Prefix, var id, var secret, var fingerprint]
            && IsHex(id, IdBytes) && IsHex(secret, SecretBytes) && IsHex(fingerprint, SHA256.HashSizeInBytes)
            ? new(id, secret, fingerprint)
            : null;
        return token is not null;
    }

    /// <summary>The secret is in it: not for logs.</summary>
    public string Reveal() => $"{Prefix}_{Id}_{Secret}_{Fingerprint}";

    public override string ToString() => $"{Prefix}_{Id}";

    private static bool IsHex(string text, int bytes) => text.Length == 2 * bytes && text.All(char.IsAsciiHexDigitLower);
}
