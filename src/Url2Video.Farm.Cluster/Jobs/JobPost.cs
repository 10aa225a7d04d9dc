using Akka.Actor;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Cluster.Jobs;

/// <summary>
/// Knows where the nodes and dispatchers that spoke to a job can be reached. Bounded: a job deals with few at a time, and one that
/// is forgotten speaks again.
/// </summary>
internal sealed class JobPost(IActorRef dispatcherProxy)
{
    private const int AddressesMax = 8;

    private readonly List<(NodeIncarnation Who, IActorRef At)> _nodes = [];
    private readonly List<(DispatcherId Who, IActorRef At)> _dispatchers = [];

    /// <summary>Reads from a message who sent it and whom it speaks of.</summary>
    public void Learn(JobEnvelope envelope, IActorRef sender, ActorSystem system)
    {
        if (envelope.Message is JobMessage.Assign assign)
        {
            Learn(_dispatchers, assign.Dispatcher, sender);
            Learn(assign.Node, envelope.NodePath, system);
        }
        else if (envelope.Message is JobMessage.Reserve reserve)
        {
            Learn(reserve.Node, envelope.NodePath, system);
        }
        else if (LeaseOf(envelope.Message) is { } lease)
        {
            Learn(_nodes, lease.Node, sender);
        }
    }

    public IActorRef? Find(NodeIncarnation node) => _nodes.Find(n => n.Who == node).At;

    /// <summary>Sends what an effect asks for; to an unknown address nothing goes, and the machine says it again on a tick.</summary>
    public void Send(JobEffect effect, IActorRef self)
    {
        switch (effect)
        {
            case JobEffect.ToDispatcher e:
                dispatcherProxy.Tell(e.Message, self);
                break;
            case JobEffect.ToOneDispatcher e:
                _dispatchers.Find(d => d.Who == e.To).At?.Tell(e.Message, self);
                break;
            case JobEffect.ToNode e:
                Find(e.To)?.Tell(e.Message, self);
                break;
        }
    }

    private void Learn(NodeIncarnation node, string? path, ActorSystem system)
    {
        if (path is not null)
        {
            Learn(_nodes, node, ((ExtendedActorSystem)system).Provider.ResolveActorRef(path));
        }
    }

    private static Lease? LeaseOf(JobMessage message) => message switch
    {
        JobMessage.Accepted m => m.Lease,
        JobMessage.Refused m => m.Lease,
        JobMessage.Held m => m.Lease,
        JobMessage.Finished m => m.Lease,
        JobMessage.Failed m => m.Lease,
        _ => null,
    };

    private static void Learn<T>(List<(T Who, IActorRef At)> known, T who, IActorRef at)
        where T : struct, IEquatable<T>
    {
        if (at.IsNobody())
        {
            return;
        }

        known.RemoveAll(k => k.Who.Equals(who));
        known.Add((who, at));
        if (known.Count > AddressesMax)
        {
            known.RemoveAt(0);
        }
    }
}
