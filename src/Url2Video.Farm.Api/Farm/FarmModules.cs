using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Persistence;

namespace Url2Video.Farm.Api.Farm;

/// <summary>The operators' part of the API.</summary>
internal static class FarmModules
{
    public static IEnumerable<IApiModule> All() =>
    [
        new ClusterModule(), new ShardsModule(), new ActorsModule(Reads), new ProjectsModule(Reads), new NodesModule(), new JoinTokensModule(), new JobsModule(), new CostModule(), new FarmEventsModule(), new SchedulingModule(), new StoreModule(),
    ];

    private static FarmReads Reads(ApiParts parts) =>
        new(new DatabaseJournal(parts.Database), parts.Farm.Listing, ClusterFacts.SelfOf(parts.Farm.System));
}
