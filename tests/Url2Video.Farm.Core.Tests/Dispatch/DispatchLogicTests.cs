using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class DispatchLogicTests
{
    private readonly DispatchDriver _dispatch = new();

    [Fact]
    public void Offer_ToAFreeNode_IsAssignedAtOnce()
    {
        _dispatch.Demand("a", 1);

        var assign = Assert.Single(_dispatch.Offer("p", "j"));

        Assert.Equal((DispatchDriver.JobOf("p", "j"), 1L, DispatchDriver.Node("a")), (assign.Job, assign.Offer, assign.Node));
        Assert.Empty(_dispatch.Offer("p", "k")); // The one slot is taken.
    }

    [Fact]
    public void Demand_WithJobsWaiting_IsFilledUpToItsSlots()
    {
        for (var i = 0; i < 5; i++)
        {
            _dispatch.Offer("p", $"j{i}");
        }

        Assert.Equal(["j0", "j1", "j2"], _dispatch.Demand("a", 3).Select(a => a.Job.Name));
        Assert.Equal(2, _dispatch.Logic.QueuedJobs);
    }

    [Fact]
    public void Assignment_UnderWay_IsNotFilledAgainByTheNodesNextDemand()
    {
        _dispatch.Offer("p", "j");
        _dispatch.Offer("p", "k");
        Assert.Single(_dispatch.Demand("a", 1));

        Assert.Empty(_dispatch.Demand("a", 1)); // Sent before the grant reached it.

        _dispatch.Tell(new DispatchMessage.Taken(DispatchDriver.JobOf("p", "j"), 1, DispatchDriver.Node("a")));
        Assert.Empty(_dispatch.Demand("a", 0));
        Assert.Single(_dispatch.Demand("a", 1));
    }

    [Fact]
    public void WorkOfAFormerDispatcher_TakesNoMoreThanItsSlot()
    {
        var others = Enumerable.Range(0, 3).Select(i => new RunningJob(DispatchDriver.JobOf("p", $"old{i}"), 1, Contracts.Band.Normal, "", []));
        foreach (var old in others)
        {
            _dispatch.Busy("a", 0, [], old);
        }

        _dispatch.Offer("p", "j");
        _dispatch.Offer("p", "k");

        Assert.Single(_dispatch.Demand("a", 1)); // One slot is one grant, whatever it did before this dispatcher knew it.
    }

    [Fact]
    public void Released_GivesTheSlotToTheNext()
    {
        _dispatch.Demand("a", 1);
        _dispatch.Offer("p", "j");
        _dispatch.Offer("p", "k");

        var next = _dispatch.Tell(new DispatchMessage.Released(DispatchDriver.JobOf("p", "j"), 1, DispatchDriver.Node("a")));

        Assert.Equal("k", Assert.Single(next).Job.Name);
        Assert.Empty(_dispatch.Tell(new DispatchMessage.Released(DispatchDriver.JobOf("p", "j"), 1, DispatchDriver.Node("a"))));
    }

    [Fact]
    public void Assignment_NeverAnswered_ExpiresAndTheNodesWordCounts()
    {
        _dispatch.Demand("a", 1);
        _dispatch.Offer("p", "j");
        _dispatch.Wait(Limits.AssignmentSecondsMax);
        _dispatch.Offer("p", "k");

        Assert.Single(_dispatch.Demand("a", 1));
        Assert.Equal(1, _dispatch.Logic.PendingAssignments);
    }

    [Fact]
    public void Offer_RepeatedWhileItsAssignmentIsUnderWay_GetsTheSameOneAgain()
    {
        _dispatch.Demand("a", 2);
        var first = Assert.Single(_dispatch.Offer("p", "j"));

        Assert.Equal(first, Assert.Single(_dispatch.Offer("p", "j")));
    }

    [Fact]
    public void Offer_WithAHigherNumber_ReplacesTheFormer()
    {
        _dispatch.Offer("p", "j", number: 1);
        _dispatch.Offer("p", "j", number: 5);
        _dispatch.Offer("p", "j", number: 3); // Late.

        Assert.Equal(5, Assert.Single(_dispatch.Demand("a", 9)).Offer);
    }

    [Fact]
    public void Withdrawn_IsNotAssigned()
    {
        _dispatch.Offer("p", "j", number: 4);
        _dispatch.Tell(new DispatchMessage.Withdraw(DispatchDriver.JobOf("p", "j"), 3));
        Assert.Equal(1, _dispatch.Logic.QueuedJobs);

        _dispatch.Tell(new DispatchMessage.Withdraw(DispatchDriver.JobOf("p", "j"), 4));

        Assert.Empty(_dispatch.Demand("a", 1));
    }

    [Fact]
    public void Offer_NotRepeated_IsForgotten_RepeatedIsKept()
    {
        _dispatch.Offer("p", "j");
        _dispatch.Offer("p", "k");
        for (var i = 0; i < 4; i++)
        {
            _dispatch.Wait(Limits.OfferSecondsMax / 2.0);
            _dispatch.Offer("p", "k");
        }

        Assert.Equal("k", Assert.Single(_dispatch.Demand("a", 5)).Job.Name);
    }

    [Fact]
    public void Node_NotHeardOf_IsForgotten()
    {
        _dispatch.Demand("a", 1);
        _dispatch.Wait(Limits.DemandSecondsMax);

        Assert.Empty(_dispatch.Offer("p", "j"));
        Assert.Equal(0, _dispatch.Logic.KnownNodes);
    }

    [Fact]
    public void NodeGone_TakesItsSlotsAndLateDemandsOfThatLifeAreIgnored()
    {
        _dispatch.Demand("a", 1);
        _dispatch.Tell(new DispatchMessage.NodeGone(DispatchDriver.Node("a")));
        _dispatch.Demand("a", 1);
        Assert.Empty(_dispatch.Offer("p", "j"));

        Assert.Equal(2, Assert.Single(_dispatch.Demand("a", 1, epoch: 2)).Node.Epoch);
    }

    [Fact]
    public void NodeGone_WithAnAssignmentUnderWay_TheJobsNextWordFindsAnotherNode()
    {
        _dispatch.Demand("a", 1);
        _dispatch.Offer("p", "j");
        _dispatch.Tell(new DispatchMessage.NodeGone(DispatchDriver.Node("a")));
        _dispatch.Demand("b", 1);

        Assert.Equal(DispatchDriver.Node("b"), Assert.Single(_dispatch.Offer("p", "j")).Node);
    }

    [Fact]
    public void Demand_OlderThanTheLast_IsIgnored()
    {
        _dispatch.Demand("a", 0);
        _dispatch.Demand("a", 0);
        _dispatch.Offer("p", "j");

        Assert.Empty(_dispatch.Tell(new DispatchMessage.Demand(DispatchDriver.Node("a"), 1, 1, [])));
    }

    [Fact]
    public void Needs_AreMatched_AndPlainWorkLeavesRareNodesFree()
    {
        _dispatch.Demand("rare", 1, ["cpu", "gpu"]);
        _dispatch.Demand("plain", 1, ["cpu"]);

        Assert.Equal("plain", Assert.Single(_dispatch.Offer("p", "cpu job", needs: ["cpu"])).Node.Node.Value);
        Assert.Equal("rare", Assert.Single(_dispatch.Offer("p", "gpu job", needs: ["gpu"])).Node.Node.Value);
        Assert.Empty(_dispatch.Offer("p", "voice job", needs: ["voice:flite"]));
    }

    [Fact]
    public void JobNobodyCanDo_DoesNotHoldUpTheOthersOfItsProject()
    {
        _dispatch.Offer("p", "impossible", needs: ["quantum"]);
        _dispatch.Offer("p", "possible");

        Assert.Equal("possible", Assert.Single(_dispatch.Demand("a", 2, ["cpu"])).Job.Name);
    }

    [Fact]
    public void Order_WithinAProject_IsByAgeAndPriority()
    {
        _dispatch.Offer("p", "young", enqueued: 200);
        _dispatch.Offer("p", "old", enqueued: 100);
        _dispatch.Offer("p", "urgent", enqueued: Limits.PriorityBoostSeconds, priority: 1);
        _dispatch.Offer("p", "urgent but too young", enqueued: 101 + Limits.PriorityBoostSeconds, priority: 1);

        Assert.Equal(["urgent", "old", "urgent but too young", "young"], _dispatch.Demand("a", 4).Select(a => a.Job.Name));
    }

    [Fact]
    public void NewDispatcher_IsWholeAgainOnceEverybodyHasSpoken()
    {
        for (var i = 0; i < 10; i++)
        {
            _dispatch.Offer("p", $"j{i}");
        }

        Assert.Equal(10, _dispatch.Demand("a", 4).Count + _dispatch.Demand("b", 9).Count);
    }
}
