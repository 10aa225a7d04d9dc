using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Core.Tests.Planning;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

/// <summary>A film that has to pass a gate is shown to nobody before its judgement, and apart from the others when it did not pass.</summary>
public sealed class QuarantineTests
{
    private const int Chunks = Limits.LookAheadChunksMax + 20;

    [Fact]
    public void Gate_WhileTheFilmIsMade_PublishesNothingAndDoesNotWaitForIt()
    {
        var (driver, decisions) = Made(QualityMode.Gate, verdict: null);

        Assert.Equal(ProjectPhase.Assembling, driver.State.Phase);
        Assert.DoesNotContain(decisions.SelectMany(d => d.Effects), e => e is ProjectEffect.Publish);
        Assert.Equal(Chunks, driver.State.ChunksDone);
    }

    [Fact]
    public void Gate_FilmWithoutErrors_IsPublishedThenDelivered()
    {
        var (driver, _) = Made(QualityMode.Gate, verdict: null);

        var assembled = driver.Take(Assembled(driver, new QualityVerdict(0, 3, [])));

        Assert.Equal(Chunks, Assert.Single(assembled.Effects.OfType<ProjectEffect.Publish>()).To);
        driver.Take(new Published(Chunks));
        var published = driver.Take(new PublicationCompleted());
        Assert.Equal(["video.mp4", "captions.vtt"], Assert.Single(published.Effects.OfType<ProjectEffect.Deliver>()).Files.Select(f => f.Name));
        driver.Take(new Delivered());
        Assert.Equal(ProjectPhase.Completed, driver.State.Phase);
    }

    [Fact]
    public void Gate_FilmWithErrors_IsLaidApartAndFailsWithWhatWasFound()
    {
        var (driver, _) = Made(QualityMode.Gate, verdict: null);

        var assembled = driver.Take(Assembled(driver, Bad));

        Assert.DoesNotContain(assembled.Effects, e => e is ProjectEffect.Publish);
        Assert.Equal(
            ["quarantine/video.mp4", "quarantine/captions.vtt"], Assert.Single(assembled.Effects.OfType<ProjectEffect.Deliver>()).Files.Select(f => f.Name));
        Assert.True(driver.State.IsWorking); // It has failed when its files lie there, not before.
        driver.Take(new Delivered());
        Assert.Equal((ProjectStatus.Failed, ErrorCodes.Quality), (driver.State.Status, driver.State.Error!.Code));
        Assert.Contains("QC_FLASH at 0:02", driver.State.Error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.JobFailed, ErrorCodes.Describe(driver.State.Error.Code).Exit);
        Assert.False(driver.State.Error.Retryable); // `resume` of everything must not let it out.
    }

    /// <summary>A package of another film may lie where this one will: nothing of it is to be cleared away for a film that was not published.</summary>
    [Fact]
    public void Deliver_SaysWhetherTheFilmIsLaidApart()
    {
        var (bad, _) = Made(QualityMode.Gate, verdict: null);
        Assert.True(Assert.Single(bad.Take(Assembled(bad, Bad)).Effects.OfType<ProjectEffect.Deliver>()).IsQuarantined);

        var (good, _) = Made(QualityMode.Gate, verdict: null);
        good.Take(Assembled(good, Good));
        good.Take(new Published(Chunks));
        Assert.False(Assert.Single(good.Take(new PublicationCompleted()).Effects.OfType<ProjectEffect.Deliver>()).IsQuarantined);
    }

    /// <summary>A node of yesterday does not judge, and its result must not pass for judged.</summary>
    [Fact]
    public void Gate_ResultWithoutAVerdict_IsRefused()
    {
        var (driver, _) = Made(QualityMode.Gate, verdict: null);

        var decision = driver.Take(driver.Finished("assemble"));

        Assert.Equal(ErrorCodes.ResultWrong, Assert.Single(driver.Journal.OfType<ProjectEvent.AttemptFailed>()).Error.Code);
        Assert.Null(driver.State.Files);
        Assert.DoesNotContain(decision.Effects, e => e is ProjectEffect.Publish or ProjectEffect.Deliver);
    }

    /// <summary>What a server of yesterday took into the journal.</summary>
    [Fact]
    public void HeldBack_GateWithFilesAndNoVerdict_UntilSomebodyLetsItOut()
    {
        var (driver, _) = Made(QualityMode.Gate, verdict: null);
        var unjudged = driver.State with { Files = [new OutputFile("video.mp4", Films.Artifact("video"))], Verdict = null };

        Assert.True(unjudged is { IsHeldBack: true, IsQuarantined: true });
        Assert.Contains("never judged", Quarantine.ErrorOf(unjudged).Message, StringComparison.Ordinal);
        Assert.False((unjudged with { IsReleased = true }).IsHeldBack);
        Assert.False((unjudged with { Verdict = Good }).IsHeldBack);
    }

    [Fact]
    public void LostFile_OfAFilmFromBeforeTheJudge_MadeAgainWithAReport_IsTheSame()
    {
        var (driver, _) = Made(QualityMode.Report, verdict: null);
        driver.Take(driver.Finished("assemble"));
        driver.Take(new OutputFailed(SimFilm.Missing(driver.State.Files!.Value[0].File.Id)));

        driver.Take(Reported(driver, Good));

        Assert.Empty(driver.Journal.OfType<ProjectEvent.AttemptFailed>());
        Assert.Equal(["video.mp4", "captions.vtt", "quality.json"], driver.State.Files!.Value.Select(f => f.Name));
        Assert.Equal(0, driver.State.Verdict!.Errors);
    }

    [Fact]
    public void LostFile_MadeAgainAnotherWay_IsRefusedAllTheSame()
    {
        var (driver, _) = Made(QualityMode.Report, verdict: null);
        driver.Take(driver.Finished("assemble"));
        driver.Take(new OutputFailed(SimFilm.Missing(driver.State.Files!.Value[0].File.Id)));
        var again = Reported(driver, Good);
        var result = (JobResult.Assembled)((JobOutcome.Finished)again.Outcome).Result;

        driver.Take(again with { Outcome = new JobOutcome.Finished(result with { Files = result.Files.SetItem(0, new OutputFile("video.mp4", Films.Artifact("another"))) }) });

        Assert.Contains("came out different", Assert.Single(driver.Journal.OfType<ProjectEvent.AttemptFailed>()).Error.Message, StringComparison.Ordinal);
    }

    /// <summary>A newer judge may say more of a film, but not let out what was kept, nor keep what was let out.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void LostFile_BehindAGate_JudgedAnew_HasToEndLikeBefore(bool isLikeBefore, int failures)
    {
        var (driver, _) = Made(QualityMode.Gate, verdict: null);
        driver.Take(Reported(driver, Bad));
        driver.Take(new OutputFailed(SimFilm.Missing(driver.State.Files!.Value[0].File.Id)));

        driver.Take(Reported(driver, isLikeBefore ? Bad with { Errors = 2 } : Good, "another report"));

        Assert.Equal(failures, driver.Journal.OfType<ProjectEvent.AttemptFailed>().Count());
    }

    [Fact]
    public void Gate_KilledBetweenJudgementAndDelivery_DeliversApartAgain()
    {
        var (driver, _) = Made(QualityMode.Gate, verdict: null);
        driver.Take(Assembled(driver, Bad));

        var reminded = driver.Take(new Remind());
        var recovered = driver.Take(new Recovered());

        Assert.All([reminded, recovered], d =>
        {
            Assert.StartsWith(Quarantine.Folder, Assert.Single(d.Effects.OfType<ProjectEffect.Deliver>()).Files[0].Name, StringComparison.Ordinal);
            Assert.DoesNotContain(d.Effects, e => e is ProjectEffect.Publish);
        });
    }

    [Fact]
    public void Retry_OfAFilmInQuarantine_LetsItOut()
    {
        var (driver, _) = Made(QualityMode.Gate, verdict: null);
        driver.Take(Assembled(driver, Bad));
        driver.Take(new Delivered());

        var retried = driver.Take(new Retry());

        Assert.IsType<ProjectEvent.Retried>(Assert.Single(retried.Events)); // Nothing new in the journal: every version can read it.
        Assert.Single(retried.Effects.OfType<ProjectEffect.Publish>());
        Assert.Empty(driver.Open);
        driver.Take(new Published(Chunks));
        var published = driver.Take(new PublicationCompleted());
        Assert.Equal("video.mp4", Assert.Single(published.Effects.OfType<ProjectEffect.Deliver>()).Files[0].Name);
        driver.Take(new Delivered());
        Assert.Equal((ProjectPhase.Completed, ProjectStatus.Active), (driver.State.Phase, driver.State.Status));
    }

    [Fact]
    public void Report_FilmWithErrors_ComesOutAllTheSame()
    {
        var (driver, decisions) = Made(QualityMode.Report, Bad);

        Assert.Contains(decisions.SelectMany(d => d.Effects), e => e is ProjectEffect.Publish);
        driver.Take(new Published(Chunks));
        driver.Take(new PublicationCompleted());
        driver.Take(new Delivered());
        Assert.Equal((ProjectPhase.Completed, 1), (driver.State.Phase, driver.State.Verdict!.Errors));
    }

    [Theory]
    [InlineData(QualityMode.Off, false)]
    [InlineData(QualityMode.Report, true)]
    [InlineData(QualityMode.Gate, true)]
    public void Assemble_IsToldToJudge_UnlessNobodyWantsIt(QualityMode mode, bool isJudged)
    {
        var (driver, _) = Made(mode, verdict: null);

        var work = Assert.IsType<JobWork.Assemble>(driver.Open["assemble"].Spec.Work);

        Assert.Equal(isJudged, work.Quality is not null);
        Assert.Equal(isJudged ? QualityBounds.ShortSideMinChosen : null, work.Quality?.ShortSideMin);
    }

    [Fact]
    public void LostChunk_MadeAgainWithAMeasure_IsTheSame()
    {
        var driver = ProjectDriver.Rendering(3);
        driver.Take(driver.Finished("render/000001"));
        var segment = driver.State.Chunks[1]!.Rungs[0].Segments[0].File.Id;
        driver.Take(new OutputFailed(SimFilm.Missing(segment)));
        var again = driver.Finished("render/000001");
        var result = (JobResult.Rendered)((JobOutcome.Finished)again.Outcome).Result with { Measure = Films.Artifact("measure") };

        driver.Take(again with { Outcome = new JobOutcome.Finished(result) });

        Assert.Empty(driver.Journal.OfType<ProjectEvent.AttemptFailed>());
        Assert.DoesNotContain("render/000001", driver.OpenNames);
    }

    private static QualityVerdict Good { get; } = new(0, 0, []);

    private static QualityVerdict Bad { get; } = new(1, 0, ["QC_FLASH at 0:02.000, 4 flashes/s (bound 3): The picture flashes."]);

    /// <summary>Everything done up to the last job, or with it when there is a verdict.</summary>
    private static (ProjectDriver Driver, List<ProjectDecision> Decisions) Made(QualityMode mode, QualityVerdict? verdict)
    {
        var driver = new ProjectDriver();
        var decisions = new List<ProjectDecision> { driver.Take(new Submit(SimFilm.Request(1, Chunks, direct: true) with { Quality = mode })) };
        while (!driver.Open.ContainsKey("assemble"))
        {
            decisions.Add(driver.FinishOpen());
            if (mode != QualityMode.Gate && driver.State.ChunksReady > driver.State.ChunksPublished)
            {
                decisions.Add(driver.Take(new Published(driver.State.ChunksReady)));
            }
        }

        if (verdict is not null)
        {
            decisions.Add(driver.Take(Assembled(driver, verdict)));
        }

        return (driver, decisions);
    }

    private static JobSettled Assembled(ProjectDriver driver, QualityVerdict verdict)
    {
        var settled = driver.Finished("assemble");
        var result = (JobResult.Assembled)((JobOutcome.Finished)settled.Outcome).Result;
        return settled with { Outcome = new JobOutcome.Finished(result with { Verdict = verdict }) };
    }

    private static JobSettled Reported(ProjectDriver driver, QualityVerdict verdict, string report = "report")
    {
        var settled = Assembled(driver, verdict);
        var result = (JobResult.Assembled)((JobOutcome.Finished)settled.Outcome).Result;
        return settled with { Outcome = new JobOutcome.Finished(result with { Files = result.Files.Add(new OutputFile(QualityJson.FileName, Films.Artifact(report))) }) };
    }
}
