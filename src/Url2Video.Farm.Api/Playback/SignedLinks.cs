using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Playback;

/// <summary>
/// Addresses that open one film to whoever has them, until they end or the key they were given to is revoked. The signature is a part of the
/// path, so that the relative addresses inside playlists carry it: <c>/play/KEY.EXPIRY.MAC/PROJECT/hls/master.m3u8</c>.
/// </summary>
internal sealed class SignedLinks
{
    private const int MacBytes = 16;
    private const int StepSeconds = 3_600;

    private readonly byte[] _secret;
    private readonly TimeProvider _clock;

    private SignedLinks(byte[] secret, TimeProvider clock) => (_secret, _clock) = (secret, clock);

    public static async Task<SignedLinks> OpenAsync(FarmDatabase database, TimeProvider clock, CancellationToken cancellation) =>
        new(await ApiSecrets.LoadOrCreateAsync(database, ApiSecrets.PlaybackKey, clock, cancellation).ConfigureAwait(false), clock);

    /// <summary>Ends on a full hour: within that hour a film has one address, which caches know.</summary>
    public SignedPrefix For(ProjectId project, string keyId)
    {
        var end = _clock.GetUtcNow().ToUnixTimeSeconds() + (Limits.LinkHours * 3_600L);
        end = (end + StepSeconds - 1) / StepSeconds * StepSeconds;
        return new($"/play/{keyId}.{end.ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(MacOf(project, keyId, end))}/{project.Value}/", DateTimeOffset.FromUnixTimeSeconds(end));
    }

    /// <param name="ticket"><c>KEY.EXPIRY.MAC</c>.</param>
    /// <param name="keyId">Whose address it is, when it is genuine.</param>
    public LinkVerdict Judge(string ticket, string project, out string keyId)
    {
        keyId = string.Empty;
        var parts = ticket.Split('.');
        if (parts.Length != 3 || !ProjectIds.TryParse(project, out var id) || parts[0].Length != KeyText.IdChars
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end) || end > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return LinkVerdict.Forged;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        if (!Base64Url.IsValid(parts[2]) || !Base64Url.TryDecodeFromChars(parts[2], mac, out var written) || written != MacBytes
            || !CryptographicOperations.FixedTimeEquals(mac, MacOf(id, parts[0], end)))
        {
            return LinkVerdict.Forged;
        }

        keyId = parts[0];
        return end > _clock.GetUtcNow().ToUnixTimeSeconds() ? LinkVerdict.Good : LinkVerdict.Expired;
    }

    private byte[] MacOf(ProjectId project, string keyId, long end) =>
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"play/1\n{keyId}\n{end}\n{project.Value}")))[..MacBytes];
}

/// <param name="Path">To which paths of the package are added.</param>
internal sealed record SignedPrefix(string Path, DateTimeOffset ExpiresAt);

internal enum LinkVerdict
{
    Good,
    Expired,
    Forged,
}
