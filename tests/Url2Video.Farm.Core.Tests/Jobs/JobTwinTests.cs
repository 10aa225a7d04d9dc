using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Jobs;

/// <summary>A straggling job is run a second time: two current leases, one result.</summary>
public sealed class JobTwinTests
{
    [Fact]
    public void Speculate_WhileRunning_OffersBehindAllOthersAndAwayFromTheSlowNode()
    {
        var job = JobDriver.Running();

        job.Tell(new JobMessage.Speculate());

        var offer = Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher));
        Assert.Equal((job.State.NextAttempt, -Limits.PriorityMax), (offer.Number, offer.Priority));
        Assert.Equal(JobDriver.NodeA.Node, Assert.Single(offer.Avoid));
        Assert.IsType<JobStage.Running>(job.Stage);
    }

    [Fact]
    public void Speculate_NotRunningOrDoubledAlready_ChangesNothing()
    {
        var waiting = new JobDriver();
        waiting.Tell(new JobMessage.Speculate());
        Assert.Null(waiting.State.Twin);

        var job = WithTwin();
        job.Tell(new JobMessage.Speculate());
        Assert.Empty(job.Effects);
        Assert.IsType<JobTwin.Running>(job.State.Twin);
    }

    [Fact]
    public void Assign_OfTheSlowNodeItself_IsReleasedAndTheTwinGivenUp()
    {
        var job = JobDriver.Running();
        job.Tell(new JobMessage.Speculate());

        job.Assign(JobDriver.NodeA);

        Assert.Contains(job.ToDispatcher, m => m is DispatchMessage.Released);
        Assert.Null(job.State.Twin);
        Assert.Empty(job.ToNode);
    }

    [Fact]
    public void Finish_OfTheTwin_WinsAndStopsTheFirst()
    {
        var job = WithTwin();

        job.Finish(Second(job));

        Assert.Equal(Second(job).Attempt, Assert.Single(job.ToProject).Attempt);
        Assert.Equal(job.Lease(), Assert.IsType<NodeMessage.Cancel>(Assert.Single(job.ToNode)).Lease);
        Assert.Equal(EndKind.Stopped, Assert.IsType<DispatchMessage.Ended>(Assert.Single(job.ToDispatcher)).Kind);
        Assert.Null(job.State.Twin);
    }

    [Fact]
    public void Finish_OfTheFirst_WinsAndStopsTheTwin()
    {
        var job = WithTwin();
        var second = Second(job);

        job.Finish(job.Lease());

        Assert.Equal(second, Assert.IsType<NodeMessage.Cancel>(Assert.Single(job.ToNode)).Lease);
        job.Finish(second);
        Assert.Equal(AckKind.Stale, Assert.IsType<NodeMessage.Ack>(Assert.Single(job.ToNode)).Kind);
    }

    [Fact]
    public void Failure_OfTheTwin_IsCountedAgainstNobody()
    {
        var job = WithTwin();

        job.Tell(new JobMessage.Failed(Second(job), JobDriver.Spec.Key, JobDriver.Error));

        Assert.Empty(job.ToProject);
        Assert.IsType<JobStage.Running>(job.Stage);
        Assert.Null(job.State.Twin);
        Assert.Equal(EndKind.Failed, Assert.IsType<DispatchMessage.Ended>(Assert.Single(job.ToDispatcher)).Kind);
    }

    [Fact]
    public void Loss_OfTheFirst_IsSettledAndTheTwinGoesOnAsTheOnlyRun()
    {
        var job = WithTwin();
        var second = Second(job);

        job.Tell(new JobMessage.NodeGone(JobDriver.NodeA));
        Assert.IsType<JobOutcome.Lost>(Assert.Single(job.ToProject).Outcome);
        job.Finish(second); // Not yet: the loss is being written.
        Assert.Empty(job.Effects);
        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, new JobVerdict.Again(TimeSpan.FromSeconds(1))));

        Assert.Equal(second, Assert.IsType<JobStage.Running>(job.Stage).Lease);
        job.Finish(second);
        Assert.IsType<JobOutcome.Finished>(Assert.Single(job.ToProject).Outcome);
    }

    [Fact]
    public void Silence_OfTheTwin_EndsItAlone()
    {
        var job = WithTwin();
        var second = Second(job);
        for (var i = 0; i < Limits.LeaseSecondsMax; i += Limits.HeartbeatSeconds)
        {
            job.Wait(Limits.HeartbeatSeconds);
            job.Tell(new JobMessage.Held(job.Lease(), 100));
        }

        job.Wait(1);

        Assert.Null(job.State.Twin);
        Assert.IsType<JobStage.Running>(job.Stage);
        job.Tell(new JobMessage.Held(second, 500));
        Assert.IsType<NodeMessage.Cancel>(Assert.Single(job.ToNode));
    }

    [Fact]
    public void Preempt_OfTheFirst_MakesTheTwinTheRun()
    {
        var job = WithTwin();
        var second = Second(job);

        job.Tell(new JobMessage.Preempt(JobDriver.Spec.Id, job.Lease().Attempt, JobDriver.Dispatcher));

        Assert.Equal(second, Assert.IsType<JobStage.Running>(job.Stage).Lease);
        Assert.Empty(job.ToProject);
    }

    [Fact]
    public void Cancel_WithATwin_StopsBoth()
    {
        var job = WithTwin();
        var leases = new[] { job.Lease(), Second(job) };

        job.Tell(new JobMessage.Cancel());

        Assert.Equal(leases.ToHashSet(), job.ToNode.OfType<NodeMessage.Cancel>().Select(c => c.Lease).ToHashSet());
        Assert.IsType<JobStage.Over>(job.Stage);
    }

    [Fact]
    public void Twins_OfOneJob_AreFew()
    {
        var job = JobDriver.Running();
        for (var i = 0; i < Limits.TwinsPerJobMax + 3; i++)
        {
            job.Tell(new JobMessage.Speculate());
            if (job.State.Twin is not null)
            {
                job.Assign(JobDriver.NodeB);
                job.Tell(new JobMessage.Failed(Second(job), JobDriver.Spec.Key, JobDriver.Error));
            }
        }

        Assert.Equal(0, job.State.TwinsLeft);
        Assert.Equal(job.Lease().Attempt + Limits.TwinsPerJobMax, job.State.NextAttempt - 1);
    }

    private static JobDriver WithTwin()
    {
        var job = JobDriver.Running();
        job.Tell(new JobMessage.Speculate());
        job.Assign(JobDriver.NodeB);
        job.Tell(new JobMessage.Accepted(Second(job)));
        return job;
    }

    private static Lease Second(JobDriver job) => job.State.Twin?.Held ?? job.Lease(1, JobDriver.NodeB);
}
