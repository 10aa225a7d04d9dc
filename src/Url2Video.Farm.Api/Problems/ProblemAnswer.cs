using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Problems;

/// <summary>Makes and writes <see cref="Problem"/>.</summary>
internal static class ProblemAnswer
{
    public const string ContentType = "application/problem+json";

    private const int PathCharsMax = 200;

    public static Task WriteAsync(HttpContext context, FarmError error, int? status = null, ImmutableArray<ProblemItem>? items = null)
    {
        var response = context.Response;
        response.StatusCode = status ?? ProblemStatus.Of(error);
        response.Headers.CacheControl = "no-store";
        if (error.Retryable && response.Headers.RetryAfter.Count == 0
            && response.StatusCode is StatusCodes.Status409Conflict or StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }

        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"url2video\"";
        }

        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.WriteAsJsonAsync(Of(context, error, response.StatusCode, items), ApiJson.Options, ContentType, context.RequestAborted);
    }

    public static Problem Of(HttpContext context, FarmError error, int status, ImmutableArray<ProblemItem>? items) => new(
        "urn:url2video:error:" + Words(error.Code).Replace(' ', '-'),
        Words(error.Code) is var words ? char.ToUpperInvariant(words[0]) + words[1..] : string.Empty,
        status,
        error.Message,
        InstanceOf(context),
        error.Code,
        ErrorCodes.Describe(error.Code).Alias,
        error.WayOut,
        items is { IsDefaultOrEmpty: false } ? items : null,
        RequestIds.Of(context),
        error.Retryable);

    // A signed address is as good as a key: its route is named, not itself.
    private static string InstanceOf(HttpContext context)
    {
        var isSigned = context.GetEndpoint()?.Metadata.GetMetadata<Access>()?.Kind == AccessKind.Signed;
        var path = isSigned ? "/play" : context.Request.Path.ToUriComponent();
        return path.Length > PathCharsMax ? path[..PathCharsMax] : path;
    }

    private static string Words(string code) => code["ERR_".Length..].Replace('_', ' ').ToLowerInvariant();
}
