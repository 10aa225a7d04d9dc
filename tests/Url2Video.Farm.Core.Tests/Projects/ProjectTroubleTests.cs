using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

public sealed class ProjectTroubleTests
{
    private const string Chunk = "render/000001";

    [Fact]
    public void Failure_Retryable_IsCountedAndTriedAgainLater()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        var attempt = driver.FirstAttempt;

        var first = driver.Take(driver.Failed(Chunk, attempt));
        var second = driver.Take(driver.Failed(Chunk, attempt + 1));

        Assert.Equal((2, 0), (driver.State.Troubles[Chunk].Failures, driver.State.Troubles[Chunk].Lost));
        Assert.Equal(TimeSpan.FromSeconds(1), DelayOf(first));
        Assert.Equal(TimeSpan.FromSeconds(2), DelayOf(second));
        Assert.Equal(ProjectStatus.Active, driver.State.Status);
    }

    [Fact]
    public void Failure_ToldTwice_CountsOnce()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        var told = driver.Failed(Chunk, driver.FirstAttempt);

        var first = driver.Take(told);
        var again = driver.Take(told, told);

        Assert.Empty(again.Events);
        Assert.Equal(2, again.Effects.Length);
        var delays = again.Effects.OfType<ProjectEffect.AckJob>().Select(a => ((JobVerdict.Again)a.Verdict).Delay);
        Assert.Equal(DelayOf(first), delays.Distinct().Single());
        Assert.Equal(1, driver.State.FailuresTotal);
    }

    [Fact]
    public void Failure_ThenACrash_StartsThatJobToBeWorkedAnew()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        driver.Take(driver.Failed(Chunk, driver.FirstAttempt));

        driver.Take(new Recovered());

        Assert.Equal([Chunk], driver.Open.Values.Where(j => j.Spec.WorkAnew).Select(j => j.Spec.Id.Name));
    }

    [Fact]
    public void Undecidable_EndsAWorkingProjectWithTheReason_AndNoOther()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        var told = new Undecidable(new FarmError(ErrorCodes.Internal, "A bug."));

        driver.Take(told);
        var again = driver.Take(told);

        Assert.Equal((ProjectStatus.Failed, "A bug."), (driver.State.Status, driver.State.Error!.Message));
        Assert.Empty(driver.Open);
        Assert.Empty(again.Events);
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("avc1\"\n#EXT", 100)]
    [InlineData("avc1.640028", 0)]
    public void Result_ThatCouldNeverBePublished_IsAFailureAndStaysOutOfTheJournal(string codecs, int bytes)
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        var good = driver.Finished(Chunk);
        var rendered = (JobResult.Rendered)((JobOutcome.Finished)good.Outcome).Result;
        var rung = rendered.Rungs[0];
        var segment = rung.Segments[0] with { File = rung.Segments[0].File with { Bytes = bytes } };
        var bad = new JobResult.Rendered([rung with { Codecs = codecs, Segments = rung.Segments.SetItem(0, segment) }]);

        driver.Take(good with { Outcome = new JobOutcome.Finished(bad) });

        Assert.Equal(1, driver.State.Troubles[Chunk].Failures);
        Assert.Equal(0, driver.State.ChunksDone);
    }

    [Fact]
    public void Failures_UpToTheLimit_KillJobAndProjectWithTheError()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        for (var i = 0; i < Limits.FailuresPerJobMax; i++)
        {
            driver.Take(driver.Failed(Chunk, driver.FirstAttempt + i));
        }

        Assert.Equal((ProjectStatus.Failed, ErrorCodes.MediaFailed), (driver.State.Status, driver.State.Error!.Code));
        var dead = Assert.Single(driver.State.Dead);
        Assert.Equal((Chunk, 3, 0), (dead.Job, dead.Failures, dead.Lost));
        Assert.Empty(driver.Open);
    }

    [Fact]
    public void Failure_NotRetryable_KillsAtOnce()
    {
        var driver = ProjectDriver.Ordered(1, 1);

        var decision = driver.Take(driver.Failed("ingest", driver.FirstAttempt, retryable: false));

        Assert.Equal(ProjectStatus.Failed, driver.State.Status);
        Assert.IsType<JobVerdict.Dead>(Assert.Single(decision.Effects.OfType<ProjectEffect.AckJob>()).Verdict);
        Assert.Single(decision.Effects.OfType<ProjectEffect.StopJobs>());
    }

    [Fact]
    public void Loss_TheFirst_CostsNoPause_LaterOnesDo()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);

        var delays = Enumerable.Range(0, 3).Select(i => DelayOf(driver.Take(driver.Lost(Chunk, driver.FirstAttempt + i)))).ToArray();

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMilliseconds(Limits.LossBackoffMillis), TimeSpan.FromMilliseconds(2 * Limits.LossBackoffMillis)], delays);
    }

    [Fact]
    public void Losses_AreCountedApartFromFailures()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        driver.Take(driver.Failed(Chunk, driver.FirstAttempt), driver.Failed(Chunk, driver.FirstAttempt + 1));
        for (var i = 2; i < 2 + Limits.LostPerJobMax - 1; i++)
        {
            driver.Take(driver.Lost(Chunk, driver.FirstAttempt + i));
        }

        Assert.Equal(ProjectStatus.Active, driver.State.Status);
        Assert.Equal((2, Limits.LostPerJobMax - 1), (driver.State.Troubles[Chunk].Failures, driver.State.Troubles[Chunk].Lost));

        driver.Take(driver.Lost(Chunk, driver.FirstAttempt + 20));
        Assert.Equal(ErrorCodes.JobDead, driver.State.Error!.Code);
    }

    [Fact]
    public void Finish_AfterTrouble_ForgetsTheTrouble()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        driver.Take(driver.Lost(Chunk, driver.FirstAttempt));

        driver.Take(driver.Finished(Chunk, driver.FirstAttempt + 1));

        Assert.Empty(driver.State.Troubles);
        Assert.Equal(1, driver.State.LostTotal);
    }

    [Fact]
    public void Finish_OfAnAttemptThatIsCountedOut_IsRefused()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        driver.Take(driver.Lost(Chunk, driver.FirstAttempt + 5));

        var decision = driver.Take(driver.Finished(Chunk, driver.FirstAttempt + 4));

        Assert.Empty(decision.Events);
        Assert.IsType<JobVerdict.Again>(Assert.Single(decision.Effects.OfType<ProjectEffect.AckJob>()).Verdict);
    }

    [Fact]
    public void Finish_ToldTwice_IsAcknowledgedTwiceAndJournaledOnce()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        var told = driver.Finished(Chunk);

        var decision = driver.Take(told, told);

        Assert.Single(Assert.IsType<ProjectEvent.ChunksFinished>(Assert.Single(decision.Events)).Chunks);
        Assert.Equal(2, decision.Effects.OfType<ProjectEffect.AckJob>().Count(a => a.Verdict is JobVerdict.Done));
    }

    [Fact]
    public void WrongResult_IsAFailureOfTheAttempt()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        driver.Take(driver.Finished("render/000000"));
        var good = (JobResult.Rendered)SimFilm.ResultOf(driver.Open[Chunk].Spec, 1);
        var rung = good.Rungs[0];
        JobResult[] wrong =
        [
            new JobResult.Assembled([]),
            new JobResult.Rendered([]),
            new JobResult.Rendered([rung with { Rung = "4k" }]),
            new JobResult.Rendered([rung with { Segments = [] }]),
            new JobResult.Rendered([rung with { Segments = [rung.Segments[0] with { Frames = 1 }] }]),
            new JobResult.Rendered([rung with { Segments = [rung.Segments[0] with { Index = 7 }] }]),
            new JobResult.Rendered([rung with { Init = rung.Init with { Bytes = 99 } }]),
        ];

        foreach (var result in wrong)
        {
            var another = ProjectDriver.Rendering(chunks: 3);
            another.Take(another.Finished("render/000000"));
            another.Take(another.Finished(Chunk) with { Outcome = new JobOutcome.Finished(result) });
            var fact = Assert.IsType<ProjectEvent.AttemptFailed>(another.Journal[^1]);
            Assert.Equal((ErrorCodes.ResultWrong, true), (fact.Error.Code, fact.Error.Retryable));
        }
    }

    [Fact]
    public void Retry_FailedProject_StartsOpenJobsInANewTermWithCleanCounters()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        driver.Take(driver.Finished("render/000000"), driver.Lost(Chunk, driver.FirstAttempt));
        driver.Take(driver.Failed("mix", driver.FirstAttempt, retryable: false));
        Assert.Equal(ProjectStatus.Failed, driver.State.Status);

        driver.Take(new Retry());

        Assert.Equal(["mix", Chunk, "render/000002"], driver.OpenNames);
        Assert.Empty(driver.State.Dead);
        Assert.Equal(2, driver.State.Term);
        Assert.Equal((0, 0), (driver.State.Troubles["mix"].Failures, driver.State.Troubles[Chunk].Lost));
        Assert.Equal(AttemptNumber.FirstOf(1), driver.Open["mix"].CountedOut);
        Assert.Equal(AttemptNumber.FirstOf(2), driver.Open["mix"].FirstAttempt);
    }

    [Fact]
    public void PlanThatCannotBeMade_FailsTheProject_AndARetryTriesItAgain()
    {
        var driver = ProjectDriver.Ordered(scenes: 1, chunks: Limits.ChunksPerProjectMax + 1);
        driver.FinishOpen();
        driver.FinishOpen();
        Assert.Equal((ProjectStatus.Failed, ErrorCodes.TooLarge), (driver.State.Status, driver.State.Error!.Code));

        driver.Take(new Retry());
        Assert.Equal((ProjectStatus.Failed, 2L), (driver.State.Status, driver.State.Term));
    }

    [Fact]
    public void OutputFailed_FailsTheProject_AndARetryPublishesAgain()
    {
        var driver = ProjectDriver.Rendering(chunks: 2);
        driver.FinishOpen();
        driver.Take(new OutputFailed(new FarmError(ErrorCodes.DiskFull, "full", Retryable: true)));
        Assert.Equal(ErrorCodes.DiskFull, driver.State.Error!.Code);

        var publish = Assert.Single(driver.Take(new Retry()).Effects.OfType<ProjectEffect.Publish>());

        Assert.Equal((0, 2), (publish.From, publish.To));
        Assert.Equal(["assemble"], driver.OpenNames);
    }

    private static TimeSpan DelayOf(ProjectDecision decision) =>
        Assert.IsType<JobVerdict.Again>(Assert.Single(decision.Effects.OfType<ProjectEffect.AckJob>()).Verdict).Delay;
}
