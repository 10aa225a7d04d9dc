using System.Diagnostics;
using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>A node ends or stands still at work. Until the job that it had is in work again, wherever, or done.</summary>
internal static class NodeTrials
{
    public static async Task<Trial> RunAsync(TrialFarm farm, int signal, bool isBackAtOnce, CancellationToken cancellation)
    {
        var film = await farm.OrderAsync(cancellation);
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
                farm.HasBegun = true;
                await farm.UntilJobAsync(film, job => job.Name == before.Name && (job.Stage == "done" || (job.Stage == "running" && job.Attempt > before.Attempt)), cancellation);
                var trial = new Trial(watch.Elapsed.TotalSeconds);
                if (signal == Signals.Stop)
                {
                    await WakeAsync(farm, victim, before, film, cancellation);
                }

                return trial;
            }

            await farm.UntilWholeAsync(cancellation);
        }
    }

    // It goes on as if nothing had been, and tells what it made; the journal shows afterwards whether anybody believed it.
    private static async Task WakeAsync(TrialFarm farm, FarmProcess victim, TrialJob job, string film, CancellationToken cancellation)
    {
        victim.Signal(Signals.Continue);
        await TrialFarm.UntilAsync(() => farm.Works.Read().Any(w => w.Project == film && w.Job == job.Name && w.Node == victim.Name && w.End is not null), cancellation);
    }
}
