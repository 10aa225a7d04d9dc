using System.Collections.Immutable;
using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>How a machine becomes a node of a farm, and stays one.</summary>
internal static class Enrolment
{
    /// <summary>Nothing to do for a node that was here before, whatever token is given.</summary>
    /// <exception cref="FarmException"><c>ERR_JOIN_REFUSED</c>, <c>ERR_CONFLICT</c>, <c>ERR_INVALID_ARGUMENT</c>, <c>ERR_SERVER_UNREACHABLE</c>.</exception>
    public static async Task EnsureAsync(
        NodeIdentity identity, NodeApiClient client, ServerTrust trust, Uri server, string? token, string name, CancellationToken cancellation)
    {
        if (identity.Membership is { } known)
        {
            trust.Trust(Convert.FromBase64String(known.Authority));
            return;
        }

        if (!JoinTokenText.TryParse(token, out var parsed))
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument,
                token is null ? "This machine is no node of a farm yet." : "This is no join token.",
                "Give --token; an operator makes one with `pbm node token`.");
        }

        var authority = await NodeApiClient.FetchAuthorityAsync(server, parsed!.Fingerprint, cancellation).ConfigureAwait(false);
        trust.Trust(authority);
        var request = new EnrolRequest(parsed.Reveal(), name, Convert.ToBase64String(identity.Request(name)));
        var reply = await client.EnrolAsync(server, request, cancellation).ConfigureAwait(false);
        identity.Adopt(new NodeMembership(name, reply.Servers, reply.Certificate, Convert.ToBase64String(authority)), null);
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
