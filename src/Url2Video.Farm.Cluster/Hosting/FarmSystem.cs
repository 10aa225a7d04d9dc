using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>What a farm system is started with.</summary>
/// <param name="Store">Where the journal is; see <see cref="JournalSetup"/>.</param>
/// <param name="Overrides">Comes before the profile's own configuration; null for none.</param>
internal sealed record FarmSystemSetup(
    StoreUrl Store,
    ArtifactStore Artifacts,
    TimeProvider Clock,
    ILoggerFactory Logging,
    LogLevel LogLevel,
    Config? Overrides = null)
{
    /// <summary>What the only node of this process can do; null: not known.</summary>
    public IReadOnlySet<string>? Capabilities { get; init; }
}

/// <summary>The actor system of one process and the two addresses that everything goes through.</summary>
internal sealed class FarmSystem
{
    private const string DispatcherName = "dispatcher";
    private static readonly TimeSpan StopSecondsMax = TimeSpan.FromSeconds(5);

    private FarmSystem(ActorSystem system, IActorRef projects, IActorRef dispatcher) =>
        (System, Projects, Dispatcher) = (system, projects, dispatcher);

    public ActorSystem System { get; }

    /// <summary>The shard region: takes every <see cref="Protocol.IForProject"/> to the one actor of its project.</summary>
    public IActorRef Projects { get; }

    /// <summary>Proxy of the dispatcher singleton; keeps messages while it moves.</summary>
    public IActorRef Dispatcher { get; }

    /// <summary>
    /// Starts the embedded profile. Nothing waits for the cluster to form: the region and the proxy keep what is sent to them
    /// meanwhile, and the journal opens its file and compiles its queries at the same time.
    /// </summary>
    public static FarmSystem StartEmbedded(FarmSystemSetup setup)
    {
        JournalTables.EnsureFile(setup.Store);
        var system = ActorSystem.Create(FarmConfig.SystemName, SetupOf(setup));
        try
        {
            var cluster = AkkaCluster.Get(system);
            cluster.Join(cluster.SelfAddress);
            var dispatcher = system.ActorOf(
                ClusterSingletonProxy.Props($"/user/{DispatcherName}", ClusterSingletonProxySettings.Create(system).WithRole(FarmConfig.CoordinatorRole)),
                "dispatcher-proxy");
            var parts = new ProjectParts(StandardPlanning.Instance, dispatcher, setup.Artifacts, setup.Clock, new EmbeddedGrace().Of) { CapabilitiesOfAll = setup.Capabilities };
            var projects = ClusterSharding.Get(system).Start(
                FarmConfig.ProjectShards,
                id => ProjectActor.Props(new ProjectId(id), parts),
                ClusterShardingSettings.Create(system),
                new ProjectRouting(FarmConfig.Shards));
            system.ActorOf(
                ClusterSingletonManager.Props(
                    DispatcherActor.Props(projects, setup.Clock),
                    PoisonPill.Instance,
                    ClusterSingletonManagerSettings.Create(system).WithRole(FarmConfig.CoordinatorRole)),
                DispatcherName);
            return new FarmSystem(system, projects, dispatcher);
        }
        catch
        {
            system.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the cluster and ends, in order.</summary>
    public async Task StopAsync()
    {
        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(StopSecondsMax).ConfigureAwait(false);
    }

    private static ActorSystemSetup SetupOf(FarmSystemSetup setup)
    {
        var journal = JournalSetup.Of(setup.Store);
        var profile = journal.Hocon.WithFallback(FarmConfig.Embedded(FarmLogger.AkkaLevel(setup.LogLevel)));
        return ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(setup.Overrides is { } overrides ? overrides.WithFallback(profile) : profile),
            new FarmLoggerSetup(setup.Logging),
            FarmSerialization.Setup,
            journal.Setup);
    }
}
