using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Tests.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Tests.Link;

/// <summary>The list of what may go which way, and for whom a node may speak.</summary>
public sealed class LinkFramesTests
{
    private static readonly NodeIncarnation Self = new(new NodeId("n"), 3);
    private static readonly JobId Job = new(new ProjectId("prj_1"), "write");

    [Fact]
    public void EveryMessageOfTheWire_GoesOneWayOrNone()
    {
        static Type[] Taken(LinkFrames way) => [.. WireSamples.Messages.Where(m => Reads(way, m)).Select(m => m.GetType())];

        Assert.Equal(
            ["Demand", "Goodbye", "Hello", "JobEnvelope", "Remeasured", "Replayed"], Taken(LinkFrames.ToServer).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Ack", "Beat", "Cancel", "Drain", "Grant", "Refused", "Reserve", "Resume", "Settings", "TellDemand", "Welcome"],
            Taken(LinkFrames.ToNode).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("u2v.dispatch.demand.v1")]
    [InlineData("u2v.dispatch.demand.v1\n")]
    [InlineData("u2v.dispatch.demand.v1\n{}")]
    [InlineData("u2v.dispatch.demand.v1\nnull")]
    [InlineData("u2v.dispatch.demand.v9\n{}")]
    [InlineData("u2v.to-project.v1\n{}")]
    [InlineData("u2v.node.grant.v1\n{}")]
    [InlineData("\n{}")]
    [InlineData("{}")]
    public void Read_WhatIsNoMessageOfThisWay_IsAFault(string frame) =>
        Assert.Throws<LinkFault>(() => LinkFrames.ToServer.Read(Encoding.UTF8.GetBytes(frame)));

    [Fact]
    public void Read_RandomBytes_IsAFaultAndNothingElse()
    {
        var random = new Random(4_711);
        var good = LinkFrames.ToServer.Write(new JobEnvelope(Job, new JobMessage.Held(new Lease(Job, 1, Self), 5), null));
        for (var i = 0; i < 2_000; i++)
        {
            var frame = good.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.IsType<JobEnvelope>(LinkFrames.ToServer.Read(frame));
            }
            catch (LinkFault)
            {
                // The only way to fail.
            }
        }
    }

    [Fact]
    public void Frames_LongerThanTheBound_AreFaultsOfEitherEnd()
    {
        Assert.Throws<LinkFault>(() => LinkFrames.ToServer.Read(new byte[Limits.LinkBytesToServerMax + 1]));
        Assert.Throws<LinkFault>(() => LinkFrames.ToServer.Write(new LinkMessage.Goodbye(new string('x', Limits.LinkBytesToServerMax))));
        Assert.Throws<LinkFault>(() => LinkFrames.ToServer.Write(new NodeMessage.Drain()));
    }

    [Fact]
    public void Rules_OwnLifeAndFormerReports_AreAllThatIsHeard()
    {
        var (own, former, later, other) = (LeaseOf(Self), LeaseOf(Self with { Epoch = 2 }), LeaseOf(Self with { Epoch = 4 }), LeaseOf(new(new NodeId("m"), 3)));
        JobMessage Done(Lease lease) => new JobMessage.Finished(lease, default, new Core.Contracts.JobResult.Assembled([]));

        Assert.Null(Complaint(new JobMessage.Held(own, 1)));
        Assert.Null(Complaint(new JobMessage.Accepted(own)));
        Assert.Null(Complaint(Done(own)));
        Assert.Null(Complaint(Done(former)));
        Assert.Null(Complaint(new JobMessage.Refused(former, RefusalReason.OtherIncarnation)));
        Assert.NotNull(Complaint(new JobMessage.Held(former, 1)));
        Assert.NotNull(Complaint(new JobMessage.Refused(former, RefusalReason.Full)));
        Assert.NotNull(Complaint(Done(later)));
        Assert.NotNull(Complaint(Done(other)));
        Assert.NotNull(Complaint(new JobMessage.Preempt(Job, 1, new DispatcherId("d"))));
        Assert.NotNull(LinkRules.Complaint(Self, new JobEnvelope(Job with { Name = "speak/1" }, new JobMessage.Held(own, 1), null)));
        Assert.NotNull(LinkRules.Complaint(Self, new DispatchMessage.Demand(Self, 1, Limits.SlotsPerNodeMax + 1, [])));
        Assert.NotNull(LinkRules.Complaint(Self, new DispatchMessage.Demand(Self, 1, 0, []) { ReserveRoom = Limits.ReservesPerNodeMax + 1 }));
        Assert.NotNull(LinkRules.Complaint(Self, new DispatchMessage.Demand(Self, 1, 0, []) { ReserveRoom = -1 }));
        Assert.NotNull(LinkRules.Complaint(Self, new DispatchMessage.Demand(Self, 1, 1, ["a\nb"])));
        Assert.NotNull(LinkRules.Complaint(Self, new DispatchMessage.Demand(Self, 1, 1, [.. Enumerable.Range(0, Limits.CapabilitiesPerNodeMax + 1).Select(i => $"w{i}")])));
        Assert.NotNull(LinkRules.Complaint(Self, new LinkMessage.Hello(Self, 1, "1", [], "{}", 0)));
    }

    /// <summary>Two thousand idle nodes: a ping and its answer each way would be most of what crosses their links.</summary>
    [Fact]
    public void Pings_AreForLinksThatAreSilent_AndEndThemBeforeLeasesEnd()
    {
        Assert.True(Limits.LinkPingSeconds > Limits.HeartbeatSeconds);
        Assert.True(2 * Limits.LinkPingSeconds < Limits.LeaseSecondsMax);
    }

    [Fact]
    public void NodesGone_BetweenTwoLooks_AreLivesThatEndedAndNodesStruckOff()
    {
        NodeStanding At(string name, long epoch, long over) => new(new NodeId(name), epoch, over, NodeStates.Active, null, null);
        var before = new[] { At("same", 3, 2), At("restarted", 4, 3), At("struck", 6, 5) }.ToDictionary(s => s.Name);

        NodeStanding[] now = [At("same", 3, 2), At("restarted", 5, 4), At("new", 1, 0)];
        var gone = NodesGone.Between(before, new NodeChanges(NodesMark.None, IsWhole: true, now));

        Assert.Equal(
            [("restarted", 4L), ("struck", 6L)], gone.UpTo.Select(g => (g.Key.Value, g.Value)).OrderBy(g => g.Item1, StringComparer.Ordinal));
        Assert.Equal([new NodeId("restarted")], NodesGone.Between(before, new NodeChanges(NodesMark.None, IsWhole: false, now)).UpTo.Keys);
        Assert.Equal((true, false), (gone.Includes(new(new NodeId("restarted"), 4)), gone.Includes(new(new NodeId("restarted"), 5))));
    }

    private static Lease LeaseOf(NodeIncarnation node) => new(Job, 1, node);

    private static string? Complaint(JobMessage message) => LinkRules.Complaint(Self, new JobEnvelope(Job, message, null));

    private static bool Reads(LinkFrames way, object message)
    {
        try
        {
            return way.Read(way.Write(message)).GetType() == message.GetType();
        }
        catch (LinkFault)
        {
            return false;
        }
    }
}
