using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Problems;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>Reads JSON bodies; the server's own limit bounds them.</summary>
internal static class RequestBodies
{
    /// <exception cref="FarmException"><c>ERR_MEDIA_TYPE</c>, <c>ERR_TOO_LARGE</c>.</exception>
    public static async Task<byte[]> ReadJsonAsync(HttpContext context, CancellationToken cancellation)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new FarmException(ProblemStatus.ErrorOf(StatusCodes.Status415UnsupportedMediaType));
        }

        return await ReadAsync(context, cancellation).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellation).ConfigureAwait(false);
        return body.ToArray();
    }
}
