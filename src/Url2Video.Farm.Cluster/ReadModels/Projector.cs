using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.ReadModels;

/// <summary>The one actor of the cluster that keeps the list of projects.</summary>
internal static class Projector
{
    private const string Name = "projector";

    /// <summary>Starts this server's part of the singleton; when the server that has it goes, another takes over.</summary>
    public static IActorRef Start(ActorSystem system, FarmDatabase database) => system.ActorOf(
        ClusterSingletonManager.Props(
            Props.Create(() => new ProjectorActor(database)),
            PoisonPill.Instance,
            ClusterSingletonManagerSettings.Create(system).WithRole(FarmConfig.CoordinatorRole)),
        Name);
}
