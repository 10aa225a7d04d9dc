using Akka.Actor;
using Akka.Cluster;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Nodes;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Cluster.Dispatch;

/// <summary>
/// Published when a server may vouch again: it asks its nodes for their demand at once, so that those that were about to stop limited works hear
/// of it before their next heartbeat.
/// </summary>
internal sealed class VouchesAgain : INoSerializationVerificationNeeded
{
    public static readonly VouchesAgain Instance = new();
}

/// <summary>What this server knows of the way to its dispatcher; see <see cref="VouchRules"/>. One writer, read by all links.</summary>
internal sealed class DispatcherContact(TimeProvider clock)
{
    private const long Never = long.MinValue;

    private long _heardAt = Never;
    private int _unreachable;

    /// <summary>Whether nodes of this server may be told that the farm hears them.</summary>
    public bool MayVouch =>
        VouchRules.MayVouch(Volatile.Read(ref _heardAt) is var at && at == Never ? null : clock.GetElapsedTime(at), Volatile.Read(ref _unreachable));

    /// <param name="askedAt">A time stamp of this object's clock.</param>
    public void Heard(long askedAt) => Volatile.Write(ref _heardAt, Math.Max(askedAt, Volatile.Read(ref _heardAt)));

    public void Sees(int unreachable) => Volatile.Write(ref _unreachable, unreachable);

    /// <summary>Begins to ask. Once a farm system.</summary>
    public static DispatcherContact Start(ActorSystem system, string path, string role, TimeProvider clock)
    {
        var contact = new DispatcherContact(clock);
        system.ActorOf(Akka.Actor.Props.Create(() => new Asker(contact, path, role, clock)), "dispatcher-contact");
        return contact;
    }

    /// <summary>Asks the dispatcher itself, where the membership says that it must be: the proxy of a singleton keeps what it cannot deliver.</summary>
    private sealed class Asker : ReceiveActor, IWithTimers
    {
        private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
        private readonly DispatcherContact _contact;
        private readonly string _path;
        private readonly string _role;
        private readonly TimeProvider _clock;
        private bool _vouched;

        public Asker(DispatcherContact contact, string path, string role, TimeProvider clock)
        {
            (_contact, _path, _role, _clock) = (contact, path, role, clock);
            Receive<Ask>(_ => OnAsk());
            Receive<ActorIdentity>(m => m.Subject is not null && m.MessageId is long, m => OnHeard((long)m.MessageId));
            Receive<ActorIdentity>(_ => { }); // Nobody there yet.
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() =>
            Timers.StartPeriodicTimer("ask", Ask.Instance, TimeSpan.Zero, TimeSpan.FromMilliseconds(Limits.DispatcherAskMillis));

        // As late as the answer is: it is as old as its question.
        private void OnHeard(long askedAt)
        {
            _contact.Heard(askedAt);
            Look();
        }

        private void Look()
        {
            var before = _vouched;
            _vouched = _contact.MayVouch;
            if (_vouched && !before)
            {
                Context.System.EventStream.Publish(VouchesAgain.Instance);
            }
        }

        private void OnAsk()
        {
            var state = _cluster.State;
            _contact.Sees(state.Unreachable.Count);
            Look();
            var host = state.Members.Where(m => m.HasRole(_role) && m.Status is MemberStatus.Up or MemberStatus.Leaving)
                .Aggregate((Member?)null, (oldest, m) => oldest is null || m.IsOlderThan(oldest) ? m : oldest);
            if (host is not null)
            {
                Context.ActorSelection(new RootActorPath(host.Address) + _path).Tell(new Identify(_clock.GetTimestamp()));
            }
        }
    }

    private sealed class Ask : INoSerializationVerificationNeeded
    {
        public static readonly Ask Instance = new();
    }
}
