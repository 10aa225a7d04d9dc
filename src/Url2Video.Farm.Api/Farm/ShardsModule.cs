using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

internal sealed record RegionRow(string Region, int Shards, int Entities, int Servers);

/// <param name="Failed">Shards that did not answer in time; their entities are not counted.</param>
internal sealed record RegionStatsRow(string Address, string Region, int Shards, int Entities, ImmutableArray<string> Failed);

/// <param name="Address">Null: no server has the shard at the moment; the next message to the project starts it.</param>
internal sealed record PlaceRow(string Project, string Region, string Shard, string? Address, int EntitiesOfShard, string AnsweredBy);

/// <summary>Where projects live.</summary>
internal sealed class ShardsModule : IApiModule
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (read, self) = (Access.Key(Scopes.FarmRead), ClusterFacts.SelfOf(parts.Farm.System));
        var sharding = ClusterSharding.Get(parts.Farm.System);
        routes.MapGet(FarmRoutes.Regions, async (CancellationToken cancellation) =>
        {
            var rows = ImmutableArray.CreateBuilder<RegionRow>();
            foreach (var region in sharding.ShardTypeNames.Order(StringComparer.Ordinal))
            {
                var stats = await StatsAsync(sharding, region, cancellation).ConfigureAwait(false);
                rows.Add(new(region, stats.Sum(s => s.Shards), stats.Sum(s => s.Entities), stats.Length));
            }

            return Answers.Of(new FarmList<RegionRow>(rows.ToImmutable(), self));
        }).WithAccess(read);
        routes.MapGet(FarmRoutes.RegionStats, async (string region, CancellationToken cancellation) =>
            Answers.Of(new FarmList<RegionStatsRow>(await StatsAsync(sharding, region, cancellation).ConfigureAwait(false), self))).WithAccess(read);
        routes.MapGet(FarmRoutes.Locate, async (string project, CancellationToken cancellation) =>
        {
            var id = FarmIds.Project(project);
            var shard = new ProjectRouting(FarmConfig.ClusterShards).ShardId(id.Value, null);
            var stats = await AskAsync(sharding, FarmConfig.ProjectShards, cancellation).ConfigureAwait(false);
            var place = stats.Regions.FirstOrDefault(r => r.Value.Stats.ContainsKey(shard));
            return Answers.Of(new PlaceRow(id.Value, FarmConfig.ProjectShards, shard, place.Key?.ToString(), place.Value?.Stats[shard] ?? 0, self));
        }).WithAccess(read);
    }

    private static async Task<ImmutableArray<RegionStatsRow>> StatsAsync(ClusterSharding sharding, string region, CancellationToken cancellation)
    {
        var stats = await AskAsync(sharding, region, cancellation).ConfigureAwait(false);
        return
        [
            .. stats.Regions.Select(r => new RegionStatsRow(
                r.Key.ToString(),
                region,
                r.Value.Stats.Count,
                r.Value.Stats.Values.Sum(),
                [.. r.Value.Failed.Order(StringComparer.Ordinal)])).OrderBy(r => r.Address, StringComparer.Ordinal),
        ];
    }

    private static async Task<ClusterShardingStats> AskAsync(ClusterSharding sharding, string region, CancellationToken cancellation)
    {
        if (!sharding.ShardTypeNames.Contains(region))
        {
            throw new FarmException(ErrorCodes.NotFound, "There is no such region.", $"`pbm cluster-sharding list-regions` lists them; projects live in '{FarmConfig.ProjectShards}'.");
        }

        try
        {
            return await sharding.ShardRegion(region)
                .Ask<ClusterShardingStats>(new GetClusterShardingStats(AnswerWithin), AnswerWithin * 2, cancellation).ConfigureAwait(false);
        }
        catch (AskTimeoutException fault)
        {
            throw new FarmException(ErrorCodes.FarmBusy, "The shards do not answer in time; servers may just be coming or going.", "Try again.", retryable: true, fault);
        }
    }
}
