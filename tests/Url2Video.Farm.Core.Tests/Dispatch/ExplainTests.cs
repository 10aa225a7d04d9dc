using System.Diagnostics;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Tests.Simulation;
using Xunit.Abstractions;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class ExplainTests(ITestOutputHelper output)
{
    private readonly DispatchDriver _dispatch = new();

    [Fact]
    public void MissingNeed_IsNamedWithTheBestThereIs()
    {
        _dispatch.Demand("a", 1, ["gpu", "gpu.vram.gib=8"]);
        _dispatch.Tell(Job("p", "j", needs: ["gpu.vram.gib>=12", "voice:flite"]));

        var why = _dispatch.Logic.Explain(JobOf("p", "j"), _dispatch.Now);

        Assert.Equal(WaitReason.NothingCapable, why.Reason);
        Assert.Equal([new("gpu.vram.gib>=12", 8), new("voice:flite", null)], why.Missing.ToArray());
        Assert.Contains("gpu.vram.gib>=12 (best: 8)", why.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void BusyNodes_AreCounted_AndTheJobsBeforeItToo()
    {
        _dispatch.Demand("a", 0);
        _dispatch.Demand("b", 0);
        for (var i = 0; i < 5; i++)
        {
            _dispatch.Offer("p", $"j{i}", enqueued: i);
        }

        var why = _dispatch.Logic.Explain(JobOf("p", "j3"), _dispatch.Now);

        Assert.Equal((WaitReason.Busy, 3, 5, new CapableNodes(2, 2, 0, 0)), (why.Reason, why.Ahead, why.InBand, why.Nodes));
    }

    [Fact]
    public void RunningAndUnknownJobs_HaveTheirAnswerToo()
    {
        _dispatch.Demand("a", 1);
        var assign = Assert.Single(_dispatch.Tell(Job("p", "j")));
        Assert.Equal(WaitReason.Assigned, _dispatch.Logic.Explain(assign.Job, _dispatch.Now).Reason);
        _dispatch.Take(assign);
        Assert.Equal("It runs on a.", _dispatch.Logic.Explain(assign.Job, _dispatch.Now).Sentence);
        Assert.Equal(WaitReason.NotQueued, _dispatch.Logic.Explain(JobOf("p", "never"), _dispatch.Now).Reason);
        Assert.Equal(WaitReason.NoNodes, new DispatchDriver().Also(d => d.Tell(Job("p", "j"))).Logic.Explain(JobOf("p", "j"), _dispatch.Now).Reason);
    }

    [Fact]
    public void TenThousandWaitingJobs_EachHasACause_AndTheReportAddsUp()
    {
        var random = new SplitMix(7);
        _dispatch.Tell(new DispatchMessage.SetLimit("full", 0));
        _dispatch.Tell(new DispatchMessage.SetLimit("none", null));
        _dispatch.Tell(new DispatchMessage.SetTenant("paused", TenantSettings.Default with { Paused = true }));
        for (var i = 0; i < 200; i++)
        {
            _dispatch.Demand($"n{i}", i % 20 == 0 ? 1 : 0, i % 3 == 0 ? ["cpu.cores=8"] : ["cpu.cores=8", "gpu", "gpu.vram.gib=16"]);
        }

        string[][] needs = [[], ["gpu"], ["gpu.vram.gib>=24"], ["voice:flite"], ["gpu.vram.gib>=12"]];
        var offered = new List<JobId>();
        for (var i = 0; i < 10_000; i++)
        {
            var project = random.Below(100);
            _dispatch.Tell(Job($"p{project}", $"j{i}", (Band)(project % 3), needs[random.Below(needs.Length)]) with
            {
                Tenant = project < 10 ? "paused" : $"t{project % 5}",
                Limits = random.Chance(0.2) ? [random.Chance(0.5) ? "full" : "none"] : [],
            });
            offered.Add(JobOf($"p{project}", $"j{i}"));
        }

        var waiting = offered.Where(_dispatch.Logic.IsQueued).ToList();
        var watch = Stopwatch.StartNew();
        var reasons = waiting.Select(j => _dispatch.Logic.Explain(j, _dispatch.Now)).ToList();
        output.WriteLine($"{reasons.Count} explanations in {watch.Elapsed.TotalMilliseconds:F0} ms");

        Assert.True(waiting.Count > 9_900);
        Assert.All(reasons, r => Assert.DoesNotContain(r.Reason, (WaitReason[])[WaitReason.NotQueued, WaitReason.Running, WaitReason.Assigned]));
        Assert.All(reasons, r => Assert.EndsWith(".", r.Sentence, StringComparison.Ordinal));
        var report = _dispatch.Logic.ExplainQueue(_dispatch.Now);
        Assert.Equal(waiting.Count, report.Queued);
        Assert.Equal(reasons.CountBy(r => r.Reason).ToDictionary(), report.Reasons.ToDictionary(r => r.Reason, r => r.Jobs));
        Assert.Equal((200, report.Queued, report.Queued), (report.Nodes.Length, report.Tenants.Sum(t => t.Queued), report.Projects.Sum(p => p.Queued)));
    }
}

internal static class DriverExtensions
{
    public static DispatchDriver Also(this DispatchDriver driver, Action<DispatchDriver> act)
    {
        act(driver);
        return driver;
    }
}
