using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Dispatch;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Bench;

/// <summary>What the nodes of this process have to do, and what they do. Safe for any thread.</summary>
internal sealed class NodeLoad
{
    private long _workTicks;
    private int _busy;

    /// <summary>How long every render and mix takes that begins from now on; the rest takes no time.</summary>
    public TimeSpan WorkTime
    {
        get => new(Interlocked.Read(ref _workTicks));
        set => Interlocked.Exchange(ref _workTicks, value.Ticks);
    }

    /// <summary>Works that run now.</summary>
    public int Busy => Volatile.Read(ref _busy);

    public void Begin() => Interlocked.Increment(ref _busy);

    public void End() => Interlocked.Decrement(ref _busy);
}

/// <summary>
/// A node whose works end the moment they begin, or after a time that says nothing. The protocol is the real one (<see cref="NodeLogic"/>), the
/// results fit their jobs.
/// </summary>
internal sealed class InstantNode : ReceiveActor, IWithTimers
{
    private static readonly StoryboardFacts[] Storyboards = new StoryboardFacts[1];
    private static readonly ConcurrentDictionary<string, ArtifactRef> Artifacts = [];

    private readonly IActorRef _projects;
    private readonly LatestDemand _demand;
    private readonly NodeLoad _load;
    private NodeState _state;

    public InstantNode(NodeId name, int slots, IActorRef projects, IActorRef dispatcher)
        : this(new NodeIncarnation(name, 1), slots, [], projects, dispatcher, new NodeLoad())
    {
    }

    public InstantNode(NodeIncarnation self, int slots, ImmutableArray<string> capabilities, IActorRef projects, IActorRef dispatcher, NodeLoad load)
    {
        (_projects, _demand, _load) = (projects, new LatestDemand(dispatcher, Self), load);
        var start = NodeLogic.Start(self, slots, capabilities, TimeProvider.System.GetUtcNow());
        _state = start.State;
        Receive<NodeMessage>(Decide);
        Receive<Local<NodeMessage>>(m => Decide(m.Message));
        Receive<DispatcherStarted>(_ => Decide(new NodeMessage.TellDemand()));
        Receive<WorkOver>(OnOver);
        Receive<LatestDemand.Due>(_ => _demand.Send());
        Carry(start);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>What every ingest answers with.</summary>
    public static void Film(StoryboardFacts facts) => Storyboards[0] = facts;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", new Local<NodeMessage>(new NodeMessage.Tick()), TimeSpan.FromMilliseconds(500));
        Context.System.EventStream.Subscribe<DispatcherStarted>(Self);
    }

    private void Decide(NodeMessage message) => Carry(NodeLogic.Decide(_state, message, TimeProvider.System.GetUtcNow()));

    private void Carry(NodeDecision decision)
    {
        _state = decision.State;
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case NodeEffect.RunWork e:
                    Run(e);
                    break;
                case NodeEffect.ToJob e:
                    _projects.Tell(new JobEnvelope(e.To, e.Message, null));
                    break;
                case NodeEffect.ToDispatcher e:
                    _demand.Keep(e.Message);
                    break;
            }
        }
    }

    private void Run(NodeEffect.RunWork run)
    {
        var (over, time) = (new WorkOver(new NodeMessage.WorkFinished(run.Lease, Result(run.Spec.Work))), run.Spec.Work is JobWork.Render or JobWork.Mix ? _load.WorkTime : TimeSpan.Zero);
        _load.Begin();
        if (time == TimeSpan.Zero)
        {
            Self.Tell(over);
        }
        else
        {
            Timers.StartSingleTimer(run.Lease, over, time);
        }
    }

    // One that was stopped meanwhile is passed over by the logic.
    private void OnOver(WorkOver over)
    {
        _load.End();
        Decide(over.Message);
    }

    private static JobResult Result(JobWork work) => work switch
    {
        JobWork.Ingest => new JobResult.Ingested(Artifact("source"), Artifact("storyboard"), Storyboards[0], []),
        JobWork.Render w => new JobResult.Rendered([.. w.Ladder.Select(r => new RungFiles(
            r.Name, "avc1.64001e", Artifact($"{r.Name} init"), [.. w.Chunk.Segments.Select(s => new SegmentFile(s.Index, Artifact($"{r.Name} {s.Index}"), s.Frames))]))]),
        JobWork.Mix w => new JobResult.Mixed("mp4a.40.2", Artifact("init"), [.. w.Segments.Select(s => new SegmentFile(s.Index, Artifact($"sound {s.Index}"), s.Packets))], -140, -10),
        JobWork.Assemble => new JobResult.Assembled([new OutputFile("video.mp4", Artifact("mp4"))]),
        _ => throw new InvalidOperationException($"Nothing of kind {work.Kind} is ordered here."),
    };

    // Made once: real nodes hash on their own machines.
    private static ArtifactRef Artifact(string what) => Artifacts.GetOrAdd(what, static w => new ArtifactRef(new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(w)))), 100_000));

    private sealed record WorkOver(NodeMessage Message) : INoSerializationVerificationNeeded;
}
