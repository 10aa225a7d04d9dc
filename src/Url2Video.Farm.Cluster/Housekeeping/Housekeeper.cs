using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Url2Video.Farm.Cluster.Hosting;

namespace Url2Video.Farm.Cluster.Housekeeping;

/// <summary>The one actor of the cluster that deletes rows that are over.</summary>
internal static class Housekeeper
{
    private const string Name = "housekeeper";

    /// <summary>Starts this server's part of the singleton; when the server that has it goes, another takes over.</summary>
    public static IActorRef Start(ActorSystem system, RowKeeper rows) => system.ActorOf(
        ClusterSingletonManager.Props(
            HousekeeperActor.Props(rows), PoisonPill.Instance, ClusterSingletonManagerSettings.Create(system).WithRole(FarmConfig.CoordinatorRole)),
        Name);
}
