using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Tests.Projects;

/// <summary>Priority, orders to single jobs, excuses, poison and the encoder of a film.</summary>
public sealed class ProjectOrderTests
{
    private readonly ProjectDriver _driver = ProjectDriver.Rendering(8);

    [Fact]
    public void SetPriority_TellsOpenJobsAndStartsNoTerm()
    {
        var decision = _driver.Take(new SetPriority(Band.Urgent, 5));

        Assert.Equal(1, _driver.State.Term);
        var told = decision.Effects.OfType<ProjectEffect.RespecJob>().ToList();
        Assert.Equal(_driver.Open.Count, told.Count);
        Assert.All(told, r => Assert.Equal((Band.Urgent, 5), (r.Spec.Band, r.Spec.Weight)));
        Assert.Empty(_driver.Take(new SetPriority(Band.Urgent, 5)).Events);
        Assert.Equal(ErrorCodes.InvalidArgument, AnswerOf(_driver.Take(new SetPriority(Band.Low, 0)))?.Code);
    }

    [Fact]
    public void KillJob_InWork_IsTold_OtherJobsAreExplained()
    {
        var decision = _driver.Take(new KillJob("render/000003"));

        Assert.IsType<JobMessage.Kill>(Assert.Single(decision.Effects.OfType<ProjectEffect.TellJob>()).Message);
        Assert.Null(AnswerOf(decision));
        Assert.Equal(ErrorCodes.ProjectState, AnswerOf(_driver.Take(new KillJob("ingest")))?.Code);
        Assert.Equal(ErrorCodes.JobNotFound, AnswerOf(_driver.Take(new KillJob("render/000099")))?.Code);
        Assert.Equal(ErrorCodes.JobNotFound, AnswerOf(_driver.Take(new KillJob("../etc")))?.Code);
    }

    [Fact]
    public void RetryJob_ThatKilledItsProject_TakesTheProjectUpAgain()
    {
        _driver.Take(_driver.Failed("mix", _driver.FirstAttempt, retryable: false));
        Assert.Equal(ProjectStatus.Failed, _driver.State.Status);

        Assert.NotNull(AnswerOf(_driver.Take(new RetryJob("render/000001"))));
        Assert.Null(AnswerOf(_driver.Take(new RetryJob("mix"))));

        Assert.True(_driver.State.IsWorking);
    }

    [Theory]
    [InlineData(ErrorCodes.LicenceTaken)]
    [InlineData(ErrorCodes.SceneTooLarge)] // For the workers of that node.
    public void RefusalThatOthersMayNotMake_SpendsNoRetry(string code)
    {
        for (var i = 0; i < Limits.FailuresPerJobMax + 2; i++)
        {
            _driver.Take(With(_driver.Failed("mix", _driver.FirstAttempt + i), new FarmError(code, "not here", Retryable: true)));
        }

        Assert.True(_driver.State.IsWorking);
        Assert.Equal(0, _driver.State.FailuresTotal);
        Assert.Equal(Limits.FailuresPerJobMax + 2, _driver.State.Troubles["mix"].Excused);
    }

    [Fact]
    public void NodesLostUnderAJob_OnThreeOfThem_IsPoisonAndNamed()
    {
        for (var i = 0; i < Limits.PoisonNodes; i++)
        {
            Assert.True(_driver.State.IsWorking);
            _driver.Take(_driver.Lost("render/000002", _driver.FirstAttempt + i) with { Node = new NodeIncarnation(new NodeId($"node{i}"), 1) });
        }

        Assert.Equal("render/000002", Assert.Single(_driver.State.Dead).Job);
        Assert.Contains("render/000002", _driver.State.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NodesLostUnderAJob_OnTwoOfThem_IsQuarantinedAndGoesOn()
    {
        var first = Lose("render/000002", 0, "n1");
        var second = Lose("render/000002", 1, "n2");

        Assert.Equal(TimeSpan.FromSeconds(Limits.QuarantinedJobPauseSeconds), second.Delay);
        Assert.True(first.Delay < second.Delay);
        Assert.True(_driver.State is { IsWorking: true, Dead.IsEmpty: true } && _driver.State.Troubles["render/000002"].IsQuarantined);

        _driver.Take(_driver.Finished("render/000002", _driver.FirstAttempt + 2));
        Assert.NotNull(_driver.State.Chunks[2]);
    }

    [Fact]
    public void NodesLost_UnderDifferentJobs_QuarantineNone()
    {
        Lose("render/000000", 0, "n1");
        Lose("render/000001", 0, "n2");
        Lose("render/000002", 0, "n1");
        Lose("render/000002", 1, "n1");

        Assert.True(_driver.State.IsWorking);
        Assert.DoesNotContain(_driver.State.Troubles.Values, t => t.IsQuarantined);
    }

    private JobVerdict.Again Lose(string job, int attempt, string node)
    {
        var lost = _driver.Lost(job, _driver.FirstAttempt + attempt) with { Node = new NodeIncarnation(new NodeId(node), 1) };
        return Assert.IsType<JobVerdict.Again>(Assert.Single(_driver.Take(lost).Effects.OfType<ProjectEffect.AckJob>()).Verdict);
    }

    [Fact]
    public void FailedJob_AfterACrash_AvoidsTheNodesItFailedOn()
    {
        _driver.Take(_driver.Failed("render/000002", _driver.FirstAttempt));

        _driver.Take(new Recovered());

        Assert.Equal(new NodeId("node"), Assert.Single(_driver.Open["render/000002"].Avoid));
    }

    [Fact]
    public void FirstChunk_BindsTheFilmToItsEncoder()
    {
        var word = EncoderWords.Of("libx264", "0123456789ab");
        var decision = _driver.Take(Made("render/000000", word));

        Assert.All(decision.Effects.OfType<ProjectEffect.RespecJob>(), r => Assert.Equal(word, Assert.Single(r.Spec.Needs)));
        Assert.Equal(7, decision.Effects.OfType<ProjectEffect.RespecJob>().Count());

        _driver.Take(Made("render/000001", EncoderWords.Of("libx264", "ffffffffffff")));
        Assert.Null(_driver.State.Chunks[1]);
        Assert.Equal((0, 1), (_driver.State.Troubles["render/000001"].Failures, _driver.State.Troubles["render/000001"].Excused));
    }

    private JobSettled Made(string job, string encoder)
    {
        var settled = _driver.Finished(job);
        var result = (JobResult.Rendered)((JobOutcome.Finished)settled.Outcome).Result;
        return settled with { Outcome = new JobOutcome.Finished(result with { Encoder = encoder }) };
    }

    private static JobSettled With(JobSettled settled, FarmError error) => settled with { Outcome = new JobOutcome.Failed(error) };

    private static FarmError? AnswerOf(ProjectDecision decision) => Assert.Single(decision.Effects.OfType<ProjectEffect.Answer>()).Error;
}
