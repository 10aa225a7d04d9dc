using System.Net.ServerSentEvents;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.ReadModels;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>The console over the journal of a data folder: the same answers as a server gives, as far as a journal can tell. Changes nothing.</summary>
internal sealed class JournalAnswers(string dataDir) : IFarmAnswers
{
    public async Task<JsonElement> AskAsync(HttpMethod method, string route, IReadOnlyDictionary<string, object> inputs, CancellationToken cancellation)
    {
        string? Text(string name) => inputs.TryGetValue(name, out var value) ? (string)value : null;
        int? Whole(string name) => inputs.TryGetValue(name, out var value) ? (int)value : null;
        if (method != HttpMethod.Get)
        {
            throw NeedsServer();
        }

        if (route == FarmRoutes.StoreCheck)
        {
            return Json(StoreCheck.Run(dataDir));
        }

        var journal = new JournalReader(dataDir);
        var reads = new FarmReads(journal, new JournalListing(() => journal), self: "");
        return route switch
        {
            FarmRoutes.Projects => Json(await reads.ProjectsAsync(Text("stage"), Text("tenant"), Text("text"), Text("cursor"), Whole("limit"), cancellation).ConfigureAwait(false)),
            FarmRoutes.Project or FarmRoutes.Actor => Json(await reads.ProjectAsync(Text("project")!, cancellation).ConfigureAwait(false)),
            FarmRoutes.ActorEvents => Json(await reads.EventsAsync(Text("project")!, Whole("from"), Whole("limit"), cancellation).ConfigureAwait(false)),
            FarmRoutes.ActorReplay => Json(await reads.ReplayAsync(Text("project")!, cancellation).ConfigureAwait(false)),
            FarmRoutes.DeadLetters => Json(await reads.DeadAsync(Text("cursor"), cancellation).ConfigureAwait(false)),
            FarmRoutes.DeadLettersOf => Json(await reads.DeadOfAsync(Text("project")!, cancellation).ConfigureAwait(false)),
            _ => throw NeedsServer(),
        };
    }

    public IAsyncEnumerable<SseItem<string>> FollowAsync(string route, IReadOnlyDictionary<string, object> inputs, string? lastId, CancellationToken cancellation) => throw NeedsServer();

    public void Dispose()
    {
        // Every read opens the journal for itself.
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, ApiJson.Options);

    private static FarmException NeedsServer() =>
        new(ErrorCodes.InvalidArgument, "A journal alone cannot answer that.", "Ask a farm that runs: --server URL --key K, or `url2video login`.");
}
