using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Jobs;

public sealed class JobSettlementTests
{
    private static readonly JobVerdict.Again Again = new(TimeSpan.FromSeconds(2));

    [Fact]
    public void Finished_IsToldToTheProject_AndTheNodeHearsOnlyAfterTheVerdict()
    {
        var job = JobDriver.Running();

        job.Finish(job.Lease());
        Assert.Equal(new JobOutcome.Finished(JobDriver.Result), Assert.Single(job.ToProject).Outcome);
        Assert.Empty(job.ToNode);

        job.Finish(job.Lease());
        Assert.Empty(job.Effects); // The node repeats; nothing is known yet.

        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, new JobVerdict.Done()));
        Assert.Equal(new NodeMessage.Ack(job.Lease(), AckKind.Taken), Assert.Single(job.ToNode));
        Assert.IsType<JobEffect.Stop>(job.Effects[^1]);
    }

    [Fact]
    public void Start_OfAJobWhoseResultIsLost_GoesBeforeAllThatMissesIt()
    {
        var now = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
        DateTimeOffset QueuedSince(long firstAttempt) => Assert.IsType<DispatchMessage.Offer>(Assert.IsType<JobEffect.ToDispatcher>(
            Assert.Single(JobLogic.Start(JobDriver.Spec, firstAttempt, 0, TimeSpan.Zero, now).Effects)).Message).EnqueuedAt;

        Assert.Equal(now, QueuedSince(AttemptNumber.FirstOf(3)));
        Assert.Equal(now.AddHours(-Limits.RemakeBoostHours), QueuedSince(AttemptNumber.FirstOf(3, round: 1)));
    }

    [Fact]
    public void Finished_BeforeTheAcceptanceArrives_Counts()
    {
        var job = JobDriver.Granted();

        job.Finish(job.Lease());

        Assert.IsType<JobStage.Settling>(job.Stage);
        Assert.IsType<DispatchMessage.Taken>(Assert.Single(job.ToDispatcher));
    }

    [Fact]
    public void Failed_AndTriedAgain_WaitsAndIsOfferedWithAHigherNumber()
    {
        var job = JobDriver.Running();
        job.Tell(new JobMessage.Failed(job.Lease(), JobDriver.Spec.Key, JobDriver.Error));

        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, Again));
        Assert.Equal(new NodeMessage.Ack(job.Lease(), AckKind.Taken), Assert.Single(job.ToNode));
        job.Wait(1.9);
        Assert.Empty(job.Effects);
        job.Wait(0.2);

        Assert.Equal(job.Lease(1).Attempt, Assert.IsType<DispatchMessage.Offer>(Assert.Single(job.ToDispatcher)).Number);
        Assert.Equal(job.Lease().Attempt, job.State.CountedOut);
    }

    [Fact]
    public void Lost_AfterTheVerdict_ItsNodeIsStopped()
    {
        var job = JobDriver.Running();
        job.Wait(Limits.LeaseSecondsMax);

        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, Again));

        Assert.Equal(new NodeMessage.Cancel(job.Lease()), Assert.Single(job.ToNode));
    }

    [Fact]
    public void Settled_ForAnotherAttempt_IsIgnored()
    {
        var job = JobDriver.Running();
        job.Finish(job.Lease());

        job.Tell(new JobMessage.Settled(1, job.Lease(1).Attempt, new JobVerdict.Done()));

        Assert.IsType<JobStage.Settling>(job.Stage);
    }

    [Fact]
    public void Settled_ForAMachineOfAnotherTerm_IsIgnored()
    {
        var job = new JobDriver(term: 7);
        job.Finish(job.Lease(term: 6));

        job.Tell(new JobMessage.Settled(6, job.Lease(term: 6).Attempt, new JobVerdict.Dead()));
        Assert.IsType<JobStage.Settling>(job.Stage);
        job.Tell(new JobMessage.Settled(7, job.Lease(term: 6).Attempt, new JobVerdict.Done()));
        Assert.IsType<JobStage.Over>(job.Stage);
    }

    [Fact]
    public void Zombie_OfALeaseThatWasLost_IsRefusedAndStopped()
    {
        var job = JobDriver.Running();
        job.Wait(Limits.LeaseSecondsMax);

        job.Finish(job.Lease());
        Assert.Equal(new NodeMessage.Ack(job.Lease(), AckKind.Stale), Assert.Single(job.ToNode));
        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, Again));

        job.Finish(job.Lease()); // Counted out: not even while nobody holds the job.
        Assert.Equal(new NodeMessage.Ack(job.Lease(), AckKind.Stale), Assert.Single(job.ToNode));
        job.Tell(new JobMessage.Held(job.Lease(), 5));
        Assert.Equal(new NodeMessage.Cancel(job.Lease()), Assert.Single(job.ToNode));
        Assert.IsType<JobStage.Waiting>(job.Stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Again_AfterAResultTheProjectWillNotHave_IsWorkedAnew(bool isResult)
    {
        var job = JobDriver.Running();
        job.Tell(isResult
            ? new JobMessage.Finished(job.Lease(), JobDriver.Spec.Key, JobDriver.Result)
            : new JobMessage.Failed(job.Lease(), JobDriver.Spec.Key, JobDriver.Error));

        job.Tell(new JobMessage.Settled(1, job.Lease().Attempt, new JobVerdict.Again(TimeSpan.FromSeconds(1))));
        job.Wait(1);
        job.Assign(JobDriver.NodeA);

        Assert.Equal(isResult, Assert.IsType<NodeMessage.Grant>(Assert.Single(job.ToNode)).Spec.WorkAnew);
    }

    [Fact]
    public void Zombie_WhileAnotherHoldsTheLease_IsRefusedAndStopped()
    {
        var job = JobDriver.Granted();
        job.Wait(Limits.GrantSecondsMax);
        job.Assign(JobDriver.NodeB);
        job.Tell(new JobMessage.Accepted(job.Lease(1, JobDriver.NodeB)));

        job.Finish(job.Lease());
        Assert.Equal(new NodeMessage.Ack(job.Lease(), AckKind.Stale), Assert.Single(job.ToNode));
        job.Tell(new JobMessage.Accepted(job.Lease()));
        Assert.Equal(new NodeMessage.Cancel(job.Lease()), Assert.Single(job.ToNode));
        Assert.Equal(job.Lease(1, JobDriver.NodeB), Assert.IsType<JobStage.Running>(job.Stage).Lease);
    }

    [Fact]
    public void Adoption_OfAResultFromAnEarlierTerm_WhileOffered()
    {
        var job = new JobDriver(term: 7);

        job.Finish(job.Lease(3, term: 2));

        Assert.Equal(job.Lease(3, term: 2).Attempt, Assert.Single(job.ToProject).Attempt);
        Assert.IsType<DispatchMessage.Withdraw>(Assert.Single(job.ToDispatcher));
        Assert.Equal(AttemptNumber.FirstOf(7) + 1, job.State.NextAttempt);
    }

    [Fact]
    public void Adoption_OfAHeldLeaseFromAnEarlierTerm_GoesOnWithoutANewGrant()
    {
        var job = new JobDriver(term: 7, grace: TimeSpan.FromSeconds(4));

        job.Tell(new JobMessage.Held(job.Lease(term: 6), 500));

        Assert.Equal(job.Lease(term: 6), Assert.IsType<JobStage.Running>(job.Stage).Lease);
        Assert.Empty(job.Effects);
        job.Finish(job.Lease(term: 6));
        Assert.Equal(job.Lease(term: 6).Attempt, Assert.Single(job.ToProject).Attempt);
    }

    [Fact]
    public void Adoption_OfWhatIsCountedOut_OrNotYetGranted_OrOfAnotherKey_IsRefused()
    {
        var job = new JobDriver(term: 7, countedOut: AttemptNumber.FirstOf(5));

        job.Finish(job.Lease(term: 5));
        Assert.IsType<NodeMessage.Ack>(Assert.Single(job.ToNode));
        job.Finish(job.Lease(term: 7));
        Assert.IsType<NodeMessage.Ack>(Assert.Single(job.ToNode));
        job.Finish(job.Lease(term: 6), new Core.JobKey("another"));
        Assert.IsType<NodeMessage.Ack>(Assert.Single(job.ToNode));

        Assert.IsType<JobStage.Offered>(job.Stage);
    }

    [Fact]
    public void NoMachine_AnswersNodesAndDispatchersSoThatTheyForget()
    {
        var lease = new JobDriver().Lease();
        JobMessage[] told =
        [
            new JobMessage.Assign(lease.Job, 1, lease.Node, JobDriver.Dispatcher),
            new JobMessage.Accepted(lease),
            new JobMessage.Held(lease, 1),
            new JobMessage.Finished(lease, JobDriver.Spec.Key, JobDriver.Result),
            new JobMessage.Failed(lease, JobDriver.Spec.Key, JobDriver.Error),
        ];

        Assert.Equal(
            [
                new JobEffect.ToOneDispatcher(JobDriver.Dispatcher, new DispatchMessage.Released(lease.Job, 1, lease.Node)),
                new JobEffect.ToNode(lease.Node, new NodeMessage.Cancel(lease)),
                new JobEffect.ToNode(lease.Node, new NodeMessage.Cancel(lease)),
                new JobEffect.ToNode(lease.Node, new NodeMessage.Ack(lease, AckKind.Stale)),
                new JobEffect.ToNode(lease.Node, new NodeMessage.Ack(lease, AckKind.Stale)),
            ],
            told.SelectMany(m => JobLogic.AnswerForNone(m)));
        Assert.Empty(JobLogic.AnswerForNone(new JobMessage.NodeGone(lease.Node)));
    }
}
