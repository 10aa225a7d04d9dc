using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>What it may do to the server it belongs to.</summary>
/// <param name="Forget">A member has gone: its row goes too, so that it learns of it if it still lives.</param>
/// <param name="End">The others do not take this server for a member any more.</param>
internal sealed record MembersParts(Action<string> Forget, Action<string> End);

/// <summary>Follows the membership and tells the server what it means for the register.</summary>
internal sealed class MembersActor : ReceiveActor
{
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private bool _isEnding;

    public MembersActor(MembersParts parts)
    {
        Receive<ClusterEvent.MemberUp>(m => _log.Info("Server {0} is a member.", m.Member.Address));
        Receive<ClusterEvent.UnreachableMember>(m => _log.Warning("Server {0} cannot be reached.", m.Member.Address));
        Receive<ClusterEvent.ClusterShuttingDown>(_ => _isEnding = true);
        Receive<ClusterEvent.MemberRemoved>(MaySpeak, m =>
        {
            _log.Warning("Server {0} is gone ({1}).", m.Member.Address, m.PreviousStatus);
            parts.Forget(ServerRow.IdOf(m.Member.Address.ToString(), m.Member.UniqueAddress.Uid));
        });
        Receive<ClusterEvent.IMemberEvent>(_ => { });
        Receive<ThisActorSystemQuarantinedEvent>(m => parts.End($"{m.RemoteAddress} has quarantined this server."));
    }

    public static Props Props(MembersParts parts) => Akka.Actor.Props.Create(() => new MembersActor(parts));

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.UnreachableMember), typeof(ClusterEvent.ClusterShuttingDown));
        Context.System.EventStream.Subscribe<ThisActorSystemQuarantinedEvent>(Self);
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        Context.System.EventStream.Unsubscribe(Self);
    }

    // A cluster that ends here reports every member as removed, and one that lost a split says so of the winner: only who stays in may speak.
    private bool MaySpeak(ClusterEvent.MemberRemoved gone) =>
        !_isEnding && gone.Member.UniqueAddress != _cluster.SelfUniqueAddress && _cluster.SelfMember.Status == MemberStatus.Up;
}
