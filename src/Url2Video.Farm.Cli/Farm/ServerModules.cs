using System.Collections.Immutable;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Nodes;
using Url2Video.Farm.Api.Telemetry;
using Url2Video.Farm.Cluster.Hosting;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Everything that a server serves.</summary>
internal static class ServerModules
{
    public static ImmutableArray<IApiModule> All(GatewayModule gateway, FarmServer server)
    {
        _ = server;
        return [.. ApiModules.Standard, new MetricsModule(), gateway];
    }
}
