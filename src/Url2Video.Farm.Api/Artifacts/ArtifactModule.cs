using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Nodes;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Artifacts;

/// <summary>
/// What nodes read and write of the farm besides their link: artifacts, known results, logs of attempts. The judge of
/// <see cref="AccessKind.Node"/> leaves the <see cref="NodeSession"/> in the request's features.
/// </summary>
/// <param name="results">Kept by the server that passes the acknowledgement of a result.</param>
/// <param name="grants">Which attempts are a node's own.</param>
/// <param name="peers">The other servers; null where the server is alone or the folder is shared.</param>
internal sealed class ArtifactModule(IResultIndex results, IJobLogs logs, INodeGrants grants, PeerArtifacts? peers) : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var log = parts.Logging.CreateLogger("Url2Video.Farm.Api.Artifacts");
        var artifacts = new ArtifactRoutes(parts.Artifacts, new PartialFiles(parts.Artifacts, parts.Clock), peers is null ? null : (artifact, cancellation) => peers.TryBringAsync(artifact, cancellation).AsTask(), log);
        MapArtifacts(routes, "/artifacts/{sha256}", artifacts, Access.Node);

        // For operators who look for what a node could not read.
        routes.MapMethods("/api/v2/farm/artifacts/{sha256}", ["GET", "HEAD"], artifacts.GetAsync).WithAccess(Access.Key(Scopes.FarmAdmin)).ExcludeFromDescription();
        routes.MapGet(FarmRoutesOfNodes.Results + "{name}", ResultAsync).WithAccess(Access.Node).ExcludeFromDescription();
        routes.MapPost(FarmRoutesOfNodes.JobLogs, (Delegate)((HttpContext context) => LogAsync(context, parts.Artifacts))).WithAccess(Access.Node).ExcludeFromDescription();
    }

    /// <summary>The routes of one store under one address.</summary>
    internal static void MapArtifacts(IEndpointRouteBuilder routes, string pattern, ArtifactRoutes artifacts, Access access)
    {
        routes.MapMethods(pattern, ["GET", "HEAD"], artifacts.GetAsync).WithAccess(access).ExcludeFromDescription();
        routes.MapPut(pattern, artifacts.PutAsync).WithAccess(access).ExcludeFromDescription();
        routes.MapGet(pattern + "/upload", (string sha256, long? bytes) => TypedResults.Json(artifacts.State(sha256, bytes), ApiJson.Options))
            .WithAccess(access).ExcludeFromDescription();
    }

    private async Task<IResult> ResultAsync(HttpContext context, string name)
    {
        if (!Sha256Text.IsOne(name) || await results.FindAsync(name, context.RequestAborted).ConfigureAwait(false) is not { } found)
        {
            throw new FarmException(ErrorCodes.NotFound, "No result of this name is known.");
        }

        return TypedResults.Bytes(FarmJson.Write<JobResult>(found), "application/json");
    }

    private async Task<IResult> LogAsync(HttpContext context, ArtifactStore store)
    {
        var node = context.Features.Get<NodeSession>()?.Node ?? throw new FarmException(ErrorCodes.Unauthorized, "No node is known.");
        JobLogReport? report;
        try
        {
            report = await context.Request.ReadFromJsonAsync(JobLogJson.Default.JobLogReport, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or InvalidOperationException)
        {
            report = null;
        }

        var entry = report?.Judge(node) ?? throw new FarmException(ErrorCodes.InvalidArgument, "This is not the log of an attempt.");
        if (!await grants.IsOfAsync(node, new JobId(entry.Project, entry.Job), entry.Attempt, context.RequestAborted).ConfigureAwait(false))
        {
            throw new FarmException(ErrorCodes.Forbidden, $"Attempt {entry.Attempt} of {entry.Job} is not this node's.");
        }

        if (!store.Claim(entry.Log) && (peers is null || !await peers.TryBringAsync(entry.Log, context.RequestAborted).ConfigureAwait(false)))
        {
            throw new FarmException(ErrorCodes.ArtifactMissing, "The text of the log is not in the store.", "Upload it first.");
        }

        await logs.AddAsync(entry, context.RequestAborted).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}
