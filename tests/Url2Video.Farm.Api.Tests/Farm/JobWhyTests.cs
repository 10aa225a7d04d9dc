using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Xunit.Abstractions;

namespace Url2Video.Farm.Api.Tests.Farm;

/// <summary>Every job that does not run has a cause, however many there are.</summary>
public sealed class JobWhyTests(ITestOutputHelper output)
{
    private const int ScenesPerProject = 2_000;
    private const int Waiting = 10_000;

    [Fact]
    public async Task Why_OfTenThousandWaitingJobs_NamesACauseForEach()
    {
        // No node has the voice, so every scene's job waits: for such a node, or beyond the window.
        var hand = new FakeFarmhand(ScenesPerProject) { Needs = ["voice:none"] };
        await using var api = await FarmApi.StartAsync(hand);
        var jobs = new List<(ProjectId Project, string Job)>();
        while (jobs.Count < Waiting)
        {
            jobs.AddRange(await WaitingOfAsync(api, await api.SubmitAsync()));
        }

        var times = new ConcurrentBag<double>();
        var unanswered = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(jobs.Take(Waiting), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (job, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            var why = await api.GetAsync(FarmRoutes.Fill(FarmRoutes.JobWhy, ("project", job.Project.Value), ("job", job.Job)));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (!why.GetProperty("running").GetBoolean() && why.Text("cause").Length == 0)
            {
                unanswered.Add($"{job.Project}/{job.Job}: {why}");
            }
        });

        var sorted = times.Order().ToArray();
        output.WriteLine($"{sorted.Length} answers, p50 {sorted[sorted.Length / 2]:0.0} ms, p95 {sorted[sorted.Length * 95 / 100]:0.0} ms, max {sorted[^1]:0.0} ms");
        Assert.Equal(Waiting, sorted.Length);
        Assert.Empty(unanswered);
    }

    [Fact]
    public async Task Why_OfAJobThatNeverWas_SaysSo()
    {
        await using var api = await FarmApi.StartAsync(new FakeFarmhand(1));
        var id = await api.SubmitAsync();

        using var none = await api.Admin.GetAsync(FarmRoutes.Fill(FarmRoutes.JobWhy, ("project", id.Value), ("job", "speak/9999")));
        using var odd = await api.Admin.GetAsync(FarmRoutes.Fill(FarmRoutes.JobWhy, ("project", id.Value), ("job", "render/three")));

        await none.ProblemAsync(System.Net.HttpStatusCode.NotFound, "ERR_JOB_NOT_FOUND");
        await odd.ProblemAsync(System.Net.HttpStatusCode.NotFound, "ERR_JOB_NOT_FOUND");
    }

    [Fact]
    public async Task Kill_OfARunningJob_StopsItAndItComesBack()
    {
        var starts = 0;
        var hasBegun = new TaskCompletionSource();
        var hand = new FakeFarmhand(1)
        {
            Before = (job, context) =>
            {
                if (job.Work is not JobWork.Mix || Interlocked.Increment(ref starts) > 1)
                {
                    return Task.CompletedTask;
                }

                hasBegun.SetResult();
                return Task.Delay(Timeout.Infinite, context.Cancellation);
            },
        };
        await using var api = await FarmApi.StartAsync(hand);
        var id = await api.SubmitAsync();
        var why = FarmRoutes.Fill(FarmRoutes.JobWhy, ("project", id.Value), ("job", "mix"));
        await api.UntilAsync(FarmRoutes.Fill(FarmRoutes.Jobs, ("project", id.Value)), j => j.GetProperty("data").EnumerateArray().Any(x => x.Text("name") == "mix" && x.Text("stage") == "running"));
        await hasBegun.Task.WaitAsync(TimeSpan.FromSeconds(60)); // A node accepts before it begins; killed in between, the second start would be the first to hang.

        var running = await api.GetAsync(why);
        await api.PostAsync(FarmRoutes.Fill(FarmRoutes.JobKill, ("project", id.Value), ("job", "mix")), new { reason = "it hangs" });
        await api.UntilAsync(FarmRoutes.Fill(FarmRoutes.Project, ("project", id.Value)), p => p.GetProperty("row").Text("stage") == "completed");

        Assert.Equal((true, "n1"), (running.GetProperty("running").GetBoolean(), running.Text("node")));
        Assert.Equal(2, starts);
    }

    private static async Task<List<(ProjectId, string)>> WaitingOfAsync(FarmApi api, ProjectId project)
    {
        await api.UntilAsync(FarmRoutes.Fill(FarmRoutes.Jobs, ("project", project.Value)) + "?prefix=speak/&limit=1", j => j.GetProperty("data").GetArrayLength() > 0);
        var found = new List<(ProjectId, string)>();
        var cursor = "";
        while (true)
        {
            var page = await api.GetAsync(FarmRoutes.Fill(FarmRoutes.Jobs, ("project", project.Value)) + $"?prefix=speak/&limit=500{cursor}");
            found.AddRange(page.GetProperty("data").EnumerateArray().Where(j => j.Text("stage") is not ("running" or "done")).Select(j => (project, j.Text("name"))));
            if (!page.TryGetProperty("next_cursor", out var next) || next.ValueKind != JsonValueKind.String)
            {
                return found;
            }

            cursor = $"&cursor={Uri.EscapeDataString(next.GetString()!)}";
        }
    }
}
