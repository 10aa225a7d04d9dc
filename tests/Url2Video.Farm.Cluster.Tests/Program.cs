using System.Globalization;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node.Embedded;

namespace Url2Video.Farm.Cluster.Tests;

/// <summary>
/// A farm in a process of its own, for tests that kill it: <c>farm DATA OUT PROJECT SCENES HOLD</c>. It says a line for every job
/// it works (name, milliseconds since the process started) and how the film ended. A job whose name begins with HOLD never ends;
/// <c>-</c> holds none. <c>server STORE FOLDER</c> is a server of a farm; <c>failover kill|leave TRIALS</c> measures.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["server", var store, var folder]:
                return await Servers.ServerProcess.RunAsync(store, folder, Say);
            case ["failover", var how, var trials]:
                return await Servers.FailoverTrials.RunAsync(how, int.Parse(trials, CultureInfo.InvariantCulture), Say);
        }

        if (args is not ["farm", var data, var outDir, var project, var scenes, var hold])
        {
            return 2;
        }

        var started = Environment.TickCount64 - (long)(DateTimeOffset.Now - System.Diagnostics.Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        var hand = new FakeFarmhand(int.Parse(scenes, CultureInfo.InvariantCulture))
        {
            Before = (job, context) =>
            {
                Say($"job {job.Id.Name} {Environment.TickCount64 - started}");
                return job.Id.Name.StartsWith(hold, StringComparison.Ordinal)
                    ? Task.Delay(Timeout.Infinite, context.Cancellation)
                    : Task.CompletedTask;
            },
        };
        await using var farm = await EmbeddedFarm.StartAsync(new FarmOptions { DataDir = data, Workers = 2 }, hand.Works);
        var id = new ProjectId(project);
        await farm.SubmitAsync(id, FakeFilm.Request(), outDir);
        Say($"submitted {Environment.TickCount64 - started}");
        await foreach (var progress in farm.WatchAsync(id))
        {
            if (progress is FarmProgress.Finished end)
            {
                Say($"end {end.Stage} {end.Error}");
            }
        }

        return 0;
    }

    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
