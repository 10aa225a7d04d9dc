using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Jobs;

/// <summary>What a job is ordered from above: preemption, kill, retry, priority, time.</summary>
public sealed class JobOrderTests
{
    [Fact]
    public void Preempt_OfTheRunningAttempt_StopsItAndCountsNothing()
    {
        var job = JobDriver.Running();

        Preempt(job);

        Assert.Equal(job.Lease(), Assert.IsType<NodeMessage.Cancel>(Assert.Single(job.ToNode)).Lease);
        Assert.Equal(EndKind.Stopped, Assert.IsType<DispatchMessage.Ended>(Assert.Single(job.ToDispatcher)).Kind);
        Assert.Empty(job.ToProject);
        Assert.IsType<JobStage.Waiting>(job.Stage);
        job.Wait(1);
        Assert.IsType<JobStage.Offered>(job.Stage);
    }

    [Fact]
    public void Preempt_AFinishOnItsWay_IsAdoptedAndAHeartbeatIsNot()
    {
        var job = JobDriver.Running();
        Preempt(job);

        job.Tell(new JobMessage.Held(job.Lease(), 900));
        Assert.IsType<NodeMessage.Cancel>(Assert.Single(job.ToNode));
        Assert.IsType<JobStage.Waiting>(job.Stage);

        job.Finish(job.Lease());
        Assert.IsType<JobOutcome.Finished>(Assert.Single(job.ToProject).Outcome);
    }

    [Fact]
    public void Preempt_OfAnAttemptThatIsOver_ChangesNothing()
    {
        var job = JobDriver.Running();

        job.Tell(new JobMessage.Preempt(JobDriver.Spec.Id, job.Lease().Attempt - 1, JobDriver.Dispatcher));

        Assert.Empty(job.Effects);
        Assert.IsType<JobStage.Running>(job.Stage);
    }

    [Fact]
    public void Kill_BeginsAgainOnAnotherNode()
    {
        var job = JobDriver.Running();

        job.Tell(new JobMessage.Kill());
        job.Wait(1);

        Assert.Equal(JobDriver.NodeA.Node, Assert.Single(Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher)).Avoid));
    }

    [Fact]
    public void Hasten_WhilePausing_OffersNow()
    {
        var job = JobDriver.Running();
        job.Tell(new JobMessage.Failed(job.Lease(), JobDriver.Spec.Key, JobDriver.Error));
        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, new JobVerdict.Again(TimeSpan.FromSeconds(30))));

        job.Tell(new JobMessage.Hasten());

        Assert.IsType<JobStage.Offered>(job.Stage);
    }

    [Fact]
    public void Respec_WhileOffered_IsOfferedAnewUnderAHigherNumber()
    {
        var job = new JobDriver();
        var before = job.State.NextAttempt;

        job.Tell(new JobMessage.Respec(JobDriver.Spec with { Band = Band.Urgent, Weight = 7, Tenant = "acme", Limits = ["nuke"] }));

        var offer = Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher));
        Assert.Equal((before + 1, Band.Urgent, 7, "acme"), (offer.Number, offer.Band, offer.Weight, offer.Tenant));
        Assert.Equal("nuke", Assert.Single(offer.Limits));
    }

    [Fact]
    public void Respec_WhileRunning_DisturbsNothing()
    {
        var job = JobDriver.Running();

        job.Tell(new JobMessage.Respec(JobDriver.Spec with { Band = Band.Urgent }));

        Assert.Empty(job.Effects);
        Assert.Equal(Band.Urgent, job.State.Spec.Band);
    }

    [Theory]
    [InlineData(true, EndKind.Finished)]
    [InlineData(false, EndKind.Failed)]
    public void Settled_TellsTheDispatcherWhatItCost(bool finished, EndKind kind)
    {
        var job = JobDriver.Running();
        job.Wait(2);
        job.Tell(finished
            ? new JobMessage.Finished(job.Lease(), JobDriver.Spec.Key, JobDriver.Result)
            : new JobMessage.Failed(job.Lease(), JobDriver.Spec.Key, JobDriver.Error));
        Assert.Empty(job.ToDispatcher); // Not before it is in the journal.

        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, finished ? new JobVerdict.Done() : new JobVerdict.Again(TimeSpan.FromSeconds(1))));

        var ended = Assert.IsType<DispatchMessage.Ended>(Assert.Single(job.ToDispatcher));
        Assert.Equal((kind, 2_000L, finished ? null : JobDriver.Error.Code), (ended.Kind, ended.BusyMillis, ended.Code));
        Assert.Equal((JobDriver.Spec.Tenant, 0), (ended.Tenant, ended.Gpus)); // Who pays for what.
    }

    [Fact]
    public void Running_HalfOfItsTime_TellsTheNodeOnceAndGoesOn()
    {
        var job = JobDriver.Running();
        var hurries = new List<NodeMessage.Hurry>();
        for (var i = 0; i < JobDriver.Spec.SecondsMax - 1; i++)
        {
            job.Wait(1);
            hurries.AddRange(job.ToNode.OfType<NodeMessage.Hurry>());
            job.Tell(new JobMessage.Held(job.Lease(), 1));
        }

        Assert.Equal(JobDriver.Spec.SecondsMax / 2, Assert.Single(hurries).SecondsLeft);
        Assert.IsType<JobStage.Running>(job.Stage);
        Assert.True(JobStatus.Of(job.State).IsLate);
        Assert.False(JobStatus.Of(JobDriver.Running().State).IsLate);
        job.Wait(2);
        Assert.IsType<JobOutcome.Failed>(job.ToProject.First().Outcome);
    }

    private static void Preempt(JobDriver job) =>
        job.Tell(new JobMessage.Preempt(JobDriver.Spec.Id, job.Lease().Attempt, JobDriver.Dispatcher));
}
