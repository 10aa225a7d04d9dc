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
        var ordering = OrderUntilAsync();
        await TrialFarm.UntilAsync(() => Volatile.Read(ref acknowledged) >= 3 || ordering.IsCompleted, cancellation);
        farm.HasBegun = true;
        await farm.Pair.CrashAsync();
        var (before, killed) = (Volatile.Read(ref acknowledged), Stopwatch.StartNew());
        var promoted = Stopwatch.StartNew();
        await farm.Pair.PromoteAsync(cancellation);
        var promoting = promoted.Elapsed;
        await TrialFarm.UntilAsync(() => Volatile.Read(ref acknowledged) > before || ordering.IsCompleted, cancellation);
        var trial = new Trial((promoted.Elapsed - promoting).TotalSeconds).With("from the kill, s", killed.Elapsed.TotalSeconds).With("orders acknowledged before it", before);
        await enough.CancelAsync();
        await ordering;
        return trial;

        // One at a time, each a commit that was acknowledged or is still being asked for. What was asked for before the kill may be acknowledged after it.
        async Task OrderUntilAsync()
        {
            while (!enough.IsCancellationRequested)
            {
                await farm.OrderAsync(cancellation, static o => o with { Scenes = 1, SceneSeconds = 2 });
                Interlocked.Increment(ref acknowledged);
            }
        }
    }
}
