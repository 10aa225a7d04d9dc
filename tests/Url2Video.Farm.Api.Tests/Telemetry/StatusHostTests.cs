using System.Diagnostics;
using System.Net;
using Url2Video.Farm.Api.Telemetry;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Api.Tests.Telemetry;

/// <summary>Alone: the meters are those of the process, and farms of other tests would move them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MetersAlone
{
    public const string Name = "meters";
}

[Collection(MetersAlone.Name)]
public sealed class StatusHostTests
{
    private const string Promtool = "/usr/bin/promtool";

    [Fact]
    public async Task Livez_SaysWhatTheProcessSaysOfItself()
    {
        var alive = true;
        await using var host = await StatusHost.StartAsync(0, () => alive, _ => Task.CompletedTask);
        using var http = new HttpClient { BaseAddress = host.Address };

        using var good = await http.GetAsync("/livez");
        alive = false;
        using var bad = await http.GetAsync("/livez");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (good.StatusCode, bad.StatusCode));
    }

    [Fact]
    public async Task Drain_AnswersWhenNothingIsHeldAnyMore()
    {
        var asked = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        await using var host = await StatusHost.StartAsync(0, () => true, async _ =>
        {
            asked.SetResult();
            await held.Task;
        });
        using var http = new HttpClient { BaseAddress = host.Address };

        var drain = http.PostAsync("/drain", null);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(drain.IsCompleted);
        held.SetResult();

        using var answer = await drain.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_HaveTheNamesThatTheAlertsAskFor()
    {
        var text = await PageAsync();

        Assert.True(text.Value("farm_grants_total") >= 3, text);
        Assert.True(text.Value("farm_attempts_total{kind=\"render\",outcome=\"failed\"}") >= 1, text);
        Assert.Contains("farm_queue_jobs{band=\"urgent\"} 7", text, StringComparison.Ordinal);
        Assert.DoesNotContain("band=\"low\"", text, StringComparison.Ordinal);
        Assert.True(text.Value("farm_attempt_seconds_bucket{kind=\"render\",le=\"5\"}") >= 1, text);
    }

    [RequiresPromtoolFact]
    public async Task Metrics_PassPromtool()
    {
        var text = await PageAsync();
        using var promtool = Process.Start(new ProcessStartInfo(Promtool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var said = await promtool.StandardError.ReadToEndAsync() + await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        // 1: cannot be parsed. 3: it parses, and the linter dislikes a name; ours must please it.
        Assert.DoesNotContain("farm_", said, StringComparison.Ordinal);
        Assert.True(promtool.ExitCode is 0 or 3, said);
    }

    private static async Task<string> PageAsync()
    {
        await using var host = await StatusHost.StartAsync(0, () => true, _ => Task.CompletedTask);
        using var http = new HttpClient { BaseAddress = host.Address };
        await http.GetStringAsync("/metrics"); // Instruments are seen from the first look on.
        FarmMeters.Set("farm_queue_jobs", 9, "low");
        FarmMeters.Forget("farm_queue_jobs");
        FarmMeters.Set("farm_queue_jobs", 7, "urgent");
        FarmMeters.Granted(3);
        FarmMeters.AttemptEnded("render", EndKind.Failed, TimeSpan.FromSeconds(2));
        return await http.GetStringAsync("/metrics");
    }
}

/// <summary>Skipped, visibly, where promtool is not installed.</summary>
public sealed class RequiresPromtoolFactAttribute : FactAttribute
{
    public RequiresPromtoolFactAttribute() => Skip = File.Exists("/usr/bin/promtool") ? null : "promtool is not installed (apt-get install prometheus).";
}
