using System.Net;
using System.Text.Json;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Client;

/// <summary>Turns an answer that refuses into the error of the farm: the same code, sentence and way out as on the server (RFC 9457).</summary>
internal static class Problem
{
    private const int TextCharsMax = 2_000;

    public static FarmException Of(HttpStatusCode status, string body) => new(Parse(body) ?? ByStatus(status));

    private static FarmError? Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "code") is { } code && (Text(root, "detail") ?? Text(root, "title")) is { } message
                ? new FarmError(code, message, Text(root, "hint"), root.TryGetProperty("retryable", out var again) && again.ValueKind == JsonValueKind.True)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FarmError ByStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => new(ErrorCodes.Unauthorized, "The server does not know this key.", "Give another --key."),
        HttpStatusCode.Forbidden => new(ErrorCodes.Forbidden, "This key may not do that.", "Use a key with the scope that is needed."),
        HttpStatusCode.NotFound => new(ErrorCodes.NotFound, "The server has no such thing.", "Look at the spelling, and that --server is a farm of this version."),
        HttpStatusCode.Conflict => new(ErrorCodes.Conflict, "The server refuses: it conflicts with what is."),
        HttpStatusCode.RequestEntityTooLarge => new(ErrorCodes.TooLarge, "The server refuses: too large."),
        HttpStatusCode.TooManyRequests => new(ErrorCodes.RateLimited, "Too many requests.", "Wait a little, then try again.", Retryable: true),
        >= HttpStatusCode.InternalServerError => new(ErrorCodes.ServerUnreachable, $"The server answered {(int)status}.", "Try again; its log tells more.", Retryable: true),
        _ => new(ErrorCodes.InvalidArgument, $"The server refused with {(int)status}."),
    };

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text[..Math.Min(text.Length, TextCharsMax)]
            : null;
}
