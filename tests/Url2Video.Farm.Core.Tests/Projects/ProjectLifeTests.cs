using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

public sealed class ProjectLifeTests
{
    [Fact]
    public void Submit_NewProject_StartsIngestInTermOne()
    {
        var driver = new ProjectDriver();

        var decision = driver.Take(new Submit(SimFilm.Request(3, 4, direct: false)));

        Assert.IsType<ProjectEvent.Submitted>(Assert.Single(decision.Events));
        Assert.Equal(["ingest"], driver.OpenNames);
        Assert.Equal(AttemptNumber.FirstOf(1), driver.Open["ingest"].FirstAttempt);
        Assert.False(driver.Open["ingest"].MayBeHeld);
        Assert.Null(Assert.Single(decision.Effects.OfType<ProjectEffect.Answer>()).Error);
    }

    [Fact]
    public void Submit_Repeated_AnswersAndChangesNothing()
    {
        var driver = ProjectDriver.Ordered(1, 1);

        var decision = driver.Take(new Submit(SimFilm.Request(9, 9, direct: true)));

        Assert.Empty(decision.Events);
        Assert.Null(Assert.IsType<ProjectEffect.Answer>(Assert.Single(decision.Effects)).Error);
    }

    [Fact]
    public void Project_EveryJobFinished_GoesThroughAllPhasesToTheEnd()
    {
        var driver = ProjectDriver.Ordered(scenes: 5, chunks: 3, direct: false);
        driver.FinishOpen();
        Assert.Equal(ProjectPhase.Writing, driver.State.Phase);
        driver.FinishOpen();
        Assert.Equal(["speak/0000", "speak/0001", "speak/0002", "speak/0004"], driver.OpenNames); // Scene 3 is silent.
        Assert.Equal("voice:flite", Assert.Single(driver.Open["speak/0001"].Spec.Needs));
        driver.FinishOpen();
        Assert.Equal(["mix", "render/000000", "render/000001", "render/000002"], driver.OpenNames);
        driver.FinishOpen();
        Assert.Equal(["assemble"], driver.OpenNames);
        driver.FinishOpen();
        Assert.Equal(ProjectPhase.Assembling, driver.State.Phase);

        driver.Take(new Published(3));
        var published = driver.Take(new PublicationCompleted());
        Assert.IsType<ProjectEffect.Deliver>(Assert.Single(published.Effects.Where(e => e is not ProjectEffect.Announce)));
        driver.Take(new Delivered());

        Assert.Equal(ProjectPhase.Completed, driver.State.Phase);
        string[] journal =
        [
            "Submitted", "SourceIngested", "StoryboardWritten", "ScenesSpoken", "Planned", "SoundMixed", "ChunksFinished", "FilmAssembled",
            "ChunksPublished", "PublicationCompleted", "Completed",
        ];
        Assert.Equal(journal, driver.Journal.Select(e => e.GetType().Name));
    }

    [Fact]
    public void StoryboardSource_Ingested_NeedsNoWriting()
    {
        var driver = ProjectDriver.Ordered(scenes: 2, chunks: 1, direct: true);

        driver.FinishOpen();

        Assert.Equal(["speak/0000", "speak/0001"], driver.OpenNames);
    }

    [Fact]
    public void ManyScenes_Speaking_AreInWorkOnlyUpToTheLimit()
    {
        var driver = ProjectDriver.Ordered(scenes: 200, chunks: 1);
        driver.FinishOpen();

        Assert.Equal(Limits.JobsInWorkMax, driver.Open.Count);

        driver.Take(driver.Finished("speak/0010"));
        Assert.Equal(Limits.JobsInWorkMax, driver.Open.Count);
    }

    [Fact]
    public void Turn_OfManyFinishedChunks_IsOneEvent()
    {
        var driver = ProjectDriver.Rendering(chunks: 20);

        var decision = driver.Take([.. driver.OpenNames.Where(n => n != "mix").Select(n => (ProjectMessage)driver.Finished(n))]);

        Assert.Equal(20, Assert.IsType<ProjectEvent.ChunksFinished>(Assert.Single(decision.Events)).Chunks.Length);
        Assert.Equal(20, decision.Effects.OfType<ProjectEffect.AckJob>().Count(a => a.Verdict is JobVerdict.Done));
        var publish = Assert.Single(decision.Effects.OfType<ProjectEffect.Publish>());
        Assert.Equal((0, 20), (publish.From, publish.To));
    }

    [Fact]
    public void Window_CountsFromWhatIsPublished()
    {
        var driver = ProjectDriver.Rendering(chunks: 100);
        Assert.Equal(Limits.LookAheadChunksMax + 1, driver.Open.Count);

        driver.FinishOpen();
        Assert.Empty(driver.Open); // All of the window is rendered, nothing is published: the farm waits.

        driver.Take(new Published(3));
        Assert.Equal(["render/000032", "render/000033", "render/000034"], driver.OpenNames);
    }

    [Fact]
    public void Chunks_FinishedOutOfOrder_ArePublishedInOrder()
    {
        var driver = ProjectDriver.Rendering(chunks: 4);

        Assert.Empty(driver.Take(driver.Finished("render/000001")).Effects.OfType<ProjectEffect.Publish>());
        var both = Assert.Single(driver.Take(driver.Finished("render/000000")).Effects.OfType<ProjectEffect.Publish>());
        var next = Assert.Single(driver.Take(driver.Finished("render/000002")).Effects.OfType<ProjectEffect.Publish>());

        Assert.Equal((0, 2, 2, 3), (both.From, both.To, next.From, next.To));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Published_BeyondWhatIsReadyOrAlreadyKnown_IsIgnored(int chunks)
    {
        var driver = ProjectDriver.Rendering(chunks: 4);
        driver.Take(driver.Finished("render/000000"));

        Assert.Empty(driver.Take(new Published(chunks)).Events);
    }

    [Fact]
    public void RealPlanner_TwoScenes_GivesChunksThatNameTheirScenes()
    {
        var driver = new ProjectDriver(StandardPlanning.Instance, ProjectDriver.Noon);
        driver.Take(new Submit(SimFilm.Request(3, 1, direct: true)));
        driver.FinishOpen();
        driver.FinishOpen();

        Assert.Equal(ProjectPhase.Rendering, driver.State.Phase);
        var work = Assert.IsType<JobWork.Render>(driver.Open["render/000000"].Spec.Work);
        Assert.Equal(work.Scenes.Length, work.Speech.Length);
        Assert.Equal(JobKeys.Of(work, driver.State.Facts), driver.Open["render/000000"].Spec.Key);
    }
}
