using System.Collections.Immutable;
using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>How a machine becomes a node of a farm, and stays one.</summary>
internal static class Enrolment
{
    /// <summary>
    /// Nothing to do for a node that was here before. One that the farm no longer takes (revoked and forgotten, or away for longer than its
    /// certificate lasts) joins anew when it is given a token.
    /// </summary>
    /// <exception cref="FarmException"><c>ERR_JOIN_REFUSED</c>, <c>ERR_CONFLICT</c>, <c>ERR_INVALID_ARGUMENT</c>, <c>ERR_SERVER_UNREACHABLE</c>.</exception>
    public static async Task EnsureAsync(
        NodeIdentity identity, NodeApiClient client, ServerTrust trust, Uri server, string? token, string name, CancellationToken cancellation)
    {
        FarmException? refusal = null;
        if (identity.Membership is { } known)
        {
            trust.Trust(Convert.FromBase64String(known.Authority));
            refusal = token is null ? null : await RefusalAsync(identity, client, server, cancellation).ConfigureAwait(false);
            if (refusal is null)
            {
                return;
            }
        }

        if (!JoinTokenText.TryParse(token, out var parsed))
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument,
                token is null ? "This machine is no node of a farm yet." : "This is no join token.",
                "Give --token; an operator makes one with `pbm node token`.");
        }

        try
        {
            await JoinAsync(identity, client, trust, server, parsed!, name, cancellation).ConfigureAwait(false);
        }
        catch (FarmException) when (refusal is not null)
        {
            throw refusal; // The token is one of long ago: what counts is why the node is not let in.
        }
    }

    private static async Task JoinAsync(
        NodeIdentity identity, NodeApiClient client, ServerTrust trust, Uri server, JoinTokenText token, string name, CancellationToken cancellation)
    {
        var authority = await NodeApiClient.FetchAuthorityAsync(server, token.Fingerprint, cancellation).ConfigureAwait(false);
        trust.Trust(authority);
        var request = new EnrolRequest(token.Reveal(), name, Convert.ToBase64String(identity.Request(name)));
        var reply = await client.EnrolAsync(server, request, cancellation).ConfigureAwait(false);
        identity.Adopt(new NodeMembership(name, reply.Servers, reply.Certificate, Convert.ToBase64String(authority)), null);
    }

    /// <returns>Why the farm takes this node no more; null: it does, or does not answer.</returns>
    private static async Task<FarmException?> RefusalAsync(NodeIdentity identity, NodeApiClient client, Uri server, CancellationToken cancellation)
    {
        try
        {
            await client.OpenSessionAsync(server, identity, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (FarmException fault)
        {
            return fault.Error is { Retryable: false, Code: ErrorCodes.NodeRevoked or ErrorCodes.JoinRefused } ? fault : null;
        }
    }

    /// <summary>The next certificate, for the next key.</summary>
    public static async Task RenewAsync(NodeIdentity identity, NodeApiClient client, Uri server, string session, CancellationToken cancellation)
    {
        var present = identity.Membership ?? throw new InvalidOperationException("Not enrolled.");
        var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            var request = new RenewRequest(Convert.ToBase64String(NodeIdentity.RequestOf(next, present.Name)));
            var reply = await client.RenewAsync(server, request, session, cancellation).ConfigureAwait(false);
            identity.Adopt(present with { Certificate = reply.Certificate }, next);
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }
}
