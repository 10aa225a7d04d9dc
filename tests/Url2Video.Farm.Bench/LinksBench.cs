using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Url2Video.Farm.Bench;

/// <summary>One number of nodes, measured. Milliseconds of CPU and bytes are a second and, where it says so, a node.</summary>
internal sealed record LinksStep(
    int Nodes,
    int Servers,
    double JoinSeconds,
    double JoinServerCpuMsPerNode,
    double JoinStoreCpuMsPerNode,
    double ServerCpuMs,
    double ServerCpuMsWorst,
    double CpuMsPerNode,
    double StoreCpuMs,
    double NodesCpuMs,
    double BytesToServerPerNode,
    double BytesToNodePerNode,
    double BytesBetweenServers,
    double CommitsPerSecond,
    double RowsReadPerSecond,
    double RowsWrittenPerSecond,
    double ResidentMiB,
    double IdleP50Ms,
    double IdleP99Ms,
    double BusyShare,
    double GrantsPerSecond,
    double BusyP50Ms,
    double BusyP99Ms,
    double BusyServerCpuMsWorst,
    bool IsCarried);

/// <summary>
/// How many nodes a server carries, what each costs while it does nothing, and how long a job waits for a node that is free: real servers in
/// processes of their own, real enrolment, sessions and links, over a real PostgreSQL. Only the works are not real.
/// </summary>
internal static class LinksBench
{
    /// <summary>Carried means: a free node has begun within this, in 99 of 100 cases...</summary>
    private const double P99MsMax = 100;

    /// <summary>...and no server takes more of its core than this.</summary>
    private const double CpuMsMax = 800;

    private const int WarmNodes = 20;
    private const int WarmJobs = 200;

    private static readonly TimeSpan WorkTime = TimeSpan.FromSeconds(5);

    /// <summary>Long enough for every timer of servers and nodes to have come round.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(8);

    public static async Task<int> RunAsync(string[] rest)
    {
        int[] counts = [.. Options.Text(rest, "--nodes", "100,250,500,1000,2000").Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        var (servers, seconds, jobs) = (Options.Number(rest, "--servers", 1), Options.Number(rest, "--seconds", 20), Options.Number(rest, "--jobs", 200));
        ThreadPool.GetMinThreads(out _, out var ports);
        ThreadPool.SetMinThreads(16, ports); // The nodes' starts block threads on their disks.
        var folder = Directory.CreateTempSubdirectory("farm-links-").FullName;
        var steps = new List<LinksStep>();
        await using (var farm = await LinksFarm.StartAsync(Path.Combine(folder, "farm"), servers))
        await using (var nodes = new LinkedNodes(Path.Combine(folder, "nodes"), farm.Urls, await farm.TokenAsync()))
        {
            await WarmAsync(farm, nodes, counts[0]);
            foreach (var count in counts)
            {
                steps.Add(await StepAsync(farm, nodes, count, seconds, jobs));
                Tell(steps[^1]);
            }

            if (servers > 1)
            {
                await MoveAsync(farm, nodes);
            }
        }

        Directory.Delete(folder, recursive: true);
        if (Options.Text(rest, "--json", "") is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(steps, Options.Json));
        }

        return 0;
    }

    /// <summary>A server dies: how long until all its nodes have a link to another one.</summary>
    private static async Task MoveAsync(LinksFarm farm, LinkedNodes nodes)
    {
        var (all, watch) = (nodes.Linked, Stopwatch.StartNew());
        farm.KillLast();
        while (nodes.Linked == all)
        {
            await Task.Delay(1);
        }

        await nodes.AllLinkedAsync(default);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"a server is killed: its {all / farm.Urls.Count} nodes are linked to another after {watch.Elapsed.TotalSeconds:F2} s"));
    }

    // Compiled, connected, and every path once.
    private static async Task WarmAsync(LinksFarm farm, LinkedNodes nodes, int most)
    {
        await nodes.GrowAsync(Math.Min(WarmNodes, most), default);
        LinksFarm.Scenes(1);
        await farm.JobsAsync(WarmJobs);
        await Task.Delay(Settling);
    }

    private static async Task<LinksStep> StepAsync(LinksFarm farm, LinkedNodes nodes, int count, int seconds, int jobs)
    {
        var (watch, start, joiners) = (Stopwatch.StartNew(), await farm.UseAsync(), Math.Max(1, count - nodes.Linked));
        await nodes.GrowAsync(count, default);
        var (joining, joined) = (watch.Elapsed.TotalSeconds * count / joiners, await farm.UseAsync());
        await Task.Delay(Settling);

        var (from, own) = (await farm.UseAsync(), Process.GetCurrentProcess().TotalProcessorTime);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (to, ownAfter) = (await farm.UseAsync(), Process.GetCurrentProcess().TotalProcessorTime);
        var span = TimeProvider.System.GetElapsedTime(from.At, to.At).TotalSeconds;
        double[] cpu = [.. to.ServerCpuSeconds.Zip(from.ServerCpuSeconds, (a, b) => (a - b) * 1_000 / span)];
        var links = from.Links.Zip(to.Links, ProcessCost.Between).ToList();

        LinksFarm.Scenes(1);
        var idle = await farm.JobsAsync(jobs);
        var busy = await new LinksLoad(farm, nodes, count / 2).RunAsync(WorkTime, TimeSpan.FromSeconds(seconds));
        return new(
            count,
            farm.Urls.Count,
            joining,
            (joined.ServerCpuSeconds.Sum() - start.ServerCpuSeconds.Sum()) * 1_000 / joiners,
            (joined.StoreCpuSeconds - start.StoreCpuSeconds) * 1_000 / joiners,
            cpu.Sum(),
            cpu.Max(),
            cpu.Sum() / count,
            (to.StoreCpuSeconds - from.StoreCpuSeconds) * 1_000 / span,
            (ownAfter - own).TotalMilliseconds / span,
            links.Sum(l => l.In) / span / count,
            links.Sum(l => l.Out) / span / count,
            from.Between.Zip(to.Between, ProcessCost.Between).Sum(b => b.In + b.Out) / span,
            (to.Commits - from.Commits) / span,
            (to.RowsRead - from.RowsRead) / span,
            (to.RowsWritten - from.RowsWritten) / span,
            to.ResidentBytes / 1048576.0,
            idle.Percentile(0.5),
            idle.Percentile(0.99),
            busy.BusyShare * 0.5,
            busy.Grants.Count / busy.Seconds,
            busy.Grants.Percentile(0.5),
            busy.Grants.Percentile(0.99),
            busy.ServerCpuMsWorst,
            idle.Percentile(0.99) < P99MsMax && busy.Grants.Percentile(0.99) < P99MsMax && Math.Max(cpu.Max(), busy.ServerCpuMsWorst) < CpuMsMax);
    }

    private static void Tell(LinksStep s) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        {s.Nodes} nodes on {s.Servers} server(s): {(s.IsCarried ? "carried" : "NOT carried")}
          join        {s.JoinSeconds:F1} s for all; {s.JoinServerCpuMsPerNode:F1} CPU ms a node on the servers, {s.JoinStoreCpuMsPerNode:F1} on the store
          idle        servers {s.ServerCpuMs:F0} CPU ms/s ({s.CpuMsPerNode:F3} a node; worst server {s.ServerCpuMsWorst:F0}), store {s.StoreCpuMs:F0}, the nodes' process {s.NodesCpuMs:F0}
          link        {s.BytesToServerPerNode:F0} B/s a node to the server, {s.BytesToNodePerNode:F0} back; between servers {s.BytesBetweenServers:F0} B/s
          store       {s.CommitsPerSecond:F1} commits/s, {s.RowsReadPerSecond:F0} rows read/s, {s.RowsWrittenPerSecond:F1} rows written/s
          memory      servers {s.ResidentMiB:F0} MiB
          grant idle  p50 {s.IdleP50Ms:F1} ms, p99 {s.IdleP99Ms:F1} ms
          grant busy  p50 {s.BusyP50Ms:F1} ms, p99 {s.BusyP99Ms:F1} ms at {s.GrantsPerSecond:F0} grants/s, {s.BusyShare:P0} of the nodes at work, worst server {s.BusyServerCpuMsWorst:F0} CPU ms/s
        """));
}
