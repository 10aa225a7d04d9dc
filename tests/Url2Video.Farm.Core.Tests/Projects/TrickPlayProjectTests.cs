using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

/// <summary>A project orders what its package is wound and sought by, keeps it, and hands it to whoever publishes.</summary>
public sealed class TrickPlayProjectTests
{
    private readonly ProjectDriver _driver = ProjectDriver.Rendering(3);

    public TrickPlayProjectTests() => _driver.FinishOpen();

    private JobWork.Assemble Work => (JobWork.Assemble)_driver.Open["assemble"].Spec.Work;

    [Fact]
    public void Assemble_OfAStreamedFilm_IsAskedForAllOfIt()
    {
        var wanted = Work.TrickPlay!;

        Assert.Equal((TrickPlayKinds.All, _driver.State.Plan!.Ladder[^1], _driver.State.Plan.Frames), (wanted.Kinds, wanted.Rung, wanted.Frames));
        Assert.Equal(_driver.State.Chunks.SelectMany(c => c!.Rungs[^1].Segments).Select(s => s.File), wanted.Files.Segments);
    }

    [Fact]
    public void Assembled_WithTrickPlay_PublishesIt()
    {
        var decision = _driver.Take(_driver.Finished("assemble"));

        var published = Assert.Single(decision.Effects.OfType<ProjectEffect.Publish>());
        Assert.NotNull(published.Inputs.TrickPlay);
        Assert.Equal(_driver.State.TrickPlay, published.Inputs.TrickPlay);
    }

    /// <summary>A node from before there was any knows nothing of it: the film is finished without.</summary>
    [Fact]
    public void Assembled_WithoutTrickPlay_IsTaken()
    {
        var decision = _driver.Take(With(made => made with { TrickPlay = null }));

        Assert.Null(Assert.Single(decision.Effects.OfType<ProjectEffect.Publish>()).Inputs.TrickPlay);
        Assert.NotNull(_driver.State.Files);
    }

    [Fact]
    public void Assembled_WithTrickPlayOfAnotherFilm_IsAFailure()
    {
        _driver.Take(With(made => made with { TrickPlay = made.TrickPlay! with { IFrames = made.TrickPlay.IFrames! with { Bytes = [1] } } }));

        Assert.Null(_driver.State.Files);
        Assert.Equal(1, _driver.State.FailuresTotal);
    }

    [Fact]
    public void LostSheet_IsMadeAgainByAssemble_AndMustComeOutTheSame()
    {
        _driver.Take(_driver.Finished("assemble"));
        var sheet = _driver.State.TrickPlay!.Thumbnails!.Sheets[0];

        _driver.Take(new ProjectMessage.OutputFailed(SimFilm.Missing(sheet.Id)));
        Assert.Equal(["assemble"], _driver.OpenNames);
        _driver.Take(With(made => made with
        {
            TrickPlay = made.TrickPlay! with { Thumbnails = made.TrickPlay.Thumbnails! with { Sheets = [sheet with { Id = new ArtifactId("another") }] } },
        }));
        Assert.Equal(1, _driver.State.FailuresTotal);

        var again = _driver.Finished("assemble", _driver.Open["assemble"].FirstAttempt + 1);
        Assert.Contains(_driver.Take(again).Effects, e => e is ProjectEffect.Publish);
        Assert.Equal(1, _driver.State.FailuresTotal);
    }

    /// <summary>It must not be looked for again: the film is published without.</summary>
    [Fact]
    public void LostSheet_MadeAgainByANodeThatMakesNone_IsForgotten()
    {
        _driver.Take(_driver.Finished("assemble"));
        _driver.Take(new ProjectMessage.OutputFailed(SimFilm.Missing(_driver.State.TrickPlay!.Thumbnails!.Sheets[0].Id)));
        var again = With(made => made with { TrickPlay = null });

        var decision = _driver.Take(again with { Attempt = _driver.Open["assemble"].FirstAttempt + 1 });

        Assert.Null(Assert.Single(decision.Effects.OfType<ProjectEffect.Publish>()).Inputs.TrickPlay);
        Assert.Null(_driver.State.TrickPlay);
    }

    [Fact]
    public void Assemble_OfAFilmTooLargeToBeReadAgain_AsksForNone()
    {
        var plan = _driver.State.Plan!;
        var smallest = plan.Ladder[^1];
        var state = _driver.State with { Plan = plan with { Frames = (Limits.TrickPlayPixelsMax / smallest.Width / smallest.Height) + 1 } };

        Assert.Null(((JobWork.Assemble)JobSpecs.Of(state, new DueJob(JobKind.Assemble, 0), new SimPlanning()).Work).TrickPlay);
    }

    [Fact]
    public void Key_OfAssemble_FollowsWhatIsWanted_AndIsAsItWasWithout()
    {
        var wanted = Work.TrickPlay!;
        JobWork.Assemble[] variants =
        [
            Work with { TrickPlay = null },
            Work,
            Work with { TrickPlay = wanted with { Kinds = TrickPlayKinds.IFrames } },
            Work with { TrickPlay = wanted with { Frames = wanted.Frames - 1 } },
            Work with { TrickPlay = wanted with { Files = wanted.Files with { Segments = wanted.Files.Segments[1..] } } },
        ];

        Assert.Equal(variants.Length, variants.Select(v => JobKeys.Of(v, null)).Distinct().Count());
    }

    private JobSettled With(Func<JobResult.Assembled, JobResult.Assembled> change)
    {
        var settled = _driver.Finished("assemble");
        var result = (JobResult.Assembled)((JobOutcome.Finished)settled.Outcome).Result;
        return settled with { Outcome = new JobOutcome.Finished(change(result)) };
    }
}
