using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Artifacts;

/// <summary>What servers ask of each other. Only of what lies on this very server: a question never travels on.</summary>
internal sealed class PeerModule(byte[] secret, TimeProvider clock) : IApiModule, IAccessJudge
{
    private static readonly FarmError NotAPeer = new(ErrorCodes.Unauthorized, "This is for the servers of the farm.");

    public AccessKind Kind => AccessKind.Peer;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var here = parts.Artifacts.With(null);
        var log = parts.Logging.CreateLogger("Url2Video.Farm.Api.Peers");
        ArtifactModule.MapArtifacts(
            routes, PeerRoutes.Artifacts + "{sha256}", new ArtifactRoutes(here, new PartialFiles(here, parts.Clock), null, log), Access.Peer);
    }

    public ValueTask<FarmError?> JudgeAsync(HttpContext context, Access access)
    {
        const string Prefix = PeerToken.Scheme + " ";
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Prefix, StringComparison.Ordinal) ? header[Prefix.Length..] : null;
        var isGood = PeerToken.IsGood(token, secret, context.Request.Method, context.Request.Path.Value ?? string.Empty, clock.GetUtcNow());
        return ValueTask.FromResult(isGood ? null : NotAPeer);
    }
}
