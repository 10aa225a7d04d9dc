using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Api.Playback;
using Url2Video.Farm.Api.Videos;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>
/// A part of the HTTP surface: its routes, each with <see cref="AccessExtensions.WithAccess"/>. One that is also an
/// <see cref="IAccessJudge"/> decides for its kind of access; one that is <see cref="IAsyncDisposable"/> is disposed of when the server stops.
/// </summary>
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
    ILoggerFactory Logging)
{
    /// <summary>Set by <see cref="ApiHost"/> before modules are mapped, as are those below.</summary>
    public ApiOptions Options { get; init; } = null!;

    public ApiKeys Keys { get; init; } = null!;

    public Readiness Readiness { get; init; } = new();

    public FilmReader Films { get; init; } = null!;

    public SignedLinks Links { get; init; } = null!;

    public UploadIds Uploads { get; init; } = null!;

    /// <summary>Where the results of an order go. A farm of servers keeps them in its store: nowhere.</summary>
    public Func<ProjectId, string> OutDir { get; init; } = static _ => string.Empty;
}
