using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Event">What happened, e.g. <c>member-up</c>, <c>unreachable</c>, <c>leader-changed</c>.</param>
internal sealed record ClusterNote(string Event, string? Address, string? Status);

/// <summary>The membership as it changes; the present state comes first, as events.</summary>
internal static class ClusterTail
{
    /// <summary>A reader that is further behind has lost the thread: its stream ends, and the next one begins with the present.</summary>
    private const int NotesMax = 1_024;

    public static async IAsyncEnumerable<SseItem<ClusterNote>> FollowAsync(ActorSystem system, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var notes = Channel.CreateBounded<ClusterNote>(NotesMax);
        var listener = system.ActorOf(Props.Create(() => new Listener(notes.Writer)));
        try
        {
            await foreach (var note in notes.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return new SseItem<ClusterNote>(note, note.Event);
            }
        }
        finally
        {
            system.Stop(listener);
        }
    }

    internal static ClusterNote? Of(ClusterEvent.IClusterDomainEvent happened) => happened switch
    {
        ClusterEvent.IMemberEvent e => new ClusterNote("member-" + ClusterFacts.Word(e.Member.Status), e.Member.Address.ToString(), ClusterFacts.Word(e.Member.Status)),
        ClusterEvent.UnreachableMember e => new ClusterNote("unreachable", e.Member.Address.ToString(), ClusterFacts.Word(e.Member.Status)),
        ClusterEvent.ReachableMember e => new ClusterNote("reachable", e.Member.Address.ToString(), ClusterFacts.Word(e.Member.Status)),
        ClusterEvent.LeaderChanged e => new ClusterNote("leader-changed", e.Leader?.ToString(), null),
        _ => null,
    };

    private sealed class Listener : ReceiveActor
    {
        private readonly ChannelWriter<ClusterNote> _notes;

        public Listener(ChannelWriter<ClusterNote> notes)
        {
            _notes = notes;
            Receive<ClusterEvent.IClusterDomainEvent>(happened =>
            {
                if (Of(happened) is { } note && !_notes.TryWrite(note))
                {
                    _notes.TryComplete();
                }
            });
        }

        protected override void PreStart() => AkkaCluster.Get(Context.System).Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent),
            typeof(ClusterEvent.LeaderChanged));

        protected override void PostStop()
        {
            AkkaCluster.Get(Context.System).Unsubscribe(Self);
            _notes.TryComplete();
        }
    }
}
