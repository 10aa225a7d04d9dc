using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Jobs;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Shells;

/// <summary>The shell of one job between a probe for its project, one for the dispatcher and one for a node.</summary>
public sealed class JobActorTests : TestKit
{
    private static readonly JobSpec Spec = new(
        new JobId(new ProjectId("prj_1"), "render/000000"), new JobKey(FakeFilm.Hash("key")), new JobWork.Speak(default, 0), [], 60);

    private static readonly NodeIncarnation Node = new(new NodeId("n"), 3);
    private static readonly NodeIncarnation Other = new(new NodeId("other"), 1);
    private static readonly DispatcherId Dispatcher = new("d");

    private readonly TestProbe _project;
    private readonly TestProbe _dispatcher;
    private readonly TestProbe _node;
    private readonly IActorRef _job;
    private readonly KeptResults _kept = new();
    private readonly ResultKeeper _keeper;

    public JobActorTests()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }")
    {
        (_project, _dispatcher, _node) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _project.IgnoreMessages(m => m is JobChanged or JobSpent); // For lists; the tests are about leases.
        var start = JobLogic.Start(Spec, AttemptNumber.FirstOf(1), 0, TimeSpan.Zero, TimeProvider.System.GetUtcNow());
        _keeper = new ResultKeeper(_kept, NullLogger.Instance);
        _job = _project.ChildActorOf(JobActor.Props(start, new JobParts(_dispatcher, TimeProvider.System, TimeSpan.Zero, _keeper)));
    }

    [Fact]
    public void Assigned_OffersThenGrantsThenSettlesThenAcknowledges()
    {
        var lease = Run();
        var result = new JobResult.Assembled([]);

        _job.Tell(new JobEnvelope(Spec.Id, new JobMessage.Finished(lease, Spec.Key, result), null), _node);
        var settled = Assert.IsType<ProjectMessage.JobSettled>(_project.ExpectMsg<Local<ProjectMessage>>(TestFarm.Patience).Message);
        _node.ExpectNoMsg(0); // Not before the project has it in its journal.
        _project.Watch(_job);
        _job.Tell(new Local<JobMessage>(new JobMessage.Settled(settled.Term, settled.Attempt, new JobVerdict.Done())));

        Assert.Equal((lease.Attempt, Node), (settled.Attempt, settled.Node));
        Assert.Equal((lease, AckKind.Taken), (_node.ExpectMsg<NodeMessage.Ack>(TestFarm.Patience) is { } ack ? (ack.Lease, ack.Kind) : default));
        _project.ExpectTerminated(_job, TestFarm.Patience);
    }

    [Fact]
    public async Task Accepted_ByTheProject_IsKeptUnderTheNameOfItsJob()
    {
        var lease = Run();
        var result = new JobResult.Assembled([]);
        _job.Tell(new JobEnvelope(Spec.Id, new JobMessage.Finished(lease, Spec.Key, result), null), _node);
        var settled = Assert.IsType<ProjectMessage.JobSettled>(_project.ExpectMsg<Local<ProjectMessage>>(TestFarm.Patience).Message);
        Assert.Empty(_kept.ByName); // It may still be refused.
        _project.Watch(_job);

        _job.Tell(new Local<JobMessage>(new JobMessage.Settled(settled.Term, settled.Attempt, new JobVerdict.Done())));
        _project.ExpectTerminated(_job, TestFarm.Patience);
        _keeper.Complete();
        await _keeper.Ended.WaitAsync(TestFarm.Patience);

        Assert.Same(result, Assert.Single(_kept.ByName, k => k.Key == ResultNames.Of(Spec)).Value);
    }

    [Fact]
    public void LaterLifeOfTheNode_UnderARunningJob_LosesItAtOnceNotAfterTheLease()
    {
        var lease = Run();

        _job.Tell(new NodesGone(ImmutableDictionary<NodeId, long>.Empty.Add(Node.Node, Node.Epoch)));

        var settled = Assert.IsType<ProjectMessage.JobSettled>(_project.ExpectMsg<Local<ProjectMessage>>(TestFarm.Patience).Message);
        Assert.Equal((lease.Attempt, new JobOutcome.Lost(LossReason.NodeGone)), (settled.Attempt, settled.Outcome));
    }

    [Fact]
    public void NodeAddressStops_UnderARunningJob_KeepsTheLease()
    {
        var lease = Run();

        Watch(_node);
        Sys.Stop(_node);
        ExpectTerminated(_node, TestFarm.Patience);
        var elsewhere = CreateTestProbe();
        _job.Tell(new JobEnvelope(Spec.Id, new JobMessage.Finished(lease, Spec.Key, new JobResult.Assembled([])), null), elsewhere);

        var settled = Assert.IsType<ProjectMessage.JobSettled>(_project.ExpectMsg<Local<ProjectMessage>>(TestFarm.Patience).Message);
        Assert.IsType<JobOutcome.Finished>(settled.Outcome);
    }

    [Fact]
    public void Cancelled_TellsTheNodeAndEnds()
    {
        var lease = Run();
        _project.Watch(_job);

        _job.Tell(new Local<JobMessage>(new JobMessage.Cancel()));

        Assert.Equal(lease, _node.ExpectMsg<NodeMessage.Cancel>(TestFarm.Patience).Lease);
        _project.ExpectTerminated(_job, TestFarm.Patience);
    }

    [Fact]
    public void Reserve_ReachesTheNodeItNames_AndItsEndToo()
    {
        var other = CreateTestProbe();
        var offer = _dispatcher.ExpectMsg<DispatchMessage.Offer>(TestFarm.Patience);
        Assert.True(offer.ReservesLeft > 0);
        var path = Akka.Serialization.Serialization.SerializedActorPath(other.Ref);

        _job.Tell(new JobEnvelope(Spec.Id, new JobMessage.Reserve(Spec.Id, offer.Number, Other), path), _dispatcher);
        var reserve = other.ExpectMsg<NodeMessage.Reserve>(TestFarm.Patience).Lease;
        var lease = Run();

        Assert.Equal(new Lease(Spec.Id, offer.Number, Other), reserve);
        Assert.Equal(reserve, other.ExpectMsg<NodeMessage.Cancel>(TestFarm.Patience).Lease);
        Assert.Equal(offer.Number + 1, lease.Attempt);
    }

    [Fact]
    public void NodesGone_WithTheOneThatHoldsIt_OffersWithoutIt()
    {
        var offer = _dispatcher.ExpectMsg<DispatchMessage.Offer>(TestFarm.Patience);
        var path = Akka.Serialization.Serialization.SerializedActorPath(_node.Ref);
        _job.Tell(new JobEnvelope(Spec.Id, new JobMessage.Reserve(Spec.Id, offer.Number, Node), path), _dispatcher);
        Assert.Equal((NodeIncarnation?)Node, _dispatcher.ExpectMsg<DispatchMessage.Offer>(TestFarm.Patience).ReservedBy);

        _job.Tell(new NodesGone(ImmutableDictionary<NodeId, long>.Empty.Add(Node.Node, Node.Epoch)), _project);

        Assert.Null(_dispatcher.ExpectMsg<DispatchMessage.Offer>(TestFarm.Patience).ReservedBy);
    }

    private Lease Run()
    {
        var offer = _dispatcher.ExpectMsg<DispatchMessage.Offer>(TestFarm.Patience);
        var path = Akka.Serialization.Serialization.SerializedActorPath(_node.Ref);
        _job.Tell(new JobEnvelope(Spec.Id, new JobMessage.Assign(Spec.Id, offer.Number, Node, Dispatcher), path), _dispatcher);
        var grant = _node.ExpectMsg<NodeMessage.Grant>(TestFarm.Patience);
        _job.Tell(new JobEnvelope(Spec.Id, new JobMessage.Accepted(grant.Lease), null), _node);
        _dispatcher.ExpectMsg<DispatchMessage.Taken>(TestFarm.Patience);
        return grant.Lease;
    }

    private sealed class KeptResults : IResultIndex
    {
        public ConcurrentDictionary<string, JobResult> ByName { get; } = new(StringComparer.Ordinal);

        public ValueTask<JobResult?> FindAsync(string name, CancellationToken cancellation) => ValueTask.FromResult(ByName.GetValueOrDefault(name));

        public ValueTask KeepAsync(string name, JobResult result, bool replace, CancellationToken cancellation)
        {
            ByName[name] = result;
            return ValueTask.CompletedTask;
        }
    }
}
