using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Store.Maintenance;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Checks">As <c>actor replay</c> has them: a verdict each.</param>
internal sealed record StoreCheckReport(long Projects, long Events, long Artifacts, ImmutableArray<ReplayCheck> Checks)
{
    public static StoreCheckReport Of(StoreReport report) => new(
        report.Projects,
        report.Events,
        report.Artifacts,
        report.IsSound
            ? [new("store", true, $"{report.Projects} projects, {report.Events} events, {report.Artifacts} artifacts, all sound")]
            : [.. report.Findings.Select(f => new ReplayCheck(f.Project?.Value ?? "store", false, f.What))]);
}

/// <summary>Whether what was kept is what was written.</summary>
internal sealed class StoreModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes.MapGet(FarmRoutes.StoreCheck, async (bool? hashes, CancellationToken cancellation) =>
        Answers.Of(StoreCheckReport.Of(await new StoreCheck(parts.Database, parts.Artifacts).RunAsync(hashes ?? false, cancellation).ConfigureAwait(false))))
        .WithAccess(Access.Key(Scopes.FarmRead));
}
