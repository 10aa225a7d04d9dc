using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Jobs;

public sealed class JobLeaseTests
{
    [Fact]
    public void Start_Offers_AndRepeatsTheOfferUntilAssigned()
    {
        var job = new JobDriver();
        var first = Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher));

        job.Wait(3.5 * Limits.OfferRepeatSeconds);

        Assert.All(job.ToDispatcher, m => Assert.Equal(first, m));
        Assert.Equal(3, job.ToDispatcher.Count());
    }

    [Fact]
    public void Start_WithGrace_OffersOnlyAfterIt()
    {
        var job = new JobDriver(grace: TimeSpan.FromSeconds(4));
        Assert.Empty(job.Effects);

        job.Wait(4);

        Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher));
    }

    [Fact]
    public void Assign_FirstOne_GrantsWithTheOffersNumber()
    {
        var job = new JobDriver();

        job.Assign(JobDriver.NodeA);

        var grant = Assert.IsType<NodeMessage.Grant>(Assert.Single(job.ToNode));
        Assert.Equal((job.Lease(), JobDriver.Spec), (grant.Lease, grant.Spec));
        Assert.Equal(grant.Lease.Attempt + 1, job.State.NextAttempt);
    }

    [Fact]
    public void Assign_SecondOne_IsReleasedToItsDispatcher()
    {
        var job = JobDriver.Granted();
        var other = new DispatcherId("other");

        job.Tell(new JobMessage.Assign(JobDriver.Spec.Id, job.Lease().Attempt, JobDriver.NodeB, other));

        var effect = Assert.IsType<JobEffect.ToOneDispatcher>(Assert.Single(job.Effects));
        var released = new DispatchMessage.Released(JobDriver.Spec.Id, job.Lease().Attempt, JobDriver.NodeB);
        Assert.Equal(new JobEffect.ToOneDispatcher(other, released), effect);
    }

    [Fact]
    public void Assign_SameOneAgain_GivesTheSlotUpOnlyOnce()
    {
        var job = JobDriver.Granted();

        job.Tell(new JobMessage.Assign(JobDriver.Spec.Id, job.Lease().Attempt, JobDriver.NodeA, JobDriver.Dispatcher));

        Assert.Empty(job.Effects);
        Assert.Equal(job.Lease(), Assert.IsType<JobStage.Granted>(job.Stage).Lease);
    }

    [Fact]
    public void Assign_ToAnOldOffer_IsReleased()
    {
        var job = JobDriver.Granted();
        job.Wait(Limits.GrantSecondsMax);
        Assert.IsType<JobStage.Offered>(job.Stage);

        job.Tell(new JobMessage.Assign(JobDriver.Spec.Id, job.Lease().Attempt, JobDriver.NodeB, JobDriver.Dispatcher));

        Assert.IsType<DispatchMessage.Released>(Assert.Single(job.ToDispatcher));
        Assert.IsType<JobStage.Offered>(job.Stage);
    }

    [Fact]
    public void Grant_Unanswered_IsRepeatedThenTakenBackWithoutCountingAnything()
    {
        var job = JobDriver.Granted();

        job.Wait(Limits.GrantSecondsMax);

        Assert.Equal(4, job.ToNode.OfType<NodeMessage.Grant>().Count(g => g.Lease == job.Lease()));
        Assert.Empty(job.ToProject);
        Assert.Equal(job.Lease(1).Attempt, Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher)).Number);
    }

    [Fact]
    public void Refusal_PausesLongerEachTime_AndCountsNothing()
    {
        var job = JobDriver.Granted();
        job.Tell(new JobMessage.Refused(job.Lease(), RefusalReason.Full));
        Assert.IsType<DispatchMessage.Taken>(Assert.Single(job.ToDispatcher));
        Assert.Equal(TimeSpan.FromMilliseconds(Limits.RefusalBackoffMillis), job.State.DueAt - job.Now);

        job.Wait(1);
        job.Assign(JobDriver.NodeA);
        job.Tell(new JobMessage.Refused(job.Lease(1), RefusalReason.Full));

        Assert.Equal(TimeSpan.FromMilliseconds(2 * Limits.RefusalBackoffMillis), job.State.DueAt - job.Now);
        Assert.Empty(job.ToProject);
    }

    [Fact]
    public void Lease_WithSignsOfLife_Lasts()
    {
        var job = JobDriver.Running();
        for (var i = 0; i < 20; i++)
        {
            job.Wait(Limits.LeaseSecondsMax - 1);
            job.Tell(new JobMessage.Held(job.Lease(), 10 * i));
            Assert.Equal(10 * i, Assert.IsType<JobEffect.Progress>(Assert.Single(job.Effects)).Permille);
        }

        Assert.IsType<JobStage.Running>(job.Stage);
    }

    [Fact]
    public void Lease_Silent_IsLostAndToldUntilTheProjectAnswers()
    {
        var job = JobDriver.Running();

        job.Wait(Limits.LeaseSecondsMax + 2.5 * Limits.ResendMillis / 1000);

        Assert.Equal(3, job.ToProject.Count());
        Assert.All(job.ToProject, m => Assert.Equal(new JobOutcome.Lost(LossReason.Silent), m.Outcome));
    }

    [Fact]
    public void Lease_BeyondTheHardLimit_IsAFailureThoughTheNodeLives()
    {
        var job = JobDriver.Running();
        while (job.Stage is JobStage.Running)
        {
            job.Wait(5);
            job.Tell(job.Stage is JobStage.Running ? new JobMessage.Held(job.Lease(), 1) : new JobMessage.Tick());
        }

        var settling = Assert.IsType<JobStage.Settling>(job.Stage);
        Assert.Equal(Errors.ErrorCodes.JobTimeout, Assert.IsType<JobOutcome.Failed>(settling.Outcome).Error.Code);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    public void NodeGone_HitsLeasesOfThatLifeAndEarlierOnes(long epoch, bool hit)
    {
        var job = JobDriver.Running();

        job.Tell(new JobMessage.NodeGone(JobDriver.NodeA with { Epoch = epoch }));
        job.Tell(new JobMessage.NodeGone(JobDriver.NodeB));

        Assert.Equal(hit, job.Stage is JobStage.Settling { Outcome: JobOutcome.Lost { Reason: LossReason.NodeGone } });
    }

    [Fact]
    public void NodeGone_OnceOnANode_LeavesItAsGoodAsAny_TwiceAvoidsIt()
    {
        var job = JobDriver.Running();
        Lose(job, JobDriver.NodeA);
        var once = Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher));

        var again = JobDriver.NodeA with { Epoch = 2 };
        job.Assign(again);
        job.Tell(new JobMessage.Accepted(job.Lease(1, again)));
        Lose(job, again);
        var twice = Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher));

        Assert.Empty(once.Avoid);
        Assert.Equal([JobDriver.NodeA.Node], twice.Avoid.AsEnumerable());

        static void Lose(JobDriver job, NodeIncarnation node)
        {
            job.Tell(new JobMessage.NodeGone(node));
            job.Tell(new JobMessage.Settled(1, job.State.NextAttempt - 1, new JobVerdict.Again(TimeSpan.Zero)));
            job.Wait(0);
        }
    }

    [Fact]
    public void NodeGone_BeforeItAccepted_OffersAtOnce()
    {
        var job = JobDriver.Granted();

        job.Tell(new JobMessage.NodeGone(JobDriver.NodeA));

        Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher));
        Assert.Empty(job.ToProject);
    }

    [Fact]
    public void Cancel_TellsWhoeverHoldsIt()
    {
        var offered = new JobDriver();
        offered.Tell(new JobMessage.Cancel());
        Assert.IsType<DispatchMessage.Withdraw>(Assert.Single(offered.ToDispatcher));

        var running = JobDriver.Running();
        running.Tell(new JobMessage.Cancel());
        Assert.Equal(new NodeMessage.Cancel(running.Lease()), Assert.Single(running.ToNode));
        Assert.IsType<JobEffect.Stop>(running.Effects[^1]);
        Assert.Null(running.State.DueAt);
    }

    [Fact]
    public void NumbersOfTheTerm_UsedUp_KillTheJobInsteadOfTouchingTheNextTerm()
    {
        var job = new JobDriver();
        var last = AttemptNumber.FirstOf(2) - 2;
        var state = job.State with { NextAttempt = last + 1, Stage = new JobStage.Waiting(job.Now) };

        var decision = JobLogic.Decide(state, new JobMessage.Tick(), job.Now);

        var settled = Assert.IsType<JobEffect.ToProject>(Assert.Single(decision.Effects)).Message;
        Assert.Equal((last, (NodeIncarnation?)null), (settled.Attempt, settled.Node));
        Assert.False(Assert.IsType<JobOutcome.Failed>(settled.Outcome).Error.Retryable);
        var over = JobLogic.Decide(decision.State, new JobMessage.Settled(1, last, new JobVerdict.Dead()), job.Now);
        Assert.IsType<JobEffect.Stop>(Assert.Single(over.Effects));
    }
}
