using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Protocol;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>
/// Takes the news of a new dispatcher from the server that hosts it to the event streams of all, so that nodes tell their demand at
/// once, wherever they are connected.
/// </summary>
internal sealed class HeraldActor : ReceiveActor
{
    public const string Name = "herald";

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    private int _ownNews;

    public HeraldActor()
    {
        Receive<DispatcherStarted>(_ => OnStarted());
        Receive<DispatcherMoved>(_ => OnMoved());
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe<DispatcherStarted>(Self);

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    // What it publishes comes back to it; told to the others again, it would never end.
    private void OnMoved()
    {
        _ownNews++;
        Context.System.EventStream.Publish(DispatcherStarted.Instance);
    }

    private void OnStarted()
    {
        if (_ownNews > 0)
        {
            _ownNews--;
            return;
        }

        foreach (var member in _cluster.State.Members.Where(m => m.Status is MemberStatus.Up or MemberStatus.WeaklyUp && m.Address != _cluster.SelfAddress))
        {
            Context.ActorSelection(new RootActorPath(member.Address) / "user" / Name).Tell(new DispatcherMoved());
        }
    }
}
