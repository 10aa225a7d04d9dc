using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Videos;

/// <summary>
/// Names of uploads: <c>upl_SHA256_BYTES_MAC</c>. The MAC binds an upload to the tenant who made it: knowing the hash of somebody's file
/// does not make it one's own.
/// </summary>
internal sealed class UploadIds(byte[] secret)
{
    private const string Prefix = "upl";
    private const int MacBytes = 16;
    private const int HashChars = 64;
    private const int MacChars = 22;

    public string Of(ArtifactRef file, string tenant) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}_{file.Id.Sha256}_{file.Bytes}_{Base64Url.EncodeToString(MacOf(file, tenant))}");

    public ArtifactRef? TryRead(string text, string tenant)
    {
        // The MAC may hold the separator: only the first three are split.
        var parts = text.Split('_', 4);
        if (parts.Length != 4 || parts[0] != Prefix || parts[1].Length != HashChars || !parts[1].All(char.IsAsciiHexDigitLower) || parts[3].Length != MacChars
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
        {
            return null;
        }

        var file = new ArtifactRef(new ArtifactId(parts[1]), bytes);
        Span<byte> mac = stackalloc byte[MacBytes];
        return Base64Url.IsValid(parts[3]) && Base64Url.TryDecodeFromChars(parts[3], mac, out var written) && written == MacBytes
            && CryptographicOperations.FixedTimeEquals(mac, MacOf(file, tenant))
            ? file
            : null;
    }

    private byte[] MacOf(ArtifactRef file, string tenant) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"upload/1\n{tenant}\n{file.Id.Sha256}\n{file.Bytes}")))[..MacBytes];
}
