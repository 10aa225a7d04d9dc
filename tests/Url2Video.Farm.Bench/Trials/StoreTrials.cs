using System.Diagnostics;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>The database ends. Until an order is acknowledged again, which is a write; what was acknowledged before is looked for in the journal afterwards.</summary>
internal static class StoreTrials
{
    /// <summary>Killed and started at once: it recovers.</summary>
    public static async Task<Trial> CrashAsync(TrialFarm farm, CancellationToken cancellation)
    {
        await farm.OrderAsync(cancellation);
        var watch = Stopwatch.StartNew();
        farm.HasBegun = true;
        await farm.Postgres.CrashAsync();
        var starting = farm.Postgres.StartAsync(cancellation);
        await farm.OrderAsync(cancellation);
        var trial = new Trial(watch.Elapsed.TotalSeconds);
        await starting;
        return trial;
    }

    /// <summary>Killed for good under orders; the one that followed takes over.</summary>
    public static async Task<Trial> PromoteAsync(TrialFarm farm, CancellationToken cancellation)
    {
        await farm.Pair!.UntilFollowedAsync(cancellation);
        var acknowledged = 0;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var clients = Task.WhenAll(OrderUntilAsync(), OrderUntilAsync());
        await TrialFarm.UntilAsync(() => Volatile.Read(ref acknowledged) >= 4 || clients.IsCompleted, cancellation);
        farm.HasBegun = true;
        await farm.Pair.CrashAsync();
        var (before, killed) = (Volatile.Read(ref acknowledged), Stopwatch.StartNew());
        await farm.Pair.PromoteAsync(cancellation);
        var promoted = Stopwatch.StartNew();

        // Those two may wait for an answer that never comes; who asks now is answered as soon as anything can be written.
        var fresh = farm.OrderAsync(cancellation, Small);
        await TrialFarm.UntilAsync(() => fresh.IsCompleted || Volatile.Read(ref acknowledged) > before || clients.IsCompleted, cancellation);
        var trial = new Trial(promoted.Elapsed.TotalSeconds).With("from the kill, s", killed.Elapsed.TotalSeconds).With("orders acknowledged before it", before);
        await fresh;
        await enough.CancelAsync();
        await clients;
        return trial.With("from the promotion until clients that asked before it are answered too, s", promoted.Elapsed.TotalSeconds);

        static TrialOrder Small(TrialOrder order) => order with { Scenes = 1, SceneSeconds = 2 };

        // One after the other, each a commit that was acknowledged or is still being asked for.
        async Task OrderUntilAsync()
        {
            while (!enough.IsCancellationRequested)
            {
                await farm.OrderAsync(cancellation, Small);
                Interlocked.Increment(ref acknowledged);
            }
        }
    }
}
