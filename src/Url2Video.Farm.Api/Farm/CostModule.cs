using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Costs;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Name">Project, tenant or node, as it was asked for.</param>
/// <param name="NodeSeconds">Time that nodes worked, whatever came of it.</param>
/// <param name="GpuSeconds">Of that, time of GPUs.</param>
internal sealed record CostRow(string Name, long Attempts, double NodeSeconds, double GpuSeconds);

/// <summary>What was spent on whom.</summary>
internal sealed class CostModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var costs = new CostTable(parts.Database);
        var self = ClusterFacts.SelfOf(parts.Farm.System);
        routes.MapGet(FarmRoutes.Cost, async (string? by, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellation) =>
        {
            var column = by switch
            {
                null or "project" => CostBy.Project,
                "tenant" => CostBy.Tenant,
                "node" => CostBy.Node,
                _ => throw new FarmException(ErrorCodes.InvalidArgument, "Costs are not counted by that.", "project, tenant or node."),
            };
            var rows = await costs.ReportAsync(column, since ?? DateTimeOffset.UnixEpoch, until ?? DateTimeOffset.MaxValue, tenant: null, cancellation).ConfigureAwait(false);
            return Answers.Of(new FarmList<CostRow>([.. rows.Select(r => new CostRow(r.Key, r.Attempts, r.BusyMillis / 1000.0, r.GpuMillis / 1000.0))], self));
        }).WithAccess(Access.Key(Scopes.FarmRead));
    }
}
