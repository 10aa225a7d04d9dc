using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class AmountTests
{
    private static readonly string[] Gpu24 = ["cpu.cores=16", "gpu", "gpu.count=1", "gpu.vram.gib=24"];
    private readonly DispatchDriver _dispatch = new();

    public AmountTests()
    {
        _dispatch.Tick(); // The learning window of amounts begins with the first message.
        _dispatch.Tick(Limits.AmountLearningSeconds);
    }

    [Theory]
    [InlineData("gpu.vram.gib>=12", true)]
    [InlineData("gpu.vram.gib>=25", false)]
    [InlineData("gpu>=1", true)]
    [InlineData("gpu>=2", false)]
    [InlineData("gpu", true)]
    [InlineData("cpu.cores>=16", true)]
    [InlineData("cpu.cores>=17", false)]
    [InlineData("driver>=1", false)]
    [InlineData("gpu>=x", false)]
    public void Need_IsMetByAnAmountThatIsLargeEnough(string need, bool isMet)
    {
        _dispatch.Demand("a", 1, Gpu24);

        Assert.Equal(isMet, _dispatch.Tell(Job("p", "j", needs: [need])).Count == 1);
    }

    [Fact]
    public void GpuMemory_OfOneDevice_IsSharedAndNeverOversubscribed()
    {
        for (var i = 0; i < 5; i++)
        {
            _dispatch.Tell(Job("p", $"j{i}", needs: ["gpu.vram.gib>=10"]));
        }

        var two = _dispatch.Demand("a", 8, Gpu24);
        Assert.Equal(2, two.Count);
        two.ForEach(a => _dispatch.Take(a));
        Assert.Equal(WaitReason.AmountsTaken, _dispatch.Logic.Explain(JobOf("p", "j4"), _dispatch.Now).Reason);

        Assert.Single(_dispatch.End(two[0]));
    }

    [Fact]
    public void WholeDevice_IsAlone_AndSharedWorkGoesToTheOther()
    {
        string[] two = ["gpu", "gpu.count=2", "gpu.vram.gib=24"];
        _dispatch.Tell(Job("p", "whole", needs: ["gpu>=1"]));
        _dispatch.Tell(Job("p", "shared1", needs: ["gpu.vram.gib>=12"]));
        _dispatch.Tell(Job("p", "shared2", needs: ["gpu.vram.gib>=12"]));
        _dispatch.Tell(Job("p", "shared3", needs: ["gpu.vram.gib>=12"]));

        Assert.Equal(3, _dispatch.Demand("a", 8, two).Count);
    }

    [Fact]
    public void AfterAFailover_WhatNodesRunIsCounted()
    {
        _dispatch.Replace();
        _dispatch.Tick();
        _dispatch.Tick(Limits.AmountLearningSeconds);
        var running = new RunningJob(JobOf("p", "old"), 7, default, "", []) { Needs = ["gpu.vram.gib>=20"] };
        _dispatch.Tell(Job("p", "new", needs: ["gpu.vram.gib>=10"]));

        Assert.Empty(_dispatch.Busy("a", 3, Gpu24, running));
        Assert.Single(_dispatch.Busy("a", 4, Gpu24)); // No longer listed: over.
    }

    [Fact]
    public void CpuWork_PrefersNodesWithoutGpu_UsesIdleGpuSlots_AndLeavesOneForGpuWork()
    {
        _dispatch.Demand("gpu", 4, Gpu24);
        _dispatch.Demand("cpu", 1, ["cpu.cores=16"]);
        _dispatch.Tell(Job("g", "g", needs: ["gpu"]));
        var nodes = Enumerable.Range(0, 5).SelectMany(i => _dispatch.Tell(Job("p", $"j{i}"))).Select(a => a.Node.Node.Value).ToList();

        Assert.Equal(["cpu", "gpu", "gpu"], nodes); // One slot has the GPU job, one stays for the next.
        Assert.Equal(WaitReason.KeptForGpu, _dispatch.Logic.Explain(JobOf("p", "j4"), _dispatch.Now).Reason);
        Assert.Single(_dispatch.Tell(Job("g", "g2", needs: ["gpu"])));
    }

    [Fact]
    public void GpuFarm_WithEndlessGpuWork_StillServesCpuWork()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _dispatch.Tell(Job("g", $"g{i}", needs: ["gpu"]));
            _dispatch.Tell(Job("c", $"c{i}"));
        }

        var served = new List<JobId>();
        while (served.Count < 800 && _dispatch.Demand("node", 1, Gpu24) is [var assign])
        {
            served.Add(assign.Job);
            _dispatch.Take(assign);
        }

        Assert.InRange(served.Count(j => j.Project.Value == "c"), 40, 60);
    }

    /// <summary>Any order of offers, ends, losses and repeated demands: on no device is more promised than it has.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyMessages_NeverOversubscribeANode(ulong seed)
    {
        var random = new SplitMix(seed);
        string[] words = ["gpu", "gpu.count=2", "gpu.vram.gib=24", "mem.gib=64"];
        var running = new Dictionary<JobMessage.Assign, DispatchMessage.Offer>();
        var offers = new Dictionary<JobId, DispatchMessage.Offer>();
        var seconds = 0;
        for (var step = 0; step < 8_000; step++)
        {
            var started = new List<JobMessage.Assign>();
            switch (random.Below(5))
            {
                case 0 or 1:
                    string[] needs = random.Chance(0.2) ? ["gpu>=1"] : random.Chance(0.7) ? [$"gpu.vram.gib>={1 + random.Below(24)}", "mem.gib>=8"] : [$"mem.gib>={1 + random.Below(64)}"];
                    var offer = Job($"p{random.Below(3)}", $"{step}", needs: needs);
                    offers.Add(offer.Job, offer);
                    started = _dispatch.Tell(offer);
                    break;
                case 2:
                    started = Speak($"n{random.Below(2)}");
                    break;
                case 3 when running.Count > 0:
                    var ended = running.Keys.ElementAt(random.Below(running.Count));
                    running.Remove(ended);
                    started = _dispatch.End(ended, random.Chance(0.5) ? EndKind.Finished : EndKind.Stopped);
                    break;
                case 4:
                    started = Begin(_dispatch.Tick());
                    if (++seconds % Limits.HeartbeatSeconds == 0)
                    {
                        started.AddRange(Begin(Speak("n0")));
                        started.AddRange(Begin(Speak("n1")));
                    }

                    break;
            }

            foreach (var assign in started.Where(a => !running.ContainsKey(a)))
            {
                running.Add(assign, offers[assign.Job]); // The job begins at once, whatever the dispatcher hears of it.
                if (random.Chance(0.7))
                {
                    _dispatch.Take(assign).ForEach(a => running.TryAdd(a, offers[a.Job]));
                }
            }

            Assert.All(running.GroupBy(r => r.Key.Node), Fits);
        }

        Assert.True(offers.Count > 100);

        // What was assigned runs when the next node speaks.
        List<JobMessage.Assign> Begin(List<JobMessage.Assign> assigned)
        {
            assigned.ForEach(a => running.TryAdd(a, offers[a.Job]));
            return assigned;
        }

        List<JobMessage.Assign> Speak(string node) => _dispatch.Busy(
            node, 4, words, [.. running.Where(r => r.Key.Node.Node.Value == node).Select(r => RunningOf(r.Key, r.Value))]);
    }

    private static void Fits(IGrouping<NodeIncarnation, KeyValuePair<JobMessage.Assign, DispatchMessage.Offer>> node)
    {
        var needs = node.Select(r => CapabilityIndex.NeedsOf(r.Value.Needs)).ToList();
        var whole = needs.Sum(n => n.Where(x => x.Name == Need.GpuCount).Sum(x => x.Least ?? 0));
        var shared = needs.SelectMany(n => n.Where(x => x.Name == Need.GpuMemory)).Select(x => x.Least ?? 0).OrderDescending().ToList();
        Assert.True(needs.Sum(n => n.Where(x => x.Name == "mem.gib").Sum(x => x.Least ?? 0)) <= 64);
        Assert.True(whole <= 2);
        Assert.True(shared.Count == 0 || CanPack(shared, 0, new int[2 - whole]), string.Join(',', shared));
    }

    private static bool CanPack(List<int> jobs, int next, int[] devices) => next == jobs.Count || Enumerable.Range(0, devices.Length).Any(d =>
    {
        devices[d] += jobs[next];
        var fits = devices[d] <= 24 && CanPack(jobs, next + 1, devices);
        devices[d] -= jobs[next];
        return fits;
    });
}
