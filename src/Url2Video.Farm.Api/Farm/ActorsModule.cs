using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

/// <summary>The actor of a project and its journal.</summary>
internal sealed class ActorsModule : IApiModule
{
    private const int EventsPerPageMax = 1_000;

    /// <summary>A film of a hundred thousand chunks in commits of one.</summary>
    private const int EventsPerReplayMax = 400_000;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (read, journal, self) = (Access.Key(Scopes.FarmRead), new ProjectJournal(parts.Farm), ClusterFacts.SelfOf(parts.Farm.System));
        routes.MapGet(FarmRoutes.Actor, async (string project, CancellationToken cancellation) =>
            Answers.Of(ProjectDetail.Of(await journal.StateAsync(FarmIds.Project(project), cancellation).ConfigureAwait(false)))).WithAccess(read);
        routes.MapGet(FarmRoutes.ActorEvents, async (string project, long? from, int? limit, CancellationToken cancellation) =>
        {
            var count = Math.Clamp(limit ?? EventsPerPageMax, 1, EventsPerPageMax);
            var found = await journal.EventsAsync(FarmIds.Project(project), Math.Max(1, from ?? 1), count + 1, cancellation).ConfigureAwait(false);
            var hasMore = found.Length > count;
            return Answers.Of(new FarmList<EventRow>(
                [.. found.Take(count).Select(EventRow.Of)], self, hasMore, hasMore ? found[count].SequenceNr.ToString(CultureInfo.InvariantCulture) : null));
        }).WithAccess(read);
        routes.MapGet(FarmRoutes.ActorReplay, async (string project, CancellationToken cancellation) =>
        {
            var id = FarmIds.Project(project);

            // The actor first: the journal read after it holds at least what the actor told, and a project at rest exactly that.
            var before = await parts.Client.SummaryAsync(id, cancellation).ConfigureAwait(false);
            var entries = await journal.EventsAsync(id, 1, EventsPerReplayMax, cancellation).ConfigureAwait(false);
            var after = await parts.Client.SummaryAsync(id, cancellation).ConfigureAwait(false);
            if (before is null || after is null)
            {
                throw new FarmException(ErrorCodes.ProjectNotFound, $"There is no project {id}.", "`pbm project list` lists them.");
            }

            return Answers.Of(Replay.Run(id.Value, entries, before == after ? Told(after) : null));
        }).WithAccess(read);
    }

    private static ProjectRow Told(ProjectSummary summary) => new(
        summary.Id.Value,
        ProjectRow.Word(summary.Stage),
        "",
        "",
        "",
        0,
        0,
        DateTimeOffset.FromUnixTimeMilliseconds(summary.SubmittedAtUnixMs),
        null,
        summary.Title,
        summary.Error?.Code);
}
