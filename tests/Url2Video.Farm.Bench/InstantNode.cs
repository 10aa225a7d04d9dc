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

/// <summary>A node whose works end the moment they begin. The protocol is the real one (<see cref="NodeLogic"/>), the results fit their jobs.</summary>
internal sealed class InstantNode : ReceiveActor, IWithTimers
{
    private static readonly StoryboardFacts[] Storyboards = new StoryboardFacts[1];

    private readonly IActorRef _projects;
    private readonly LatestDemand _demand;
    private NodeState _state;

    public InstantNode(NodeId name, int slots, IActorRef projects, IActorRef dispatcher)
    {
        (_projects, _demand) = (projects, new LatestDemand(dispatcher, Self));
        var start = NodeLogic.Start(new NodeIncarnation(name, 1), slots, [], TimeProvider.System.GetUtcNow());
        _state = start.State;
        Receive<NodeMessage>(Decide);
        Receive<Local<NodeMessage>>(m => Decide(m.Message));
        Receive<DispatcherStarted>(_ => Decide(new NodeMessage.TellDemand()));
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
                    Self.Tell(new Local<NodeMessage>(new NodeMessage.WorkFinished(e.Lease, Result(e.Spec.Work))));
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

    private static JobResult Result(JobWork work) => work switch
    {
        JobWork.Ingest => new JobResult.Ingested(Artifact("source"), Artifact("storyboard"), Storyboards[0], []),
        JobWork.Render w => new JobResult.Rendered([.. w.Ladder.Select(r => new RungFiles(
            r.Name, "avc1.64001e", Artifact($"{r.Name} init"), [.. w.Chunk.Segments.Select(s => new SegmentFile(s.Index, Artifact($"{r.Name} {s.Index}"), s.Frames))]))]),
        JobWork.Mix w => new JobResult.Mixed("mp4a.40.2", Artifact("init"), [.. w.Segments.Select(s => new SegmentFile(s.Index, Artifact($"sound {s.Index}"), s.Packets))], -140, -10),
        JobWork.Assemble => new JobResult.Assembled([new OutputFile("video.mp4", Artifact("mp4"))]),
        _ => throw new InvalidOperationException($"Nothing of kind {work.Kind} is ordered here."),
    };

    private static ArtifactRef Artifact(string what) => new(new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))), 100_000);
}
