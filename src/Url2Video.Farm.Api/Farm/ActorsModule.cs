using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Api.Farm;

/// <summary>The actor of a project and its journal.</summary>
internal sealed class ActorsModule(Func<ApiParts, FarmReads> readsOf) : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (read, reads) = (Access.Key(Scopes.FarmRead), readsOf(parts));
        routes.MapGet(FarmRoutes.Actor, async (string project, CancellationToken cancellation) =>
            Answers.Of(await reads.ProjectAsync(project, cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapGet(FarmRoutes.ActorEvents, async (string project, long? from, int? limit, CancellationToken cancellation) =>
            Answers.Of(await reads.EventsAsync(project, from, limit, cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapGet(FarmRoutes.ActorReplay, async (string project, CancellationToken cancellation) =>
            Answers.Of(await ReplayAsync(reads, parts, FarmIds.Project(project), cancellation).ConfigureAwait(false))).WithAccess(read);
    }

    // Asked before the journal is read: the journal then holds at least what the actor told. Asked again after: one that stood still must agree.
    private static async Task<ReplayReport> ReplayAsync(FarmReads reads, ApiParts parts, ProjectId id, CancellationToken cancellation)
    {
        var before = await parts.Client.SummaryAsync(id, cancellation).ConfigureAwait(false);
        var entries = await reads.EntriesAsync(id, cancellation).ConfigureAwait(false);
        var after = await parts.Client.SummaryAsync(id, cancellation).ConfigureAwait(false);
        return Replay.Run(id.Value, entries, after is not null && before == after ? Told(after) : null);
    }

    private static ProjectItem Told(ProjectSummary summary) => new(
        summary.Id.Value,
        ProjectItem.Word(summary.Stage),
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
