using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Name">Project, tenant or node, as it was asked for.</param>
/// <param name="NodeSeconds">Time that nodes worked, whatever came of it.</param>
/// <param name="GpuSeconds">Of that, time of GPUs.</param>
internal sealed record CostRow(string Name, long Attempts, double NodeSeconds, double GpuSeconds);

/// <summary>What was spent on whom.</summary>
internal sealed class CostModule : IApiModule
{
    private const int RowsMax = 1_000;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var self = ClusterFacts.SelfOf(parts.Farm.System);
        routes.MapGet(FarmRoutes.Cost, async (string? by, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellation) =>
        {
            // The word is one of ours, never the caller's text.
            var column = by switch
            {
                null or "project" => "project",
                "tenant" => "tenant",
                "node" => "node",
                _ => throw new FarmException(ErrorCodes.InvalidArgument, "Costs are not counted by that.", "project, tenant or node."),
            };
            var rows = await parts.Database.QueryAsync(
                $"SELECT {column}, COUNT(*), SUM(busy_ms), SUM(gpu_ms) FROM farm_cost WHERE ended_ms >= @since AND ended_ms < @until GROUP BY {column} ORDER BY 3 DESC, 1 LIMIT {RowsMax}",
                static r => new CostRow(r.GetString(0), Number(r, 1), Number(r, 2) / 1000.0, Number(r, 3) / 1000.0),
                cancellation,
                ("since", since?.ToUnixTimeMilliseconds() ?? 0),
                ("until", until?.ToUnixTimeMilliseconds() ?? long.MaxValue)).ConfigureAwait(false);
            return Answers.Of(new FarmList<CostRow>([.. rows], self));
        }).WithAccess(Access.Key(Scopes.FarmRead));
    }

    // A sum of BIGINT is a NUMERIC on PostgreSQL.
    private static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);
}
