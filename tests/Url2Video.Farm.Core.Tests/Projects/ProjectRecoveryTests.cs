using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Planning;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

public sealed class ProjectRecoveryTests
{
    [Fact]
    public void Recovered_InTheMiddle_StartsTheOpenJobsInANewTermAndPublishesWhatIsOwed()
    {
        var driver = ProjectDriver.Rendering(chunks: 6);
        driver.Take(driver.Finished("render/000000"), driver.Finished("render/000001"));
        driver.Take(driver.Finished("render/000003"), driver.Finished("mix"));
        driver.Take(new Published(1));
        driver.Open.Clear();

        var decision = driver.Take(new Recovered());

        Assert.Equal(2, Assert.IsType<ProjectEvent.TermStarted>(Assert.Single(decision.Events)).Term);
        Assert.Equal(["render/000002", "render/000004", "render/000005"], driver.OpenNames);
        Assert.All(driver.Open.Values, e => Assert.Equal((AttemptNumber.FirstOf(2), true), (e.FirstAttempt, e.MayBeHeld)));
        var publish = Assert.Single(decision.Effects.OfType<ProjectEffect.Publish>());
        Assert.Equal((1, 2), (publish.From, publish.To));
    }

    [Fact]
    public void Recovered_NothingOrderedOrAllOver_OwesNothing()
    {
        Assert.Empty(new ProjectDriver().Take(new Recovered()).Events);
        var cancelled = ProjectDriver.Ordered(1, 1);
        cancelled.Take(new Cancel("enough"));

        var decision = cancelled.Take(new Recovered());

        Assert.Empty(decision.Events);
        Assert.Empty(decision.Effects);
    }

    /// <summary>A film whose plan an older version made is finished by it, whatever would be planned today.</summary>
    [Fact]
    public void Recovered_PlanFromBefore_IsFinishedAsItWasPlanned()
    {
        var driver = new ProjectDriver(new OldPlanning(), ProjectDriver.Noon);
        driver.Take(new Submit(SimFilm.Request(scenes: 1, chunks: 1, direct: true)));
        driver.FinishOpen();
        driver.FinishOpen();
        Assert.Single(driver.Journal.OfType<ProjectEvent.Planned>());

        var state = driver.Journal.Aggregate(new ProjectState(driver.Id), (s, fact) => s.Apply(fact));
        var decision = new ProjectLogic(StandardPlanning.Instance).Decide(state, [new Recovered()], ProjectDriver.Noon);

        var renders = decision.Effects.OfType<ProjectEffect.StartJob>().Select(e => e.Spec.Work).OfType<JobWork.Render>().ToList();
        Assert.Equal([(0L, 160), (160, 160), (320, 160), (480, 70)], renders.Select(w => (w.Chunk.FirstFrame, w.Chunk.Frames)));
        Assert.All(renders, w => Assert.Equal(160, w.GopFrames));
    }

    [Fact]
    public void Recovered_WhileDelivering_DeliversAgain()
    {
        var driver = ProjectDriver.Rendering(chunks: 1);
        driver.FinishOpen();
        driver.FinishOpen();
        driver.Take(new PublicationCompleted());

        Assert.Single(driver.Take(new Recovered()).Effects.OfType<ProjectEffect.Deliver>());
    }

    [Fact]
    public void Remind_SaysAgainWhatOutputOwes_WithoutAFact()
    {
        var driver = ProjectDriver.Rendering(chunks: 3);
        driver.Take(driver.Finished("render/000000"));

        var decision = driver.Take(new Remind());

        Assert.Empty(decision.Events);
        Assert.Equal((0, 1), (Assert.IsType<ProjectEffect.Publish>(Assert.Single(decision.Effects)).From, 1));
    }

    [Fact]
    public void Pause_StopsJobs_AndUnpauseStartsThemInANewTerm()
    {
        var driver = ProjectDriver.Rendering(chunks: 2);
        var paused = driver.Take(new Pause());
        Assert.Single(paused.Effects.OfType<ProjectEffect.StopJobs>());
        Assert.IsType<JobVerdict.Dead>(Assert.Single(
            driver.Take(new JobSettled(new JobId(driver.Id, "mix"), 1, driver.FirstAttempt, null, new JobOutcome.Lost(LossReason.Silent)))
                .Effects.OfType<ProjectEffect.AckJob>()).Verdict);

        driver.Take(new Unpause());

        Assert.Equal(["mix", "render/000000", "render/000001"], driver.OpenNames);
        Assert.Equal(2, driver.State.Term);
    }

    [Fact]
    public void Settled_ByAMachineOfAFormerTerm_IsNotHeard()
    {
        var driver = ProjectDriver.Rendering(chunks: 1);
        var late = driver.Finished("mix");
        driver.Take(new Recovered());

        var decision = driver.Take(late);

        Assert.Empty(decision.Events);
        Assert.Empty(decision.Effects);
    }

    [Fact]
    public void PauseAndUnpause_InOneTurn_StopTheOldMachinesBeforeNewOnesStart()
    {
        var driver = ProjectDriver.Rendering(chunks: 1);

        var effects = driver.Take(new Pause(), driver.Finished("mix"), new Unpause()).Effects;

        Assert.IsType<JobVerdict.Dead>(Assert.Single(effects.OfType<ProjectEffect.AckJob>()).Verdict);
        var stop = effects.IndexOf(Assert.Single(effects.OfType<ProjectEffect.StopJobs>()));
        Assert.All(effects.OfType<ProjectEffect.StartJob>(), e => Assert.True(effects.IndexOf(e) > stop));
        Assert.Equal(["mix", "render/000000"], driver.OpenNames);
    }

    [Fact]
    public void Commands_ThatDoNotFitTheStatus_AreAnsweredWithAnError()
    {
        var driver = ProjectDriver.Ordered(1, 1);
        Assert.Equal([null, ErrorCodes.ProjectState, null], Codes(driver, new Pause(), new Retry(), new Unpause()));
        Assert.Equal([null, null, ErrorCodes.ProjectState], Codes(driver, new Cancel("a"), new Cancel("b"), new Unpause()));
        Assert.Equal([ErrorCodes.ProjectState], Codes(new ProjectDriver(), new Cancel("nothing there")));
    }

    [Fact]
    public void Messages_MoreThanATurnHolds_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new ProjectDriver().Take([.. Enumerable.Repeat<ProjectMessage>(new Remind(), Limits.MessagesPerTurnMax + 1)]));

    /// <summary>Any order of messages: the journal folds to the state, and a resumed project has exactly the jobs it had.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyHistory_ReplaysAndResumesExactly(ulong seed)
    {
        var (random, logic) = (new SplitMix(seed), new ProjectLogic(new SimPlanning()));
        for (var round = 0; round < 60; round++)
        {
            var driver = ProjectDriver.Ordered(1 + random.Below(80), 1 + random.Below(50), random.Chance(0.5));
            var attempt = 0L;
            for (var step = 0; step < 150; step++)
            {
                driver.Take([.. Enumerable.Range(0, 1 + random.Below(4)).Select(_ => Any(driver, random, ref attempt))]);
                var resumed = logic.Resume(driver.State).OfType<ProjectEffect.StartJob>().Select(e => e.Spec.Id.Name);
                Assert.Equal(driver.OpenNames, resumed.Order(StringComparer.Ordinal));
            }

            var replayed = driver.Journal.Aggregate(new ProjectState(driver.Id), (state, fact) => state.Apply(fact));
            Assert.Equal(StateText.Of(driver.State), StateText.Of(replayed));
        }
    }

    private static ProjectMessage Any(ProjectDriver driver, SplitMix random, ref long attempt)
    {
        var job = driver.Open.Count > 0 ? driver.OpenNames[random.Below(driver.Open.Count)] : null;
        attempt = Math.Max(attempt, driver.FirstAttempt) + 1;
        return random.Below(40) switch
        {
            0 => new Recovered(),
            1 => new Pause(),
            2 or 3 => new Unpause(),
            4 => new Retry(),
            5 when random.Chance(0.1) => new Cancel("no"),
            6 => new Remind(),
            7 when job is not null => driver.Lost(job, attempt - random.Below(2)),
            8 when job is not null => driver.Failed(job, attempt - random.Below(2), random.Chance(0.9)),
            < 16 => new Published(random.Below(driver.State.ChunksReady + 2)),
            16 => new PublicationCompleted(),
            17 => new Delivered(),
            _ when job is not null => driver.Finished(job, attempt),
            _ => new Remind(),
        };
    }

    private static IEnumerable<string?> Codes(ProjectDriver driver, params ProjectMessage[] messages) =>
        driver.Take([.. messages]).Effects.OfType<ProjectEffect.Answer>().Select(a => a.Error?.Code);

    private sealed class OldPlanning : IPlanning
    {
        private readonly SimPlanning _today = new();

        public Outcome<FilmPlan> Plan(StoryboardFacts facts, ImmutableArray<SceneSpeech?> speeches, ProjectRequest request) =>
            _today.Plan(facts, speeches, request).OrThrow() with { Frames = 550, Scenes = [new SceneSlot(0, 0, 880_000, 0, 550, 0, 0)], Chunks = OldPlans.Of550Frames };

        public JobKey KeyOf(JobWork work, StoryboardFacts? facts) => _today.KeyOf(work, facts);
    }
}
