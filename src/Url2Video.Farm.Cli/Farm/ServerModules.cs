using System.Collections.Immutable;
using Url2Video.Farm.Api.Artifacts;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Nodes;
using Url2Video.Farm.Api.Telemetry;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Sweeping;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Everything that a server serves.</summary>
internal static class ServerModules
{
    public static ImmutableArray<IApiModule> All(GatewayModule gateway, FarmClient client, ArtifactKeeper keeper, ServerPeers peers, FarmDatabase database, TimeProvider clock)
    {
        var results = new DatabaseResultIndex(database, peers.Artifacts.Claim, clock);
        return
        [
            .. ApiModules.Standard,
            .. FarmModules.All(),
            new StoreSweepModule(keeper),
            new MetricsModule(),
            gateway,
            new ArtifactModule(results, new DatabaseJobLogs(database, peers.Artifacts), new NodeGrants(gateway.Book, client), peers.Others),
            new PeerModule(peers.Secret, clock),
        ];
    }
}
