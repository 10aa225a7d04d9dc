using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Tests.Dispatch;

/// <summary>Which queued jobs a node that is full may hold in reserve.</summary>
public sealed class ReserveTests
{
    private readonly DispatchDriver _farm = new();
    private long _sequence;

    [Fact]
    public void FullNode_ThatAsks_GetsJobsThatStayInTheQueue()
    {
        Queue("p", "a", "b", "c");

        var reserved = Ask("n", room: 2);

        Assert.Equal(["c", "b"], reserved.Select(r => r.Job.Name)); // Not those that are granted next.
        Assert.All(reserved, r => Assert.Equal(DispatchDriver.Node("n"), r.Node));
        Assert.Equal(3, _farm.Logic.QueuedJobs);
        Assert.Equal(["a", "b"], Grants(2)); // As if nothing were.
    }

    [Fact]
    public void Node_ThatDoesNotAsk_GetsNone()
    {
        Queue("p", "a");

        Assert.Empty(Ask("n", room: 0));
    }

    [Fact]
    public void Job_AskedForOnce_IsNotGivenAgain_UntilItSaysThatNobodyHasIt()
    {
        Queue("p", "a");
        Assert.Single(Ask("n", room: 1));
        Assert.Empty(Ask("m", room: 1));

        Offer("p", "a", number: 2, by: DispatchDriver.Node("n"));
        Assert.Empty(Ask("m", room: 1));

        Offer("p", "a", number: 2);
        Assert.Equal(2, Assert.Single(Ask("m", room: 1)).Offer);
    }

    [Fact]
    public void Node_ThatGotLessThanItAskedFor_GetsWhatComesNext_InTurn_AndNoMore()
    {
        Assert.Empty(Ask("n", room: 2));
        Assert.Empty(Ask("m", room: 1));
        var nodes = new List<string>();
        foreach (var job in new[] { "a", "b", "c", "d" })
        {
            Queue("p", job);
            nodes.AddRange(Reserved.Select(r => $"{r.Job.Name} {r.Node.Node}"));
        }

        Assert.Equal(["a n", "b m", "c n"], nodes);
    }

    [Fact]
    public void Job_ThatIsGrantedAtOnce_IsNotReserved()
    {
        Ask("n", room: 2);
        _farm.Demand("m", 1);

        Assert.Single(Offer("p", "a", number: 1));

        Assert.Empty(Reserved);
    }

    [Fact]
    public void Job_ReservedAndOfferedAgain_KeepsItsPlace()
    {
        Queue("p", "a", "b");
        Offer("p", "a", number: 2, by: DispatchDriver.Node("n"));

        Assert.Equal(["a", "b"], Grants(2));
    }

    [Fact]
    public void Assignment_ThatCrossedTheReserve_IsMadeAgainAtOnce()
    {
        Queue("p", "a");
        Assert.Equal(1, Assert.Single(_farm.Demand("m", 1)).Offer);

        // The number of the assignment went to the reserve.
        var again = Assert.Single(Offer("p", "a", number: 2, by: DispatchDriver.Node("n")));

        Assert.Equal((2L, "m"), (again.Offer, again.Node.Node.Value));
    }

    [Fact]
    public void UrgentBandAndEveryProject_GetTheirShare()
    {
        Queue("p", "a", "b", "c");
        Queue("q", "d", "e", "f");
        _farm.Tell(DispatchDriver.Job("r", "urgent", Band.Urgent) with { ReservesLeft = 1 });

        var reserved = Ask("n", room: 3);

        Assert.Equal("urgent", reserved[0].Job.Name);
        Assert.Equal(["p", "q"], reserved.Skip(1).Select(r => r.Job.Project.Value).Order());
    }

    [Fact]
    public void Jobs_ThatMightHaveToWaitForMoreThanASlot_AreNeverReserved()
    {
        var job = DispatchDriver.Job("p", "a") with { ReservesLeft = 1 };
        _farm.Tell(job with { Job = DispatchDriver.JobOf("p", "limited"), Limits = ["licence"] });
        _farm.Tell(job with { Job = DispatchDriver.JobOf("p", "amount"), Needs = ["cpu.cores=4"] });
        _farm.Tell(job with { Job = DispatchDriver.JobOf("p", "avoids"), Avoid = [new NodeId("n")] });
        _farm.Tell(job with { Job = DispatchDriver.JobOf("p", "gpu"), Needs = ["gpu"] });
        _farm.Tell(job with { Job = DispatchDriver.JobOf("p", "old server"), ReservesLeft = 0 });
        _farm.Tell(job with { Job = DispatchDriver.JobOf("p", "not capable"), Needs = ["voice:flite"] });

        Assert.Empty(Ask("n", room: 9));
    }

    [Theory]
    [InlineData(true, null, null)]
    [InlineData(false, 5, null)]
    [InlineData(false, null, 5)]
    public void Tenant_PausedOrCapped_HasNoReserves_AndLosesThoseItHad(bool paused, int? max, int? projectMax)
    {
        Queue("p", "a", "b");
        Ask("n", room: 1);
        Offer("p", "b", number: 2, by: DispatchDriver.Node("n"));

        _farm.Tell(new DispatchMessage.SetTenant("", new TenantSettings(1, max, projectMax, paused)));
        _farm.Wait(1);

        Assert.Equal("b", Assert.Single(Unreserved).Job.Name);
        Assert.Empty(Ask("n", room: 1));
        _farm.Wait(1);
        Assert.Single(Unreserved); // Until the job says otherwise.
        Offer("p", "b", number: 2);
        _farm.Wait(1);
        Assert.Empty(Unreserved);
    }

    [Fact]
    public void Node_QuarantinedOrDrained_LosesItsReservesAndGetsNone()
    {
        Queue("p", "a", "b");
        Ask("n", room: 1);
        Offer("p", "b", number: 2, by: DispatchDriver.Node("n"));

        _farm.Tell(new DispatchMessage.Quarantine(new NodeId("n"), "bad", null, 1));

        Assert.Equal("b", Assert.Single(Unreserved).Job.Name);
        Assert.Empty(Ask("n", room: 1));

        _farm.Tell(new DispatchMessage.Pardon(new NodeId("n")));
        Assert.Single(Ask("n", room: 1));
        _farm.Tell(new DispatchMessage.Drain(new NodeId("n")));
        Assert.NotEmpty(Unreserved);
    }

    [Fact]
    public void Node_ThatHasNotWhatTheJobNeedsNow_LosesIt()
    {
        Queue("p", "a");
        Ask("n", room: 1);

        _farm.Tell(DispatchDriver.Job("p", "a", needs: ["encoder:x"]) with { Number = 3, ReservedBy = DispatchDriver.Node("n"), ReservesLeft = 8 });
        _farm.Wait(1);

        Assert.Equal("a", Assert.Single(Unreserved).Job.Name);
    }

    [Fact]
    public void Node_OfAnotherLife_DoesNotHoldWhatTheFormerHeld()
    {
        Queue("p", "a");
        Offer("p", "a", number: 2, by: DispatchDriver.Node("n"));

        _farm.Tell(new DispatchMessage.Demand(DispatchDriver.Node("n", epoch: 2), 1, 0, []));
        _farm.Wait(1);

        Assert.Equal(DispatchDriver.Node("n"), Assert.Single(Unreserved).Node);
    }

    [Fact]
    public void GpuNode_HoldsNone()
    {
        Queue("p", "a");

        _farm.Tell(new DispatchMessage.Demand(DispatchDriver.Node("n"), 1, 0, ["gpu.count=1"]) { ReserveRoom = 4 });

        Assert.Empty(Reserved);
    }

    [Fact]
    public void NewDispatcher_LearnsFromTheOffersWhoHoldsWhat()
    {
        _farm.Replace();
        Offer("p", "a", number: 2, by: DispatchDriver.Node("n"));

        Assert.Empty(Ask("m", room: 1));
        Assert.Contains("Node n begins it by itself", _farm.Logic.Explain(DispatchDriver.JobOf("p", "a"), _farm.Now).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyNodesAndJobs_GiveEachJobOnce()
    {
        const int jobs = 20_000;
        for (var i = 0; i < jobs; i++)
        {
            Queue("p", $"j{i}");
        }

        var reserved = Enumerable.Range(0, 5_000).SelectMany(i => Ask($"n{i}", room: 4)).Select(r => r.Job).ToList();

        Assert.Equal(jobs, reserved.Count);
        Assert.Equal(jobs, reserved.Distinct().Count());
    }

    private void Queue(string project, params string[] jobs)
    {
        foreach (var job in jobs)
        {
            Offer(project, job, number: 1);
        }
    }

    private List<JobMessage.Assign> Offer(string project, string job, long number, NodeIncarnation? by = null) =>
        _farm.Tell(DispatchDriver.Job(project, job) with { Number = number, ReservedBy = by, ReservesLeft = 8 });

    private List<JobMessage.Reserve> Ask(string node, int room)
    {
        _farm.Tell(new DispatchMessage.Demand(DispatchDriver.Node(node), ++_sequence, 0, ["cpu.cores=8"]) { ReserveRoom = room });
        return Reserved;
    }

    private List<string> Grants(int slots) => [.. _farm.Demand("free", slots).Select(a => a.Job.Name)];

    private List<JobMessage.Reserve> Reserved => [.. _farm.Effects.OfType<DispatchEffect.Reserve>().Select(e => e.Message)];

    private List<JobMessage.Unreserve> Unreserved => [.. _farm.Effects.OfType<DispatchEffect.Unreserve>().Select(e => e.Message)];
}
