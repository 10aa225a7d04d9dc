using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Bench;

/// <summary>
/// The dispatcher's decisions alone, on one thread. Each grant is a whole life as the dispatcher sees it: a node's demand, the job's
/// answer, its end, and a new offer in its place, so that the queue stays as long as it was.
/// </summary>
internal static class DispatchBench
{
    private const int Projects = 100;
    private const int NodesBusy = 200;
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static int Run(int grants)
    {
        Measure(1_000, grants / 4); // Compiled by now.
        double? first = null;
        foreach (var queued in (int[])[1_000, 100_000, 1_000_000])
        {
            var (rate, micros, bytes) = Measure(queued, grants);
            first ??= rate;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{queued,9} queued: {rate,8:F0} grants/s, {micros:F1} us CPU a grant, {bytes} bytes a queued job, slow-down {first / rate:F2}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Jain index, 100 projects, one with half of all jobs, 1,000 grants: {Jain():F4}"));
        return 0;
    }

    private static (double Rate, double Micros, long Bytes) Measure(int queued, int grants)
    {
        var effects = new List<DispatchEffect>();
        var logic = new DispatchLogic(new DispatcherId("bench"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < queued; i++)
        {
            logic.Handle(OfferOf(i), Now, effects);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / queued;
        var sequences = new long[NodesBusy];
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < grants; i++)
        {
            effects.Clear();
            var node = new NodeIncarnation(new NodeId(Names[i % NodesBusy]), 1);
            logic.Handle(new DispatchMessage.Demand(node, ++sequences[i % NodesBusy], 1, ["cpu.cores=8"]), Now, effects);
            var assign = ((DispatchEffect.Assign)effects[0]).Message;
            logic.Handle(new DispatchMessage.Taken(assign.Job, assign.Offer, node), Now, effects);
            logic.Handle(new DispatchMessage.Demand(node, ++sequences[i % NodesBusy], 0, ["cpu.cores=8"]), Now, effects);
            logic.Handle(new DispatchMessage.Ended(assign.Job, assign.Offer, node, EndKind.Finished, null, 1_000), Now, effects);
            logic.Handle(OfferOf(queued + i), Now, effects);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        GC.KeepAlive(logic);
        return (grants / seconds, used.TotalMicroseconds / grants, bytes);
    }

    private static double Jain()
    {
        var effects = new List<DispatchEffect>();
        var logic = new DispatchLogic(new DispatcherId("bench"));
        for (var i = 0; i < 20_000; i++)
        {
            var project = i % 2 == 0 ? 0 : 1 + (i / 2 % (Projects - 1));
            logic.Handle(OfferOf(i) with { Job = new JobId(new ProjectId($"p{project}"), $"j{i}"), Band = Band.Normal, Tenant = "", Cost = 1 }, Now, effects);
        }

        effects.Clear();
        for (var i = 1; i <= 1_000; i++)
        {
            logic.Handle(new DispatchMessage.Demand(new NodeIncarnation(new NodeId($"n{i}"), 1), 1, 1, ["cpu.cores=8"]), Now, effects);
        }

        var served = effects.OfType<DispatchEffect.Assign>().CountBy(e => e.Message.Job.Project).Select(p => (double)p.Value).ToList();
        return served.Sum() * served.Sum() / (Projects * served.Sum(s => s * s));
    }

    private static DispatchMessage.Offer OfferOf(int i) =>
        new(new JobId(new ProjectId(Names[i % Projects]), $"render/{i:D6}"), 1, [], 1, 0, Now.AddMilliseconds(i), 1 + i % 7) { Band = (Band)(i % 100 % 3), Tenant = Names[i % Projects % 5] };

    private static readonly string[] Names = [.. Enumerable.Range(0, Math.Max(NodesBusy, Projects)).Select(i => $"name{i}")];
}
