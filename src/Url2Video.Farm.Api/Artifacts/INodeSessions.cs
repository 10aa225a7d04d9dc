using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Artifacts;

/// <summary>Who the node behind a request is. Implemented over the sessions of the nodes' gateway.</summary>
internal interface INodeSessions
{
    /// <returns>Null when the request bears no session, or one that is over or revoked.</returns>
    ValueTask<NodeId?> NodeOfAsync(HttpContext request, CancellationToken cancellation);
}
