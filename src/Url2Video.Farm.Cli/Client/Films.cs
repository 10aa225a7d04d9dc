using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Client;

/// <summary>Films of a farm over <c>/api/v2/videos</c>.</summary>
internal sealed class Films(FarmHttp http)
{
    private const string Root = "/api/v2/videos";
    private const int IdCharsMax = 100;

    /// <param name="order">Body of the order.</param>
    /// <param name="key">Makes repeating it harmless.</param>
    public Task<JsonElement> OrderAsync(object order, string key, CancellationToken cancellation) => http.SendAsync(HttpMethod.Post, Root, order, key, cancellation);

    public Task<JsonElement> GetAsync(string id, CancellationToken cancellation) => http.GetAsync(Path(id), cancellation);

    public Task<JsonElement> FilesAsync(string id, CancellationToken cancellation) => http.GetAsync(Path(id) + "/files", cancellation);

    public Task<JsonElement> CancelAsync(string id, CancellationToken cancellation) =>
        http.SendAsync(HttpMethod.Post, Path(id) + "/cancel", null, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture), cancellation);

    public Task<JsonElement> ListAsync(string? cursor, int? limit, string? status, CancellationToken cancellation)
    {
        (string Name, string? Value)[] wanted = [("cursor", cursor), ("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("status", status)];
        var query = string.Join('&', wanted.Where(w => w.Value is not null).Select(w => $"{w.Name}={Uri.EscapeDataString(w.Value!)}"));
        return http.GetAsync(query.Length > 0 ? $"{Root}?{query}" : Root, cancellation);
    }

    /// <summary>What happens to a film, from now to its end.</summary>
    public IAsyncEnumerable<SseItem<string>> EventsAsync(string id, CancellationToken cancellation) =>
        http.EventsAsync(Path(id) + "/events", lastId: null, static e => IsEnd(e.Data), cancellation);

    /// <summary>The words of the API as the stages that reporters know.</summary>
    public static ProjectStage StageOf(string status) => status switch
    {
        "fetching" => ProjectStage.Ingesting,
        "planning" => ProjectStage.Writing,
        "rendering" => ProjectStage.Rendering,
        "encoding" => ProjectStage.Assembling,
        "storing" => ProjectStage.Delivering,
        "succeeded" => ProjectStage.Completed,
        "failed" => ProjectStage.Failed,
        "canceled" => ProjectStage.Cancelled,
        _ => ProjectStage.Accepted,
    };

    private static bool IsEnd(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("status", out var status) && StageOf(status.GetString() ?? "").IsFinal();
    }

    private static string Path(string id) => id.Length is > 0 and <= IdCharsMax && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        ? $"{Root}/{id}"
        : throw new FarmException(ErrorCodes.InvalidArgument, "That is not the id of a film.", "`url2video submit` prints it, `url2video list` lists them.");
}
