using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

/// <summary>A file of a finished job is gone: the job that made it is done again, and nothing else.</summary>
public sealed class LostResultTests
{
    private readonly ProjectDriver _driver = ProjectDriver.Rendering(3);

    public LostResultTests() => _driver.FinishOpen();

    [Fact]
    public void MissingSegment_ReportedByAssemble_IsRenderedAgainUnderHigherAttempts()
    {
        var before = AttemptNumber.FirstOf(_driver.State.Term);

        _driver.Take(Missing("assemble", SegmentOf(1)));

        var start = _driver.Open["render/000001"];
        Assert.Equal(AttemptNumber.FirstOf(_driver.State.Term, 1), start.FirstAttempt);
        Assert.True(start.FirstAttempt > before && start.CountedOut == start.FirstAttempt - 1 && start.Spec.WorkAnew);
        Assert.Equal(["assemble", "render/000001"], _driver.OpenNames);
        Assert.Equal(ProjectPhase.Assembling, _driver.State.Phase);
        Assert.Equal(0, _driver.State.FailuresTotal);
    }

    [Fact]
    public void MissingSegment_MadeAgain_IsForgottenAndTheFilmGoesOn()
    {
        _driver.Take(Missing("assemble", SegmentOf(1)));

        var decision = _driver.Take(_driver.Finished("render/000001"));

        Assert.Equal(["assemble"], _driver.OpenNames);
        Assert.Contains(decision.Effects, e => e is ProjectEffect.Publish);
        Assert.Equal(3, _driver.State.ChunksDone);
        _driver.Take(_driver.Finished("assemble", AttemptNumber.FirstOf(_driver.State.Term) + 5));
        Assert.NotNull(_driver.State.Files);
    }

    [Fact]
    public void MissingSegment_ReportedByManyAtOnce_IsLostOnce()
    {
        _driver.Take(Missing("assemble", SegmentOf(1)), new OutputFailed(SimFilm.Missing(SegmentOf(1))));

        Assert.Single(_driver.Journal.OfType<ProjectEvent.ResultsLost>());
        Assert.True(_driver.State.IsWorking);
    }

    [Fact]
    public void MissingSegment_MadeAgainDifferently_IsRefused()
    {
        _driver.Take(Missing("assemble", SegmentOf(1)));
        var good = _driver.Finished("render/000001");
        var rung = ((JobResult.Rendered)((JobOutcome.Finished)good.Outcome).Result).Rungs[0];
        var other = rung with { Segments = [rung.Segments[0] with { File = new ArtifactRef(new ArtifactId("other"), 5) }] };

        _driver.Take(good with { Outcome = new JobOutcome.Finished(new JobResult.Rendered([other])) });

        Assert.Equal(ErrorCodes.ResultWrong, Assert.Single(_driver.Journal.OfType<ProjectEvent.AttemptFailed>()).Error.Code);
    }

    [Fact]
    public void MissingFile_AgainAndAgain_FailsTheProjectAndSaysWhere()
    {
        for (var i = 0; i <= Limits.ResultsLostPerJobMax; i++)
        {
            _driver.Take(new OutputFailed(SimFilm.Missing(SegmentOf(2))));
            if (_driver.State.IsWorking)
            {
                _driver.Take(_driver.Finished("render/000002"));
            }
        }

        Assert.Equal(ProjectStatus.Failed, _driver.State.Status);
        Assert.Equal("render/000002", Assert.Single(_driver.State.Dead).Job);
        _driver.Take(new Retry());
        Assert.True(_driver.State.IsWorking);
    }

    [Fact]
    public void MissingFile_ThatNobodyMade_IsAnOrdinaryFailure()
    {
        _driver.Take(Missing("assemble", new ArtifactId("nobody's")));

        Assert.Empty(_driver.Journal.OfType<ProjectEvent.ResultsLost>());
        Assert.Equal(1, _driver.State.FailuresTotal);
    }

    [Fact]
    public void LostResult_AfterACrash_IsStillMadeAgain()
    {
        _driver.Take(Missing("assemble", SegmentOf(1)));

        _driver.Take(new Recovered());

        var start = _driver.Open["render/000001"];
        Assert.Equal((AttemptNumber.FirstOf(2, 1), true), (start.FirstAttempt, start.Spec.WorkAnew));
        Assert.True(start.CountedOut < start.FirstAttempt);
    }

    private ArtifactId SegmentOf(int chunk) => _driver.State.Chunks[chunk]!.Rungs[0].Segments[0].File.Id;

    private JobSettled Missing(string job, ArtifactId file) => new(
        new JobId(_driver.Id, job),
        _driver.State.Term,
        _driver.Open[job].FirstAttempt,
        new NodeIncarnation(new NodeId("node"), 1),
        new JobOutcome.Failed(SimFilm.Missing(file)));
}
