using System.Security.Cryptography;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Housekeeping;
using Url2Video.Farm.Cluster.Membership;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Persistence.Files;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.ReadModels;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Settings;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Webhooks;
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

    /// <summary>Where films without a folder of their own are published; null: every film has one.</summary>
    public FarmDatabase? Database { get; init; }
}

/// <summary>The actor system of one process and the two addresses that everything goes through.</summary>
internal sealed class FarmSystem
{
    private const string DispatcherName = "dispatcher";
    private static readonly TimeSpan StopSecondsMax = TimeSpan.FromSeconds(5);

    private FarmSystem(ActorSystem system, IActorRef projects, IActorRef dispatcher, IProjectListing listing, FarmSettings settings) =>
        (System, Projects, Dispatcher, Listing, Settings) = (system, projects, dispatcher, listing, settings);

    public ActorSystem System { get; }

    /// <summary>The shard region: takes every <see cref="Protocol.IForProject"/> to the one actor of its project.</summary>
    public IActorRef Projects { get; }

    /// <summary>Proxy of the dispatcher singleton; keeps messages while it moves.</summary>
    public IActorRef Dispatcher { get; }

    /// <summary>Whether this server hears the dispatcher.</summary>
    public required DispatcherContact Contact { get; init; }

    /// <summary>Lists projects without waking them.</summary>
    public IProjectListing Listing { get; }

    /// <summary>Limits and tenants.</summary>
    public FarmSettings Settings { get; }

    /// <summary>The shard region of calls to customers' addresses; null in a farm that makes none.</summary>
    public IActorRef? Webhooks { get; private init; }

    /// <summary>Whether this system is on its way out: nothing can be started in it any more.</summary>
    public bool IsEnding => System.WhenTerminated.IsCompleted || CoordinatedShutdown.Get(System).ShutdownReason is not null;

    /// <summary>
    /// Starts the embedded profile. Nothing waits for the cluster to form: the region and the proxy keep what is sent to them
    /// meanwhile, and the journal opens its file at the same time.
    /// </summary>
    public static FarmSystem StartEmbedded(FarmSystemSetup setup)
    {
        JournalTables.EnsureFile(setup.Store);
        var system = ActorSystem.Create(FarmConfig.SystemName, SetupOf(setup));
        try
        {
            var cluster = AkkaCluster.Get(system);
            cluster.Join(cluster.SelfAddress);
            return Compose(
                system,
                FarmConfig.Shards,
                new JournalListing(() => JournalReader.Open(setup.Store)),
                null,
                dispatcher => new(StandardPlanning.Instance, dispatcher, setup.Artifacts, setup.Clock, new EmbeddedGrace().Of) { CapabilitiesOfAll = setup.Capabilities, Database = setup.Database });
        }
        catch
        {
            system.Dispose();
            throw;
        }
    }

    /// <summary>Starts the actors of one server of a farm; it is no member yet and joins nobody (see <see cref="FarmServer"/>).</summary>
    /// <param name="own">What this server shows the others.</param>
    public static FarmSystem StartServer(ServerSetup setup, DotNettySslSetup own)
    {
        var journal = JournalSetup.Of(setup.Database.Store);
        var profile = journal.Hocon.WithFallback(FarmConfig.Cluster(FarmLogger.AkkaLevel(setup.LogLevel), setup));
        var system = ActorSystem.Create(FarmConfig.SystemName, ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(setup.Overrides is { } overrides ? overrides.WithFallback(profile) : profile),
            new FarmLoggerSetup(setup.Logging),
            FarmSerialization.Setup,
            journal.Setup,
            new StoreLeaseSetup(setup.Database, setup.Clock),
            own));
        try
        {
            system.ActorOf<HeraldActor>(HeraldActor.Name);
            Projector.Start(system, setup.Database);
            Housekeeper.Start(system, new RowKeeper(setup.Database, setup.Retention, setup.Clock));
            var webhooks = setup.Webhooks is { } sender
                ? WebhookActor.Start(system, FarmConfig.ClusterShards, new WebhookParts(sender, new WebhookSecrets(setup.Database, setup.Clock), setup.Clock, Jitter))
                : null;
            var keeper = new ResultKeeper(
                new DatabaseResultIndex(setup.Database, setup.Artifacts.Claim, setup.Clock), setup.Logging.CreateLogger<ResultKeeper>());
            system.RegisterOnTermination(keeper.Complete);
            var farm = Compose(
                system,
                FarmConfig.ClusterShards,
                new ProjectListing(setup.Database),
                setup.Database,
                dispatcher => new(StandardPlanning.Instance, dispatcher, setup.Artifacts, setup.Clock, ClusterGrace) { Database = setup.Database, Keeper = keeper, Webhooks = webhooks });
            farm.Settings.Begin();
            return farm;
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

    private static double Jitter() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);

    // Nodes outlive servers and hold what an earlier life of the project granted them; their next heartbeat says so.
    private static TimeSpan ClusterGrace(ProjectId project) => TimeSpan.FromSeconds(Limits.HeartbeatSeconds + 1);

    private static FarmSystem Compose(ActorSystem system, int shards, IProjectListing listing, FarmDatabase? database, Func<IActorRef, ProjectParts> partsOf)
    {
        var dispatcher = system.ActorOf(
            ClusterSingletonProxy.Props($"/user/{DispatcherName}", ClusterSingletonProxySettings.Create(system).WithRole(FarmConfig.CoordinatorRole)),
            "dispatcher-proxy");
        var parts = partsOf(dispatcher);
        var projects = ClusterSharding.Get(system).Start(
            FarmConfig.ProjectShards,
            id => ProjectActor.Props(new ProjectId(id), parts),
            ClusterShardingSettings.Create(system),
            new ProjectRouting(shards));
        var settings = new FarmSettings(system, shards, dispatcher, parts.Clock);
        system.ActorOf(
            ClusterSingletonManager.Props(
                DispatcherActor.Props(projects, parts.Clock, settings, database),
                PoisonPill.Instance,
                ClusterSingletonManagerSettings.Create(system).WithRole(FarmConfig.CoordinatorRole)),
            DispatcherName);
        var contact = DispatcherContact.Start(system, $"/user/{DispatcherName}/{ClusterSingletonManagerSettings.Create(system).SingletonName}", FarmConfig.CoordinatorRole, parts.Clock);
        return new FarmSystem(system, projects, dispatcher, listing, settings) { Webhooks = parts.Webhooks, Contact = contact };
    }

    private static ActorSystemSetup SetupOf(FarmSystemSetup setup)
    {
        var journal = setup.Store.Kind == StoreKind.Sqlite ? FileStoreSetup.Of(setup.Store, setup.Clock) : JournalSetup.Of(setup.Store);
        var profile = journal.Hocon.WithFallback(FarmConfig.Embedded(FarmLogger.AkkaLevel(setup.LogLevel)));
        return ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(setup.Overrides is { } overrides ? overrides.WithFallback(profile) : profile),
            new FarmLoggerSetup(setup.Logging),
            FarmSerialization.Setup,
            journal.Setup);
    }
}
