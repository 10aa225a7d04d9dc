using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>
/// Sessions of nodes: opened by a signature of the key that the certificate names, good for <see cref="Limits.NodeSessionSeconds"/>, void as soon
/// as the credential is revoked. Any server of the farm takes what any other gave. Safe for any thread.
/// </summary>
public sealed class NodeSessions
{
    private const string SecretName = "node-session";
    private const int SecretBytes = 32;

    private readonly FarmDatabase _database;
    private readonly FarmAuthority _authority;
    private readonly TimeProvider _clock;
    private readonly byte[] _key;
    private readonly CredentialWatch _credentials;

    private NodeSessions(FarmDatabase database, FarmAuthority authority, TimeProvider clock, byte[] key)
    {
        (_database, _authority, _clock, _key) = (database, authority, clock, key);
        _credentials = new CredentialWatch(database, clock);
    }

    public static async Task<NodeSessions> LoadAsync(FarmDatabase database, FarmAuthority authority, TimeProvider clock, CancellationToken cancellation = default)
    {
        var key = await FarmSecrets.LoadOrCreateAsync(database, SecretName, () => RandomNumberGenerator.GetBytes(SecretBytes), clock, cancellation).ConfigureAwait(false);
        return new(database, authority, clock, key);
    }

    /// <param name="token">As it came in <c>Authorization: Bearer</c>, without the word.</param>
    /// <returns>Null: no session, too old, or its credential is revoked; true of the last second at most.</returns>
    public async ValueTask<NodeSession?> ValidateAsync(string? token, CancellationToken cancellation = default) =>
        SessionToken.Read(token, _key, _clock.GetUtcNow()) is { } session
        && await _credentials.IsGoodAsync(session.Node, session.Serial, cancellation).ConfigureAwait(false)
            ? session
            : null;

    /// <summary>Judges a signed request; each one opens one session, ever, on whichever server.</summary>
    /// <exception cref="FarmException"><c>ERR_JOIN_REFUSED</c>: not signed by the key of a certificate of this farm, replayed, or too far from
    /// now (retryable). <c>ERR_NODE_REVOKED</c>.</exception>
    internal async Task<SessionReply> OpenAsync(SessionRequest request, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        using var certificate = Read(request.Certificate);
        if (_authority.Refusal(certificate, CertificateRole.Node) is { } refusal)
        {
            throw Refused($"The certificate is not good here: {refusal}");
        }

        if (!SessionProof.IsNonce(request.Nonce) || !IsSigned(certificate, request))
        {
            throw Refused("The request is not signed with the key of its certificate.");
        }

        if (Math.Abs(now.ToUnixTimeMilliseconds() - request.AtMs) > Limits.NodeClockSkewSecondsMax * 1_000L)
        {
            throw new FarmException(ErrorCodes.JoinRefused, "The clocks of node and server differ too much.", "Set the machine's clock.", retryable: true);
        }

        var node = new NodeId(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        if (!NodeNames.IsOne(node.Value) || !await _credentials.IsGoodAsync(node, certificate.SerialNumber, cancellation).ConfigureAwait(false))
        {
            throw new FarmException(ErrorCodes.NodeRevoked, "The node's credential is revoked or expired.", "An operator can let it in again with a new join token.");
        }

        if (!await RememberAsync(request.Nonce, now, cancellation).ConfigureAwait(false))
        {
            // Also when the connection broke and HTTP itself sent the request again: the node signs another one.
            throw new FarmException(ErrorCodes.JoinRefused, "The request was used before.", retryable: true);
        }

        await SupersedeAsync(node, certificate, now, cancellation).ConfigureAwait(false);
        var end = now.AddSeconds(Limits.NodeSessionSeconds);
        return new SessionReply(SessionToken.Write(new NodeSession(node, certificate.SerialNumber, end), _key), end.ToUnixTimeMilliseconds());
    }

    private static X509Certificate2 Read(string? text)
    {
        var bytes = new byte[NodeCredentials.CertificateBytesMax];
        try
        {
            return Convert.TryFromBase64String(text ?? string.Empty, bytes, out var count) && count > 0
                ? X509CertificateLoader.LoadCertificate(bytes.AsSpan(0, count))
                : throw Refused("There is no certificate.");
        }
        catch (CryptographicException)
        {
            throw Refused("The certificate cannot be read.");
        }
    }

    private static bool IsSigned(X509Certificate2 certificate, SessionRequest request)
    {
        var signature = new byte[256];
        using var key = certificate.GetECDsaPublicKey();
        return key is not null
            && Convert.TryFromBase64String(request.Signature ?? string.Empty, signature, out var count)
            && key.VerifyData(SessionProof.BytesOf(certificate.RawData, request.AtMs, request.Nonce), signature.AsSpan(0, count), HashAlgorithmName.SHA256);
    }

    private async Task<bool> RememberAsync(string nonce, DateTimeOffset now, CancellationToken cancellation)
    {
        // Twice the skew: a request from the far end of it stays remembered for as long as it could be accepted.
        var until = now.AddSeconds(2 * Limits.NodeClockSkewSecondsMax).ToUnixTimeMilliseconds();
        await _database.ExecuteAsync("DELETE FROM farm_node_nonce WHERE until_ms < @now", cancellation, ("now", now.ToUnixTimeMilliseconds())).ConfigureAwait(false);
        return await _database.ExecuteAsync(
            "INSERT INTO farm_node_nonce (nonce, until_ms) VALUES (@nonce, @until) ON CONFLICT (nonce) DO NOTHING",
            cancellation,
            ("nonce", nonce),
            ("until", until)).ConfigureAwait(false) == 1;
    }

    // A node that uses its new certificate needs the former one no more; whoever has a copy of it should not have it for long.
    private Task<int> SupersedeAsync(NodeId node, X509Certificate2 certificate, DateTimeOffset now, CancellationToken cancellation) => _database.ExecuteAsync(
        """
        UPDATE farm_credential SET expires_ms = @end WHERE node = @node AND expires_ms > @end
        AND made_ms < (SELECT made_ms FROM farm_credential WHERE serial = @serial)
        """,
        cancellation,
        ("node", node.Value),
        ("serial", certificate.SerialNumber),
        ("end", now.AddSeconds(Limits.NodeCertificateOverlapSeconds).ToUnixTimeMilliseconds()));

    private static FarmException Refused(string why) => new(ErrorCodes.JoinRefused, why);
}
