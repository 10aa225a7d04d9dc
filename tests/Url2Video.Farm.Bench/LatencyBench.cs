using System.Globalization;
using System.Text.Json;

namespace Url2Video.Farm.Bench;

/// <summary>How soon a free farm begins a job, in milliseconds.</summary>
internal sealed record LatencyResult(int Servers, int Nodes, double Jobs, double P50Ms, double P90Ms, double P99Ms, double MaxMs);

/// <summary>
/// From a job's offer to the word of a node that it has begun, on a farm with nothing else to do: real servers and real nodes as processes, real
/// works of small films, one film at a time. The servers' own histogram (<c>farm_grant_seconds</c>) is read; it holds the way back to the server too.
/// </summary>
internal static class LatencyBench
{
    private const int WarmJobs = 24;

    /// <summary>More than a small film has jobs at once, so that none waits for a slot.</summary>
    private const int Workers = 4;

    public static async Task<int> RunAsync(string[] rest)
    {
        var (servers, nodes, jobs) = (Options.Number(rest, "--servers", 1), Options.Number(rest, "--nodes", 2), Options.Number(rest, "--jobs", 200));
        var folder = Directory.CreateTempSubdirectory("farm-latency-").FullName;
        GrantTimes times;
        await using (var farm = await LinksFarm.StartAsync(Path.Combine(folder, "farm"), servers, nodes, Workers))
        {
            await farm.JobsAsync(WarmJobs);
            times = await farm.JobsAsync(jobs);
        }

        Directory.Delete(folder, recursive: true);
        var result = new LatencyResult(servers, nodes, times.Count, times.Percentile(0.5), times.Percentile(0.9), times.Percentile(0.99), times.Percentile(1));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"offer -> start on an idle farm of {servers} server(s) and {nodes} nodes, {result.Jobs} jobs: p50 {result.P50Ms:F1} ms, p90 {result.P90Ms:F1}, p99 {result.P99Ms:F1}, all within {result.MaxMs:F0}"));
        if (Options.Text(rest, "--json", "") is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(result, Options.Json));
        }

        return 0;
    }
}
