using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>Gives certificates to nodes: against a join token the first time, against a session from then on. Keys are made on the node and stay there.</summary>
internal sealed class NodeCredentials(FarmDatabase database, FarmAuthority authority, JoinTokens tokens, TimeProvider clock)
{
    /// <summary>Ours have about 600 bytes.</summary>
    public const int CertificateBytesMax = 4 * 1024;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(Limits.NodeCertificateDays);

    /// <summary>
    /// Lets a node in under a name. The same key may ask again (its answer was lost) without taking another use of the token; another key
    /// gets no name that is taken.
    /// </summary>
    /// <exception cref="FarmException"><c>ERR_JOIN_REFUSED</c>, <c>ERR_NODE_REVOKED</c>, <c>ERR_CONFLICT</c>, <c>ERR_INVALID_ARGUMENT</c>.</exception>
    public async Task<X509Certificate2> EnrolAsync(EnrolRequest request, CancellationToken cancellation)
    {
        if (!NodeNames.IsOne(request.Name))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "This is no name for a node.", $"A name is {NodeNames.Rule}.");
        }

        if (!JoinTokenText.TryParse(request.Token, out var token))
        {
            throw TokenRefused();
        }

        return await database.TransactAsync(
            async (connection, transaction) =>
            {
                if (!await tokens.IsGoodAsync(token!, connection, transaction, cancellation).ConfigureAwait(false))
                {
                    throw TokenRefused();
                }

                var (certificate, keySha) = Issue(request.Request, request.Name);

                if (!await IsKnownAsync(request.Name, keySha, connection, transaction, cancellation).ConfigureAwait(false)
                    && !(await tokens.SpendAsync(token!, connection, transaction, cancellation).ConfigureAwait(false)
                        && await AddNodeAsync(request.Name, keySha, connection, transaction, cancellation).ConfigureAwait(false)))
                {
                    throw TokenRefused();
                }

                await AddCredentialAsync(certificate, request.Name, connection, transaction, cancellation).ConfigureAwait(false);
                return certificate;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The next certificate of a node, for a new key or the same.</summary>
    /// <exception cref="FarmException"><c>ERR_NODE_REVOKED</c>, <c>ERR_INVALID_ARGUMENT</c>.</exception>
    public async Task<X509Certificate2> RenewAsync(NodeSession session, string request, CancellationToken cancellation)
    {
        var (certificate, keySha) = Issue(request, session.Node.Value);
        return await database.TransactAsync(
            async (connection, transaction) =>
            {
                // The row's lock: a revocation comes before this, or finds the new credential.
                if (await RunAsync(
                    connection,
                    transaction,
                    "UPDATE farm_node SET key_sha = @key WHERE name = @name AND state <> @revoked",
                    cancellation,
                    ("key", keySha),
                    ("name", session.Node.Value),
                    ("revoked", NodeStates.Revoked)).ConfigureAwait(false) == 0)
                {
                    throw new FarmException(ErrorCodes.NodeRevoked, $"The node {session.Node} is revoked.", "An operator can let it in again with a new join token.");
                }

                await AddCredentialAsync(certificate, session.Node.Value, connection, transaction, cancellation).ConfigureAwait(false);
                return certificate;
            },
            cancellation).ConfigureAwait(false);
    }

    private (X509Certificate2 Certificate, string KeySha) Issue(string? request, string name)
    {
        var bytes = new byte[Limits.CertificateRequestBytesMax];
        if (!Convert.TryFromBase64String(request ?? string.Empty, bytes, out var count) || count == 0)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "There is no certificate request.");
        }

        var certificate = authority.IssueNode(bytes.AsMemory(0, count), name, Lifetime);
        return (certificate, Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())));
    }

    private async Task<bool> IsKnownAsync(string name, string keySha, DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        using var command = database.CommandOf(connection, "SELECT key_sha, state FROM farm_node WHERE name = @name", ("name", name));
        command.Transaction = transaction;
        using var row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        if (!await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            return false;
        }

        return row.GetString(1) == NodeStates.Revoked ? throw new FarmException(
                ErrorCodes.NodeRevoked, $"The node {name} is revoked.", "An operator can forget it; then the name is free.")
            : row.GetString(0) == keySha ? true
            : throw new FarmException(
                ErrorCodes.Conflict, $"A node named {name} is known already, with another key.", "Choose another --name, or have an operator forget the old node.");
    }

    private async Task<bool> AddNodeAsync(string name, string keySha, DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        await RunAsync(
            connection,
            transaction,
            """
            INSERT INTO farm_node (name, epoch, state, facts, version, joined_ms, seen_ms, key_sha) VALUES (@name, 0, @state, '{}', '', @now, @now, @key)
            ON CONFLICT (name) DO NOTHING
            """,
            cancellation,
            ("name", name),
            ("state", NodeStates.Active),
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ("key", keySha)).ConfigureAwait(false) == 1;

    private Task<int> AddCredentialAsync(X509Certificate2 certificate, string name, DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        RunAsync(
            connection,
            transaction,
            "INSERT INTO farm_credential (serial, node, expires_ms, made_ms) VALUES (@serial, @node, @end, @now)",
            cancellation,
            ("serial", certificate.SerialNumber),
            ("node", name),
            ("end", new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).ToUnixTimeMilliseconds()),
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));

    private async Task<int> RunAsync(
        DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellation, params (string, object?)[] parameters)
    {
        using var command = database.CommandOf(connection, sql, parameters);
        command.Transaction = transaction;
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    // One sentence for every reason: whoever tries tokens learns nothing from it.
    private static FarmException TokenRefused() => new(
        ErrorCodes.JoinRefused, "The join token is wrong, used up, expired or revoked.", "Ask an operator for a new one: pbm node token.");
}
