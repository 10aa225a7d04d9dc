using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.OpenApi;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Files of a client's disk, sent before the order that names them.</summary>
internal sealed class UploadsModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapPost("/api/v2/uploads", async Task<IResult> (HttpContext context, CancellationToken cancellation) =>
        {
            var file = await parts.Artifacts.PutAsync(context.Request.Body, cancellation).ConfigureAwait(false);
            return file.Bytes > 0
                ? TypedResults.Json(new Upload(parts.Uploads.Of(file, context.Caller().Tenant), file.Bytes, file.Id.Sha256), ApiJson.Options, statusCode: 201)
                : throw new FarmException(ErrorCodes.InvalidArgument, "The upload is empty.", "Send the bytes of the file as the body.");
        })
        .WithAccess(Access.Key(Scopes.VideosWrite)).WithMetadata(new BodyLimit(Limits.UploadBytesMax))
        .WithTags("uploads").WithSummary("Send a file that an order will name.")
        .WithDescription("The body is the file. Sending the same bytes again is the same upload.")
        .Accepts<Stream>("*/*").Produces<Upload>(201).Problems(400, 413, 507);
}
