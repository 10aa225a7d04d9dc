using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class LimitTests
{
    private readonly DispatchDriver _dispatch = new();

    [Fact]
    public void Limit_IsNeverPassed_AndEachEndLetsTheNextIn()
    {
        Learn(2);
        var first = Offer(5, "a", 9);

        Assert.Equal(2, first.Count);
        Assert.Single(_dispatch.End(first[0]));
    }

    [Fact]
    public void NewDispatcher_GrantsNoLimitedJobBeforeItHasLearnt_AndCountsWhatNodesRun()
    {
        Learn(2);
        var first = Offer(2, "a", 9);
        _dispatch.Replace();
        _dispatch.Tell(new DispatchMessage.SetLimit("x", 2));
        _dispatch.Tell(Limited("j8"));
        _dispatch.Tell(Limited("j9"));

        Assert.Empty(_dispatch.Busy("a", 7, [], RunningOf(first[0], Limited("j0"))));
        Assert.Equal(WaitReason.Learning, _dispatch.Logic.Explain(JobOf("p", "j8"), _dispatch.Now).Reason);
        Assert.Single(Learning("a", RunningOf(first[0], Limited("j0")))); // One of two is in use.
    }

    [Fact]
    public void UndefinedLimit_LetsItsJobsWait_AndAsksForItsSettings()
    {
        _dispatch.Demand("a", 1);
        _dispatch.Tell(Limited("j"));
        Assert.Contains(new DispatchEffect.AskLimit("x"), _dispatch.Effects);
        Assert.Equal(WaitReason.LimitAsked, _dispatch.Logic.Explain(JobOf("p", "j"), _dispatch.Now).Reason);

        _dispatch.Tell(new DispatchMessage.SetLimit("x", null));

        Assert.Equal(WaitReason.LimitUndefined, _dispatch.Logic.Explain(JobOf("p", "j"), _dispatch.Now).Reason);
    }

    [Fact]
    public void LoweredLimit_TakesNothingAway_AndLetsNothingNewIn()
    {
        Learn(3);
        var running = Offer(6, "a", 9);
        _dispatch.Tell(new DispatchMessage.SetLimit("x", 1));

        Assert.Empty(_dispatch.End(running[0]));
        Assert.Empty(_dispatch.End(running[1]));
        Assert.Single(_dispatch.End(running[2]));
    }

    [Fact]
    public void StoppedWork_CountsUntilItsNodeNoLongerNamesIt()
    {
        Learn(1);
        var running = Assert.Single(Offer(2, "a", 9));
        _dispatch.Take(running);
        _dispatch.Busy("a", 8, [], RunningOf(running, Limited("j0")));

        Assert.Empty(_dispatch.End(running, EndKind.Stopped)); // The order to stop is under way, the licence still in use.
        Assert.Single(_dispatch.Demand("a", 9));
    }

    [Fact]
    public void NodeThatFellSilent_HoldsItsLicencesUntilTheLeaseIsOver()
    {
        Learn(1);
        var running = Assert.Single(Offer(2, "a", 1));
        _dispatch.Take(running);
        _dispatch.Tell(new DispatchMessage.NodeGone(running.Node));
        _dispatch.Busy("b", 1, []);

        Assert.Empty(Keeping("b", Limits.LimitFenceSeconds - 2));
        Assert.Single(Keeping("b", 2)); // From its last word on.
    }

    [Fact]
    public void LaterLifeOfANode_GivesItsLicencesBackAtOnce()
    {
        Learn(1);
        _dispatch.Take(Assert.Single(Offer(2, "a", 1)));

        Assert.Single(_dispatch.Demand("a", 1, epoch: 2));
    }

    [Fact]
    public void LicenceRefused_CoolsTheLimitAndBlamesNobody()
    {
        Learn(5);
        var running = Offer(9, "a", 5);

        for (var i = 0; i < 5; i++)
        {
            Assert.Empty(_dispatch.End(running[i], EndKind.Failed, ErrorCodes.LicenceTaken));
        }

        Assert.DoesNotContain(_dispatch.Effects, e => e is DispatchEffect.NodeQuarantined);
        Assert.Equal(WaitReason.LimitCooling, _dispatch.Logic.Explain(JobOf("p", "j8"), _dispatch.Now).Reason);
        Assert.NotEmpty(Keeping("a", Limits.LicenceCoolSeconds));
    }

    private static DispatchMessage.Offer Limited(string name) => Job("p", name) with { Limits = ["x"] };

    private void Learn(int max)
    {
        _dispatch.Tell(new DispatchMessage.SetLimit("x", max));
        _dispatch.Tick(Limits.LimitLearningSeconds);
    }

    private List<JobMessage.Assign> Offer(int jobs, string node, int free)
    {
        _dispatch.Demand(node, free);
        return [.. Enumerable.Range(0, jobs).SelectMany(i => _dispatch.Tell(Limited($"j{i}")))];
    }

    /// <summary>Time passes; the node speaks and the jobs repeat themselves.</summary>
    private List<JobMessage.Assign> Keeping(string node, int seconds) => Pass(seconds, () => _dispatch.Busy(node, node == "a" ? 5 : 1, []));

    private List<JobMessage.Assign> Learning(string node, RunningJob running) => Pass(Limits.LimitLearningSeconds, () => _dispatch.Busy(node, 8, [], running));

    private List<JobMessage.Assign> Pass(int seconds, Func<List<JobMessage.Assign>> speak)
    {
        var assigned = new List<JobMessage.Assign>();
        for (var i = 0; i < seconds && assigned.Count == 0; i++)
        {
            assigned.AddRange(speak());
            foreach (var name in new[] { "j1", "j8", "j9" }.Where(n => _dispatch.Logic.Explain(JobOf("p", n), _dispatch.Now).Ahead is not null))
            {
                assigned.AddRange(_dispatch.Tell(Limited(name)));
            }

            assigned.AddRange(_dispatch.Tick());
        }

        return assigned;
    }
}
