using Akka.Actor;
using Akka.TestKit.Xunit2;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Tests.Shells;

public sealed class LatestDemandTests() : TestKit("akka { loglevel = OFF, stdout-loglevel = OFF }")
{
    [Fact]
    public void Keep_ThreeInOneHandful_SendsTheLastOnceAndThenTheNextAgain()
    {
        var (dispatcher, node) = (CreateTestProbe(), CreateTestProbe());
        var demand = new LatestDemand(dispatcher, node);

        demand.Keep(Demand(1));
        demand.Keep(Demand(2));
        demand.Keep(Demand(3));
        node.ExpectMsg<LatestDemand.Due>();
        node.ExpectNoMsg(TimeSpan.Zero);
        demand.Send();
        Assert.Equal(3, dispatcher.ExpectMsg<DispatchMessage.Demand>().Sequence);
        Assert.Equal(node.Ref, dispatcher.LastSender);

        demand.Send(); // Nothing new, nothing to say.
        dispatcher.ExpectNoMsg(TimeSpan.Zero);
        demand.Keep(Demand(4));
        node.ExpectMsg<LatestDemand.Due>();
    }

    [Fact]
    public void Keep_OneThatAsksForReservesAndThenOneThatDoesNot_AsksWithTheLastPicture()
    {
        var (dispatcher, node) = (CreateTestProbe(), CreateTestProbe());
        var demand = new LatestDemand(dispatcher, node);

        demand.Keep(Demand(1) with { ReserveRoom = 4 });
        demand.Keep(Demand(2));
        demand.Send();
        demand.Keep(Demand(3));
        demand.Send();

        Assert.Equal((2L, 4), dispatcher.ExpectMsg<DispatchMessage.Demand>() is { } asked ? (asked.Sequence, asked.ReserveRoom) : default);
        Assert.Equal(0, dispatcher.ExpectMsg<DispatchMessage.Demand>().ReserveRoom);
    }

    private static DispatchMessage.Demand Demand(long sequence) => new(new NodeIncarnation(new NodeId("n"), 1), sequence, 1, []);
}
