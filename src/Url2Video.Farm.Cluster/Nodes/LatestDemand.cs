using Akka.Actor;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>
/// Sends a node's demand once for all that is in its mailbox: each is the whole picture, so the last one says what the others said.
/// Under load a node gets its grants in handfuls, and each of them changes the picture.
/// </summary>
/// <param name="self">The node's actor, which calls <see cref="Send"/> when it receives a <see cref="Due"/>.</param>
internal sealed class LatestDemand(IActorRef dispatcher, IActorRef self)
{
    private DispatchMessage.Demand? _latest;

    public void Keep(DispatchMessage.Demand demand)
    {
        if (_latest is null)
        {
            self.Tell(Due.Instance, ActorRefs.NoSender); // Queues behind what is in the mailbox already.
        }

        // What it asks for beside the picture must not be lost with the picture.
        _latest = demand.ReserveRoom < _latest?.ReserveRoom ? demand with { ReserveRoom = _latest.ReserveRoom } : demand;
    }

    public void Send()
    {
        if (_latest is { } demand)
        {
            _latest = null;
            dispatcher.Tell(demand, self);
        }
    }

    internal sealed class Due : INoSerializationVerificationNeeded
    {
        public static readonly Due Instance = new();
    }
}
