using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.ReadModels;

namespace Url2Video.Farm.Api.Farm;

/// <summary>The operators' part of the API.</summary>
internal static class FarmModules
{
    public static IEnumerable<IApiModule> All() => [new ClusterModule(), new ShardsModule(), new ActorsModule(Reads), new ProjectsModule(Reads), new NodesModule(), new JoinTokensModule()];

    private static FarmReads Reads(ApiParts parts) =>
        new(new DatabaseJournal(parts.Database), new ProjectListing(parts.Database), ClusterFacts.SelfOf(parts.Farm.System));
}
