using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Playback;

/// <summary>Films as players fetch them, from any server, while they are still being made.</summary>
internal sealed class PlaybackModule : IApiModule, IAccessJudge
{
    private SignedJudge? _judge;

    public AccessKind Kind => AccessKind.Signed;

    public ValueTask<FarmError?> JudgeAsync(HttpContext context, Access access) => _judge!.JudgeAsync(context, access);

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        _judge = new SignedJudge(parts.Links, parts.Keys);
        var files = new PackageReader(parts.Database);
        routes.MapMethods("/play/{ticket}/{project}/{**path}", [HttpMethods.Get, HttpMethods.Head], async Task<IResult> (HttpContext context, string project, string path, CancellationToken cancellation) =>
        {
            _ = ProjectIds.TryParse(project, out var id);
            var file = await files.FindAsync(id, path, cancellation).ConfigureAwait(false)
                ?? throw new FarmException(ErrorCodes.NotFound, "The film has no such file, or not yet.");
            return await ServeAsync(context, parts, path, file, cancellation).ConfigureAwait(false);
        })
            .WithAccess(Access.Signed)
            .Produces(200, contentType: "application/octet-stream").Produces(206).Produces(304).Produces(416)
            .WithTags("playback").WithSummary("A file of a film, by a signed address from the film's answer.");
    }

    private static async Task<FileStreamHttpResult> ServeAsync(HttpContext context, ApiParts parts, string path, ArtifactRef file, CancellationToken cancellation)
    {
        var headers = context.Response.Headers;
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = MediaTypes.IsGrowing(path) ? "no-cache" : $"private, max-age={Limits.LinkHours * 3600}, immutable";
        var download = context.Request.Query.ContainsKey("download") ? Path.GetFileName(path) : null;
        return TypedResults.File(
            await parts.Artifacts.OpenReadAsync(file, cancellation).ConfigureAwait(false),
            MediaTypes.Of(path),
            download,
            lastModified: null,
            new EntityTagHeaderValue($"\"{file.Id.Sha256[..32]}\""),
            enableRangeProcessing: true);
    }
}
