using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>A part of the HTTP surface: its routes, each with <see cref="AccessExtensions.WithAccess"/>.</summary>
internal interface IApiModule
{
    void Map(IEndpointRouteBuilder routes, ApiParts parts);
}

/// <summary>What every part of the HTTP surface stands on.</summary>
internal sealed record ApiParts(
    FarmSystem Farm,
    FarmClient Client,
    FarmDatabase Database,
    ArtifactStore Artifacts,
    TimeProvider Clock,
    ILoggerFactory Logging);
