using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>
/// Cross-origin requests of browsers. Players may read signed playback from any page; the API is for the origins that the operator names.
/// Nothing here is a permission: access is judged afterwards, and no cookie is ever read.
/// </summary>
internal sealed class BrowserOrigins(ImmutableArray<string> allowed)
{
    private const string PlayPrefix = "/play";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        headers.Append("Vary", "Origin");
        var isPlay = context.Request.Path.StartsWithSegments(PlayPrefix, StringComparison.Ordinal);
        if (!isPlay && !allowed.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return next(context);
        }

        headers.AccessControlAllowOrigin = isPlay ? "*" : origin;
        headers.AccessControlExposeHeaders = isPlay ? "Content-Length, Content-Range, ETag" : "Location, Retry-After, X-Request-Id, RateLimit, Idempotent-Replayed";
        if (!HttpMethods.IsOptions(context.Request.Method) || !context.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = isPlay ? "GET, HEAD" : "GET, HEAD, POST, PATCH, DELETE";
        headers.AccessControlAllowHeaders = isPlay ? "Range" : "Authorization, X-API-Key, Content-Type, Idempotency-Key, Last-Event-ID, Prefer";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
