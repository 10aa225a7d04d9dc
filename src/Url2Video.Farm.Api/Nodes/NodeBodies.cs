using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Nodes;

/// <summary>Bodies of nodes' requests: small JSON, whoever sends it.</summary>
internal static class NodeBodies
{
    private const int BytesMax = 32 * 1024;

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = BytesMax;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false)
                ?? throw new FarmException(ErrorCodes.InvalidArgument, "There is no request.");
        }
        catch (JsonException fault)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "The request is not what a node sends.", "Node and server may be of different versions.", cause: fault);
        }
    }

    public static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }
}
