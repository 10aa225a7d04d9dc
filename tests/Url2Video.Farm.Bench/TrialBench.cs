using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Bench;

/// <summary>
/// How long a real farm of this machine takes to go on after one blow: processes, PostgreSQL and films are real, only small. Each trial begins
/// with the farm whole and at work, and is timed by a clock outside the farm, from the blow to the first proof that it goes on.
/// </summary>
internal static class TrialBench
{
    private const int Servers = 2;
    private const int Nodes = 3;

    private static readonly Dictionary<string, Func<TrialFarm, int, CancellationToken, Task<TimeSpan>>> Trials = new(StringComparer.Ordinal)
    {
        // Proof: a project that lived there writes into its journal again.
        ["server-kill"] = static (farm, number, cancellation) => ServerAsync(farm, number, static server => Done(server.Signal(Signals.Kill)), cancellation),
        ["server-leave"] = static (farm, number, cancellation) => ServerAsync(farm, number, static server => Done(server.Signal(Signals.Terminate)), cancellation),

        // Proof: the job that ran there runs again, wherever, or is done.
        ["node-kill-restart"] = static (farm, number, cancellation) => NodeAsync(farm, number, Signals.Kill, isBackAtOnce: true, cancellation),
        ["node-gone"] = static (farm, number, cancellation) => NodeAsync(farm, number, Signals.Kill, isBackAtOnce: false, cancellation),
        ["hung-node"] = static (farm, number, cancellation) => NodeAsync(farm, number, Signals.Stop, isBackAtOnce: false, cancellation),

        // Proof: an order is taken again, which is a write.
        ["postgres-crash"] = PostgresAsync,
    };

    private static readonly TimeSpan TrialMax = TimeSpan.FromMinutes(3);

    public static IReadOnlyCollection<string> Kinds => Trials.Keys;

    public static async Task<int> RunAsync(string kind, int count)
    {
        var folder = Directory.CreateTempSubdirectory("farm-trials-");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var seconds = new List<double>();
        var options = new LocalFarmOptions(Path.Combine(folder.FullName, "farm"), Servers, Nodes, Store: null, Workers: 1, FirstPort: 0) { Restarts = false };
        await using (var farm = await TrialFarm.StartAsync(options))
        {
            for (var number = 1; number <= count; number++)
            {
                using var patience = new CancellationTokenSource(TrialMax);
                await farm.UntilWholeAsync(patience.Token);
                var time = await Trials[kind](farm, number, patience.Token);
                seconds.Add(time.TotalSeconds);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind} {number}: {time.TotalSeconds:F2} s"));
                await farm.ClearAsync(patience.Token);
            }
        }

        folder.Delete(recursive: true);
        seconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{kind}: {seconds.Count} trials, min {seconds[0]:F2}, median {seconds[seconds.Count / 2]:F2}, max {seconds[^1]:F2} s"));
        return 0;
    }

    private static async Task<TimeSpan> ServerAsync(TrialFarm farm, int number, Func<FarmProcess, Task> blow, CancellationToken cancellation)
    {
        var film = await farm.OrderAsync(number, cancellation);
        await farm.UntilJobAsync(film, static job => job.Stage == "running", cancellation);
        var victim = farm.Process($"server-{1 + await farm.ServerOfAsync(film, cancellation)}");
        var known = await farm.TermsAsync(film, cancellation);
        var watch = Stopwatch.StartNew();
        await blow(victim);
        while (await farm.TermsAsync(film, cancellation) == known)
        {
            await TrialFarm.PauseAsync(cancellation);
        }

        return watch.Elapsed;
    }

    private static async Task<TimeSpan> NodeAsync(TrialFarm farm, int number, int signal, bool isBackAtOnce, CancellationToken cancellation)
    {
        var film = await farm.OrderAsync(number, cancellation);
        while (true)
        {
            var before = await farm.UntilJobAsync(film, static job => job.Stage == "running" && job.Name.StartsWith("render/", StringComparison.Ordinal), cancellation);
            var victim = farm.Process(before.NodeName);
            var watch = Stopwatch.StartNew();
            victim.Signal(signal);
            if (isBackAtOnce)
            {
                await victim.StopAsync(TimeSpan.Zero);
                victim.Start();
            }

            // It may have been finished between the look and the blow: that is no trial.
            if ((await farm.JobAsync(film, before.Name, cancellation)) is { Stage: "running" } still && still.Attempt == before.Attempt)
            {
                await farm.UntilJobAsync(film, job => job.Name == before.Name && (job.Stage == "done" || (job.Stage == "running" && job.Attempt > before.Attempt)), cancellation);
                return watch.Elapsed;
            }

            await farm.UntilWholeAsync(cancellation);
        }
    }

    private static async Task<TimeSpan> PostgresAsync(TrialFarm farm, int number, CancellationToken cancellation)
    {
        var postgres = farm.Postgres;
        var watch = Stopwatch.StartNew();
        await postgres.CrashAsync();
        var starting = postgres.StartAsync(cancellation);
        await farm.OrderAsync(number, cancellation);
        var time = watch.Elapsed;
        await starting;
        return time;
    }

    private static Task Done(bool wasThere) => wasThere ? Task.CompletedTask : throw new InvalidOperationException("The victim was not there.");
}
