using System.Collections.Concurrent;
using System.Diagnostics;

namespace Url2Video.Farm.Bench;

/// <param name="BusyShare">Of the nodes that should be busy, those that were.</param>
internal sealed record LoadedTime(GrantTimes Grants, double Seconds, double BusyShare, double ServerCpuMsWorst);

/// <summary>Keeps about so many nodes at work: another film is ordered whenever too few of them are.</summary>
internal sealed class LinksLoad(LinksFarm farm, LinkedNodes nodes, int wanted)
{
    private const int ScenesMin = 5;
    private const int ScenesMax = 15;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RampMax = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _films = new();

    private int Scenes => Math.Clamp(wanted / 25, ScenesMin, ScenesMax);

    /// <summary>Jobs that such a film has at once, about: two chunks a scene and the sound; it looks no further ahead.</summary>
    private int JobsAtOnce => (2 * Scenes) + 1;

    public async Task<LoadedTime> RunAsync(TimeSpan workTime, TimeSpan time)
    {
        LinksFarm.Scenes(Scenes);
        nodes.Load.WorkTime = workTime;
        var ramp = Stopwatch.StartNew();
        while (HasRoom && ramp.Elapsed < RampMax)
        {
            await FeedAsync();
        }

        var (before, use) = (await farm.GrantsAsync(), await farm.UseAsync());
        var (watch, looks, busy) = (Stopwatch.StartNew(), 0, 0.0);
        while (watch.Elapsed < time)
        {
            await FeedAsync();
            (looks, busy) = (looks + 1, busy + ((double)nodes.Load.Busy / wanted));
        }

        var after = await farm.UseAsync();
        var span = TimeProvider.System.GetElapsedTime(use.At, after.At).TotalSeconds;
        var grants = (await farm.GrantsAsync()).Since(before);
        nodes.Load.WorkTime = TimeSpan.Zero;
        while (_films.TryDequeue(out var film))
        {
            await farm.EndAsync(film); // Works take no time any more: it is soon over, and all is idle for the next step.
        }

        return new(grants, span, busy / Math.Max(1, looks), after.ServerCpuSeconds.Zip(use.ServerCpuSeconds, (a, b) => (a - b) * 1_000 / span).Max());
    }

    private bool HasRoom => nodes.Load.Busy + JobsAtOnce <= wanted;

    // The next one only when the last one is at work: else too many would come at once, and jobs would wait for each other and not for the farm.
    private async Task FeedAsync()
    {
        if (HasRoom)
        {
            var busy = nodes.Load.Busy;
            _films.Enqueue(await farm.OrderAsync());
            var watch = Stopwatch.StartNew();
            while (nodes.Load.Busy < busy + (JobsAtOnce / 2) && watch.Elapsed < BeginsWithin)
            {
                await Task.Delay(BetweenLooks);
            }
        }

        await Task.Delay(BetweenLooks);
    }
}
