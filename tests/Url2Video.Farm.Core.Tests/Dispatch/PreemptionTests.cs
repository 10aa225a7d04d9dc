using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class PreemptionTests
{
    private readonly DispatchDriver _dispatch = new();

    [Fact]
    public void Urgent_FindingAFarmFullOfLowWork_AsksTheLatestBegunToMakeRoom_AndGetsItsSlot()
    {
        var low = Fill(Band.Low, 4);

        _dispatch.Tell(Job("u", "u", Band.Urgent));

        var asked = Assert.Single(_dispatch.Effects.OfType<DispatchEffect.Preempt>()).Message;
        Assert.Equal(low[^1].Job, asked.Job);
        _dispatch.Tell(new DispatchMessage.Ended(asked.Job, asked.Attempt, low[^1].Node, EndKind.Stopped, null, 10));
        Assert.Equal("u", Assert.Single(_dispatch.Demand(low[^1].Node.Node.Value, 1)).Job.Name);
    }

    [Theory]
    [InlineData(Band.Urgent)]
    [InlineData(Band.Normal)]
    public void OtherBands_AreNeverAsked(Band running)
    {
        Fill(running, 4);
        _dispatch.Tell(Job("u", "u", Band.Urgent));
        _dispatch.Tick();

        Assert.DoesNotContain(_dispatch.Effects, e => e is DispatchEffect.Preempt);
    }

    [Fact]
    public void NormalWork_AsksNobody()
    {
        Fill(Band.Low, 4);
        _dispatch.Tell(Job("n", "n"));

        Assert.DoesNotContain(_dispatch.Effects, e => e is DispatchEffect.Preempt);
    }

    [Fact]
    public void NothingIsAsked_ForWhatTheFreedSlotCouldNotServe()
    {
        Fill(Band.Low, 4);
        _dispatch.Tell(Job("u", "gpu", Band.Urgent, needs: ["gpu"]));
        _dispatch.Tell(Job("u", "licence", Band.Urgent) with { Limits = ["x"] });
        _dispatch.Tick();

        Assert.DoesNotContain(_dispatch.Effects, e => e is DispatchEffect.Preempt);
    }

    [Fact]
    public void CappedProject_AsksForNoMoreThanItCouldUse()
    {
        Fill(Band.Low, 20);
        _dispatch.Tell(new DispatchMessage.SetTenant("t", new(1, null, ProjectRunningMax: 2, false)));
        var asked = Enumerable.Range(0, 10).Sum(i =>
        {
            _dispatch.Tell(Job("u", $"u{i}", Band.Urgent) with { Tenant = "t" });
            return _dispatch.Effects.OfType<DispatchEffect.Preempt>().Count();
        });

        Assert.Equal(2, asked);
    }

    [Fact]
    public void FloodOfUrgentWork_IsBoundedEachSecond_AndLowKeepsItsPart()
    {
        Fill(Band.Low, 200);
        var asked = new HashSet<JobId>();
        for (var i = 0; i < 500; i++)
        {
            _dispatch.Tell(Job("u", $"u{i}", Band.Urgent));
            asked.UnionWith(_dispatch.Effects.OfType<DispatchEffect.Preempt>().Select(p => p.Message.Job));
        }

        Assert.Equal(Limits.PreemptionsPerSecondMax, asked.Count);
        for (var second = 0; second < 8; second++)
        {
            _dispatch.Tick();
            asked.UnionWith(_dispatch.Effects.OfType<DispatchEffect.Preempt>().Select(p => p.Message.Job));
        }

        Assert.Equal(200 - 200 / Limits.BandMinimumParts, asked.Count);
    }

    /// <summary>On four slots a sixteenth is less than one: what low work is granted at its turn must not count as too much.</summary>
    [Fact]
    public void SmallFarmWithUrgentWorkWithoutEnd_LetsLowWorkFinishWhatItIsOwed()
    {
        var running = new Dictionary<string, JobMessage.Assign>();
        var (urgent, lowFinished, finished) = (0, 0, 0);
        var waiting = Enumerable.Range(0, 40).ToDictionary(i => $"l{i}", _ => 1L);
        string[] nodes = ["a", "b", "c", "d"];
        while (finished < 320)
        {
            foreach (var (job, number) in waiting.ToList())
            {
                Take(_dispatch.Tell(Job("low", job, Band.Low) with { Number = number }));
            }

            foreach (var node in nodes)
            {
                if (running.Remove(node, out var ended))
                {
                    _dispatch.End(ended);
                    (finished, lowFinished) = (finished + 1, lowFinished + (ended.Job.Project.Value == "low" ? 1 : 0));
                }

                Take(_dispatch.Demand(node, 1));
                Take(_dispatch.Tell(Job("u", $"u{urgent++}", Band.Urgent)));
                Take(_dispatch.Tell(Job("u", $"u{urgent++}", Band.Urgent)));
            }

            _dispatch.Now = _dispatch.Now.AddSeconds(1);
            _dispatch.Tell(new DispatchMessage.Tick());
        }

        Assert.InRange(100.0 * lowFinished / finished, 3, 10);

        void Take(List<JobMessage.Assign> assigned)
        {
            foreach (var asked in _dispatch.Effects.OfType<DispatchEffect.Preempt>().Select(p => p.Message).ToList())
            {
                if (running.FirstOrDefault(r => r.Value.Job == asked.Job && r.Value.Offer == asked.Attempt) is { Key: { } node, Value: var victim })
                {
                    running.Remove(node);
                    _dispatch.End(victim, EndKind.Stopped);
                    waiting[victim.Job.Name] = victim.Offer + 1;
                }
            }

            foreach (var assign in assigned)
            {
                running[assign.Node.Node.Value] = assign;
                waiting.Remove(assign.Job.Name);
                _dispatch.Take(assign);
                _dispatch.Busy(assign.Node.Node.Value, 0, [], RunningOf(assign, Job(assign.Job.Project.Value, assign.Job.Name, assign.Job.Project.Value == "low" ? Band.Low : Band.Urgent)));
            }
        }
    }

    /// <summary>The goal of the farm: 100 slots full of low work, 500 urgent jobs arrive.</summary>
    [Fact]
    public void FarmFullOfLowWork_UrgentProjectArrives_StartsWithinTwoSeconds_AndLowGoesOn()
    {
        var running = Fill(Band.Low, 100).ToDictionary(a => a.Node.Node.Value);
        var begin = _dispatch.Now;
        DateTimeOffset? first = null;
        for (var i = 0; i < 500; i++)
        {
            _dispatch.Tell(Job("u", $"u{i}", Band.Urgent));
            Obey();
        }

        var lowRunning = new List<int>();
        for (var second = 0; second < 20; second++)
        {
            for (var i = 0; i < 500; i++)
            {
                _dispatch.Tell(Job("u", $"u{i}", Band.Urgent) with { Number = 1 });
            }

            _dispatch.Tick();
            Obey();
            foreach (var (node, assign) in running.ToList())
            {
                _dispatch.Busy(node, 0, [], RunningOf(assign, BandOf(assign)));
            }

            lowRunning.Add(running.Values.Count(a => a.Job.Project.Value == "fill"));
        }

        Assert.InRange((first!.Value - begin).TotalSeconds, 0, 2);
        Assert.True(lowRunning.Min() >= 3, $"{lowRunning.Min()} low jobs left");
        Assert.True(running.Values.Count(a => a.Job.Project.Value == "u") >= 80);

        void Obey()
        {
            foreach (var asked in _dispatch.Effects.OfType<DispatchEffect.Preempt>().Select(p => p.Message).ToList())
            {
                if (running.Values.FirstOrDefault(a => a.Job == asked.Job && a.Offer == asked.Attempt) is not { } victim)
                {
                    continue;
                }

                running.Remove(victim.Node.Node.Value);
                _dispatch.End(victim, EndKind.Stopped);
                foreach (var assign in _dispatch.Demand(victim.Node.Node.Value, 1))
                {
                    running.Add(assign.Node.Node.Value, assign);
                    _dispatch.Take(assign);
                    first ??= assign.Job.Project.Value == "u" ? _dispatch.Now : null;
                }
            }
        }
    }

    private static DispatchMessage.Offer BandOf(JobMessage.Assign a) => Job(a.Job.Project.Value, a.Job.Name, a.Job.Project.Value == "u" ? Band.Urgent : Band.Low);

    private List<JobMessage.Assign> Fill(Band band, int slots)
    {
        var running = new List<JobMessage.Assign>();
        for (var i = 0; i < slots; i++)
        {
            _dispatch.Now = _dispatch.Now.AddMilliseconds(1);
            _dispatch.Tell(Job("fill", $"f{i}", band));
            var assign = Assert.Single(_dispatch.Demand($"n{i}", 1));
            running.Add(assign);
            _dispatch.Take(assign);
        }

        return running;
    }
}
