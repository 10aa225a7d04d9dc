using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Jobs;

/// <summary>A job that a node holds in reserve.</summary>
public sealed class JobReserveTests
{
    private static readonly NodeIncarnation Holder = JobDriver.NodeA;
    private readonly JobDriver _job = new();

    [Fact]
    public void Reserve_OfAnOfferedJob_GivesTheNodeALeaseAndOffersOnUnderTheNextNumber()
    {
        var lease = Reserve();

        Assert.Equal(new NodeMessage.Reserve(lease, JobDriver.Spec), Assert.Single(_job.ToNode));
        var offer = Assert.IsType<DispatchMessage.Offer>(Assert.Single(_job.ToDispatcher));
        Assert.Equal((lease.Attempt + 1, (NodeIncarnation?)Holder), (offer.Number, offer.ReservedBy));
        Assert.Equal(Limits.ReservesPerJobMax - 1, offer.ReservesLeft);
        Assert.IsType<JobStage.Offered>(_job.Stage);
    }

    [Fact]
    public void Reserve_Repeated_OfAnOldOffer_OrOfAJobThatIsGranted_IsPassedOver()
    {
        Reserve();
        _job.Tell(new JobMessage.Reserve(JobDriver.Spec.Id, _job.State.NextAttempt, JobDriver.NodeB)); // One at a time.
        Assert.Empty(_job.Effects);

        var granted = JobDriver.Granted();
        granted.Tell(new JobMessage.Reserve(JobDriver.Spec.Id, granted.State.NextAttempt, JobDriver.NodeB));
        Assert.Empty(granted.Effects);

        var fresh = new JobDriver();
        fresh.Tell(new JobMessage.Reserve(JobDriver.Spec.Id, fresh.State.NextAttempt - 1, Holder));
        Assert.Empty(fresh.Effects);
    }

    [Fact]
    public void Reserve_OfALimitedJob_OrByANodeThatFailedIt_IsPassedOver()
    {
        var limited = JobLogic.Start(JobDriver.Spec with { Limits = ["licence"] }, AttemptNumber.FirstOf(1), 0, TimeSpan.Zero, _job.Now);
        Assert.Equal(0, OfferIn(limited).ReservesLeft);
        Assert.Empty(Ask(limited).Effects);

        var avoiding = JobLogic.Start(JobDriver.Spec, AttemptNumber.FirstOf(1), 0, TimeSpan.Zero, _job.Now, [Holder.Node]);
        Assert.Empty(Ask(avoiding).Effects);

        JobDecision Ask(JobDecision job) =>
            JobLogic.Decide(job.State, new JobMessage.Reserve(JobDriver.Spec.Id, job.State.NextAttempt, Holder), _job.Now);
    }

    [Fact]
    public void Node_ThatBeginsIt_IsAdoptedAndTheOfferTakenBack()
    {
        var lease = Reserve();

        _job.Tell(new JobMessage.Accepted(lease));

        Assert.Equal(lease, Assert.IsType<JobStage.Running>(_job.Stage).Lease);
        Assert.Equal(new DispatchMessage.Withdraw(JobDriver.Spec.Id, lease.Attempt + 1), Assert.Single(_job.ToDispatcher));
        Assert.Null(_job.State.Reserve);
        Assert.Empty(_job.ToNode);
        _job.Finish(lease);
        Assert.Equal(lease.Attempt, Assert.Single(_job.ToProject).Attempt);
    }

    [Fact]
    public void Finish_OfAReserveThatWasNeverHeardOf_SettlesTheJob()
    {
        var lease = Reserve();

        _job.Finish(lease);

        Assert.Equal(lease, Assert.IsType<JobStage.Settling>(_job.Stage).Lease);
        Assert.Null(_job.State.Reserve);
        Assert.Empty(_job.ToNode);
    }

    [Fact]
    public void Successor_OfALaterTerm_AdoptsTheReserve()
    {
        var lease = Reserve();
        var successor = new JobDriver(term: 2, grace: TimeSpan.FromSeconds(3));

        successor.Tell(new JobMessage.Held(lease, 10));

        Assert.Equal(lease, Assert.IsType<JobStage.Running>(successor.Stage).Lease);
    }

    [Fact]
    public void Grant_ToAnother_TakesTheReserveBackBeforeAnythingElse_AndItIsBelievedNoMore()
    {
        var lease = Reserve();

        _job.Assign(JobDriver.NodeB);

        Assert.Equal(new NodeMessage.Cancel(lease), _job.ToNode.First());
        var granted = Assert.IsType<NodeMessage.Grant>(_job.ToNode.Last()).Lease;
        _job.Tell(new JobMessage.Refused(granted, RefusalReason.Full));
        _job.Tell(new JobMessage.Accepted(lease)); // It had begun before it heard.
        Assert.Equal(new NodeMessage.Cancel(lease), Assert.Single(_job.ToNode));
        Assert.IsType<JobStage.Waiting>(_job.Stage);
    }

    public static TheoryData<string> Orders => ["cancel", "kill", "hasten", "respec", "unreserve", "refused", "gone"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Whatever_EndsTheReserve_TellsItsNodeAndNamesItNoMore(string order)
    {
        var lease = Reserve();

        _job.Tell(order switch
        {
            "cancel" => new JobMessage.Cancel(), // A paused project says so, too.
            "kill" => new JobMessage.Kill(),
            "hasten" => new JobMessage.Hasten(),
            "respec" => new JobMessage.Respec(JobDriver.Spec with { Key = new JobKey("other") }),
            "unreserve" => new JobMessage.Unreserve(lease.Job, lease.Node),
            "refused" => new JobMessage.Refused(lease, RefusalReason.Draining),
            _ => new JobMessage.NodeGone(lease.Node),
        });

        Assert.Equal(new NodeMessage.Cancel(lease), Assert.Single(_job.ToNode));
        Assert.Null(_job.State.Reserve);
        _job.Wait(Limits.OfferRepeatSeconds);
        Assert.All(_job.ToDispatcher.OfType<DispatchMessage.Offer>(), o => Assert.Null(o.ReservedBy));
        _job.Tell(new JobMessage.Accepted(lease));
        Assert.IsNotType<JobStage.Running>(_job.Stage);
    }

    [Fact]
    public void Respec_OfTheSameWork_LeavesTheReserveWhereItIs()
    {
        var lease = Reserve();

        _job.Tell(new JobMessage.Respec(JobDriver.Spec with { Needs = ["encoder=x"], Weight = 7 }));

        var offer = Assert.IsType<DispatchMessage.Offer>(Assert.Single(_job.ToDispatcher));
        Assert.Equal((lease.Attempt + 2, (NodeIncarnation?)Holder), (offer.Number, offer.ReservedBy));
        Assert.Empty(_job.ToNode);
        _job.Tell(new JobMessage.Accepted(lease));
        Assert.Equal(lease, Assert.IsType<JobStage.Running>(_job.Stage).Lease);
    }

    [Fact]
    public void Unreserve_OfAnotherNode_IsAnsweredWithWhatIs()
    {
        var lease = Reserve();

        _job.Tell(new JobMessage.Unreserve(lease.Job, JobDriver.NodeB));

        Assert.Equal((NodeIncarnation?)Holder, Assert.IsType<DispatchMessage.Offer>(Assert.Single(_job.ToDispatcher)).ReservedBy);
        Assert.Empty(_job.ToNode);
    }

    [Fact]
    public void Reserve_HeldLongEnough_GoesToWhoeverIsNext_SoOftenAndNoMore()
    {
        for (var i = 0; i < Limits.ReservesPerJobMax; i++)
        {
            var lease = Reserve(i % 2 == 0 ? Holder : JobDriver.NodeB);
            _job.Tell(new JobMessage.Unreserve(lease.Job, lease.Node));
        }

        Assert.Equal(0, Assert.IsType<DispatchMessage.Offer>(Assert.Single(_job.ToDispatcher)).ReservesLeft);
        _job.Tell(new JobMessage.Reserve(JobDriver.Spec.Id, _job.State.NextAttempt, Holder));
        Assert.Empty(_job.Effects);

        var other = new JobDriver();
        other.Tell(new JobMessage.Reserve(JobDriver.Spec.Id, other.State.NextAttempt, Holder));
        other.Wait(Limits.ReserveSecondsMax + Limits.OfferRepeatSeconds);
        Assert.Contains(other.ToNode, m => m is NodeMessage.Cancel);
        Assert.Null(other.State.Reserve);
    }

    private Lease Reserve(NodeIncarnation? node = null)
    {
        _job.Tell(new JobMessage.Reserve(JobDriver.Spec.Id, _job.State.NextAttempt, node ?? Holder));
        return Assert.NotNull(_job.State.Reserve);
    }

    private static DispatchMessage.Offer OfferIn(JobDecision decision) =>
        (DispatchMessage.Offer)decision.Effects.OfType<JobEffect.ToDispatcher>().Single().Message;
}
