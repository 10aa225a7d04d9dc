using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class HealthTests
{
    private readonly DispatchDriver _dispatch = new();
    private int _job;

    [Fact]
    public void BlackHole_IsQuarantinedAfterFiveFailures_AndGetsNothingMore()
    {
        _dispatch.Demand("good", 0);
        var failures = 0;
        var effects = new List<DispatchEffect>();
        while (GiveOne("bad") is { } assign)
        {
            Fail(assign);
            effects.AddRange(_dispatch.Effects);
            failures++;
        }

        Assert.Equal(Limits.FailuresPerNodeMax, failures);
        Assert.Contains(effects, e => e is DispatchEffect.NodeQuarantined { Node.Value: "bad", Until: not null });
    }

    [Fact]
    public void SmallWorkers_ThatRefuseLargeScenes_AreNotQuarantined()
    {
        _dispatch.Demand("good", 0);
        for (var i = 0; i < 3 * Limits.FailuresPerNodeMax; i++)
        {
            var assign = GiveOne("small")!;
            _dispatch.Take(assign);
            _dispatch.End(assign, EndKind.Failed, "ERR_SCENE_TOO_LARGE");
            Assert.DoesNotContain(_dispatch.Effects, e => e is DispatchEffect.NodeQuarantined);
        }
    }

    [Fact]
    public void BlackHole_AmongTwentyNodes_DoesNotSpoilTheProject()
    {
        for (var i = 0; i < 20; i++)
        {
            _dispatch.Demand($"n{i}", 0);
        }

        var (failed, done, open) = (0, 0, new Queue<string>(Enumerable.Range(0, 400).Select(i => $"j{i}")));
        var number = new Dictionary<string, long>();
        for (var turn = 0; open.Count + _dispatch.Logic.QueuedJobs > 0 && turn < 4_000; turn++)
        {
            if (open.TryDequeue(out var name))
            {
                number[name] = number.GetValueOrDefault(name) + 1;
                _dispatch.Tell(Job("p", name) with { Number = number[name] });
            }

            var node = turn % 3 == 0 ? "n0" : $"n{1 + turn % 19}"; // The bad one is always free first.
            var assigned = _dispatch.Demand(node, 1);
            foreach (var assign in assigned)
            {
                var isBad = assign.Node.Node.Value == "n0";
                (failed, done) = (failed + (isBad ? 1 : 0), done + (isBad ? 0 : 1));
                _dispatch.Take(assign);
                _ = isBad ? Fail(assign) : _dispatch.End(assign);
                _dispatch.Demand(node, 0);
                if (isBad)
                {
                    open.Enqueue(assign.Job.Name);
                }
            }
        }

        Assert.InRange(failed, 1, Limits.FailuresPerNodeMax);
        Assert.Equal(400, done);
    }

    [Fact]
    public void PoisonProject_FailingEverywhere_QuarantinesNobody()
    {
        for (var i = 0; i < 60; i++)
        {
            Fail(GiveOne($"n{i % 3}")!);
            Assert.DoesNotContain(_dispatch.Effects, e => e is DispatchEffect.NodeQuarantined);
        }
    }

    [Fact]
    public void LastUsableNode_IsNeverQuarantined()
    {
        for (var i = 0; i < 20; i++)
        {
            Fail(GiveOne("only")!);
        }

        Assert.NotNull(GiveOne("only"));
    }

    [Fact]
    public void Quarantine_EndsWithProbes_OneAtATime_AndAPardon()
    {
        QuarantineOne();
        KeepAlive(Limits.QuarantineSeconds);
        _dispatch.Tell(Job("p", "probe1"));
        _dispatch.Tell(Job("p", "probe2"));

        var probe = Assert.Single(_dispatch.Demand("bad", 4));
        _dispatch.Take(probe);
        Assert.Empty(_dispatch.Busy("bad", 3, [], RunningOf(probe, Job("p", probe.Job.Name))));
        var second = Assert.Single(_dispatch.End(probe).Concat(_dispatch.Demand("bad", 4)));
        _dispatch.Take(second);
        _dispatch.End(second);

        Assert.Contains(_dispatch.Effects, e => e is DispatchEffect.NodePardoned { Node.Value: "bad" });
    }

    [Fact]
    public void FailedProbe_QuarantinesAgain_ForTwiceAsLong()
    {
        QuarantineOne();
        KeepAlive(Limits.QuarantineSeconds);
        _dispatch.Tell(Job("p", "probe"));
        Fail(Assert.Single(_dispatch.Demand("bad", 4)));

        var again = Assert.Single(_dispatch.Effects.OfType<DispatchEffect.NodeQuarantined>());
        Assert.Equal((2, _dispatch.Now.AddSeconds(2 * Limits.QuarantineSeconds)), (again.Times, again.Until));
    }

    [Fact]
    public void Operator_QuarantinesAndPardons_DrainsAndResumes()
    {
        _dispatch.Tell(new DispatchMessage.Quarantine(new NodeId("a"), "It smells of smoke.", null, 1));
        _dispatch.Tell(Job("p", "j"));
        Assert.Empty(_dispatch.Demand("a", 1));
        Assert.Equal(WaitReason.NothingUsable, _dispatch.Logic.Explain(JobOf("p", "j"), _dispatch.Now).Reason);
        _dispatch.Take(Assert.Single(_dispatch.Tell(new DispatchMessage.Pardon(new NodeId("a")))));

        _dispatch.Tell(new DispatchMessage.Drain(new NodeId("a")));
        Assert.Empty(_dispatch.Demand("a", 1));
        Assert.Empty(_dispatch.Tell(Job("p", "k")));
        Assert.Single(_dispatch.Tell(new DispatchMessage.Resume(new NodeId("a"))));
    }

    [Fact]
    public void Avoid_SkipsTheNode_OnlyWhileAnotherCouldDoIt()
    {
        _dispatch.Demand("a", 1);
        _dispatch.Demand("b", 0);
        Assert.Empty(_dispatch.Tell(Job("p", "j") with { Avoid = [new NodeId("a")] }));
        Assert.Equal(WaitReason.Avoiding, _dispatch.Logic.Explain(JobOf("p", "j"), _dispatch.Now).Reason);

        _dispatch.Tell(new DispatchMessage.Quarantine(new NodeId("b"), "Bad.", null, 1));

        Assert.Equal(0, _dispatch.Logic.QueuedJobs);
    }

    [Fact]
    public void JobLostUnderTwoNodes_IsReportedAsPoison()
    {
        foreach (var node in new[] { "a", "b" })
        {
            Assert.DoesNotContain(_dispatch.Effects, e => e is DispatchEffect.PoisonSuspect);
            _dispatch.Tell(new DispatchMessage.Ended(JobOf("p", "j"), 1, Node(node), EndKind.Lost, null, 5));
        }

        Assert.Equal(["a", "b"], Assert.Single(_dispatch.Effects.OfType<DispatchEffect.PoisonSuspect>()).Nodes.Select(n => n.Value));
    }

    private List<JobMessage.Assign> Fail(JobMessage.Assign assign)
    {
        _dispatch.Take(assign);
        return _dispatch.End(assign, EndKind.Failed, "ERR_MEDIA_FAILED");
    }

    private JobMessage.Assign? GiveOne(string node)
    {
        _dispatch.Tell(Job("p", $"job{_job++}"));
        var assign = _dispatch.Demand(node, 1).SingleOrDefault();
        return assign;
    }

    private void QuarantineOne()
    {
        _dispatch.Demand("good", 0);
        while (GiveOne("bad") is { } assign)
        {
            Fail(assign);
        }

        _dispatch.Tell(new DispatchMessage.Withdraw(JobOf("p", $"job{_job - 1}"), 1));
    }

    private void KeepAlive(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _dispatch.Demand("bad", 0);
            _dispatch.Demand("good", 0);
            _dispatch.Tick();
        }
    }
}
