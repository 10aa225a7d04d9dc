using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>Who answers the console: a server, or the journal of a data folder.</summary>
internal interface IFarmAnswers : IDisposable
{
    /// <param name="route">Of <see cref="Api.Farm.FarmRoutes"/>, with placeholders.</param>
    /// <param name="inputs">Values of the placeholders; what is left goes into the query of a read or the body of a change.</param>
    /// <exception cref="Core.Errors.FarmException">Refused, unreachable, or not possible here.</exception>
    Task<JsonElement> AskAsync(HttpMethod method, string route, IReadOnlyDictionary<string, object> inputs, CancellationToken cancellation);

    IAsyncEnumerable<SseItem<string>> FollowAsync(string route, IReadOnlyDictionary<string, object> inputs, string? lastId, CancellationToken cancellation);
}
