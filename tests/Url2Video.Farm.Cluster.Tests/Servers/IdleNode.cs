using Akka.Actor;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>A node that has room and says for which projects it was granted something. It never works.</summary>
internal sealed class IdleNode : ReceiveActor, IWithTimers
{
    private const int Slots = 64;

    public IdleNode(IActorRef dispatcher, Action<ProjectId> onGrant)
    {
        var (self, sequence) = (new NodeIncarnation(new NodeId("idle"), 1), 0L);
        Receive<string>(_ => dispatcher.Tell(new DispatchMessage.Demand(self, ++sequence, Slots, [])));
        Receive<NodeMessage.Grant>(m => onGrant(m.Lease.Job.Project));
        ReceiveAny(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("tell", "tell", TimeSpan.FromMilliseconds(100));
}

internal static class Granting
{
    public static async Task<ProjectId> FirstAsync(TestServer server) => (await AllAsync(server, 1)).Single();

    /// <summary>Waits until work of so many projects has been granted to an idle node at a server.</summary>
    public static async Task<IReadOnlyCollection<ProjectId>> AllAsync(TestServer server, int projects)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var granted = new HashSet<ProjectId>();
        Action<ProjectId> onGrant = project =>
        {
            if (granted.Add(project) && granted.Count == projects)
            {
                all.SetResult();
            }
        };
        var node = server.Server.Farm.System.ActorOf(Props.Create(() => new IdleNode(server.Server.Farm.Dispatcher, onGrant)));
        await all.Task;
        await node.GracefulStop(Fakes.TestFarm.Patience);
        return granted;
    }
}
