using System.Net.ServerSentEvents;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>The console over the journal of a data folder: the same answers as a server gives, as far as a journal can tell. Changes nothing.</summary>
internal sealed class JournalAnswers(string dataDir) : IFarmAnswers
{
    private const string Self = "";

    public Task<JsonElement> AskAsync(HttpMethod method, string route, IReadOnlyDictionary<string, object> inputs, CancellationToken cancellation) => Task.FromResult(route switch
    {
        _ when method != HttpMethod.Get => throw NeedsServer(),
        FarmRoutes.Projects => Json(new FarmList<ProjectRow>([.. States().Select(ProjectRow.Of).Where(p => Fits(p, inputs))], Self)),
        FarmRoutes.Project or FarmRoutes.Actor => Json(ProjectDetail.Of(new JournalReader(dataDir).State(Project(inputs)))),
        FarmRoutes.ActorEvents => Json(Events(inputs)),
        FarmRoutes.ActorReplay => Json(Replay.Run(Project(inputs).Value, new JournalReader(dataDir).Events(Project(inputs)), told: null)),
        FarmRoutes.DeadLetters => Json(new FarmList<DeadRow>([.. States().SelectMany(s => DeadRow.Of(s))], Self)),
        FarmRoutes.DeadLettersOf => Json(new FarmList<DeadRow>(DeadRow.Of(new JournalReader(dataDir).State(Project(inputs))), Self)),
        FarmRoutes.StoreCheck => Json(StoreCheck.Run(dataDir)),
        _ => throw NeedsServer(),
    });

    public IAsyncEnumerable<SseItem<string>> FollowAsync(string route, IReadOnlyDictionary<string, object> inputs, string? lastId, CancellationToken cancellation) => throw NeedsServer();

    public void Dispose()
    {
        // Every read opens the journal for itself.
    }

    private IEnumerable<ProjectState> States()
    {
        var journal = new JournalReader(dataDir);
        return journal.Projects().Select(journal.State);
    }

    private FarmList<EventRow> Events(IReadOnlyDictionary<string, object> inputs)
    {
        var from = inputs.TryGetValue("from", out var text) && long.TryParse((string)text, out var number) ? number : 1;
        var found = new JournalReader(dataDir).Events(Project(inputs)).Where(e => e.SequenceNr >= from).Select(EventRow.Of);
        return new([.. inputs.TryGetValue("limit", out var limit) ? found.Take((int)limit) : found], Self);
    }

    private static bool Fits(ProjectRow project, IReadOnlyDictionary<string, object> inputs) =>
        (!inputs.TryGetValue("stage", out var stage) || project.Stage == (string)stage)
        && (!inputs.TryGetValue("tenant", out var tenant) || project.Tenant == (string)tenant);

    private static ProjectId Project(IReadOnlyDictionary<string, object> inputs) => FarmIds.Project((string)inputs["project"]);

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, ApiJson.Options);

    private static FarmException NeedsServer() =>
        new(ErrorCodes.InvalidArgument, "A journal alone cannot answer that.", "Ask a farm that runs: --server URL --key K, or `url2video login`.");
}
