using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Client;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>The console over the API.</summary>
internal sealed class ServerAnswers(FarmHttp http) : IFarmAnswers
{
    public Task<JsonElement> AskAsync(HttpMethod method, string route, IReadOnlyDictionary<string, object> inputs, CancellationToken cancellation)
    {
        var (path, rest) = Fill(route, inputs);
        if (method == HttpMethod.Get)
        {
            return http.GetAsync(path + Query(rest), cancellation);
        }

        // A change of an operator sets a state rather than adding to one: saying it twice does no harm.
        return http.SendAsync(method, path, method == HttpMethod.Delete ? null : rest, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture), cancellation);
    }

    public IAsyncEnumerable<SseItem<string>> FollowAsync(string route, IReadOnlyDictionary<string, object> inputs, string? lastId, CancellationToken cancellation)
    {
        var (path, rest) = Fill(route, inputs);
        return http.EventsAsync(path + Query(rest), lastId, isLast: null, cancellation);
    }

    public void Dispose() => http.Dispose();

    internal static (string Path, Dictionary<string, object> Left) Fill(string route, IReadOnlyDictionary<string, object> inputs)
    {
        var rest = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
        {
            var filled = FarmRoutes.Fill(route, (name, Text(value)));
            if (filled == route)
            {
                rest.Add(name, value);
            }

            route = filled;
        }

        return (route, rest);
    }

    private static string Query(Dictionary<string, object> inputs) =>
        inputs.Count == 0 ? "" : "?" + string.Join('&', inputs.Select(i => $"{Uri.EscapeDataString(i.Key)}={Uri.EscapeDataString(Text(i.Value))}"));

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string[] words => string.Join(',', words),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
