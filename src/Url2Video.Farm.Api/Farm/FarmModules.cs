using Url2Video.Farm.Api.Hosting;

namespace Url2Video.Farm.Api.Farm;

/// <summary>The operators' part of the API.</summary>
internal static class FarmModules
{
    public static IEnumerable<IApiModule> All() => [new ClusterModule(), new ShardsModule(), new ActorsModule(), new ProjectsModule()];
}
