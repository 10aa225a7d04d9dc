using System.Diagnostics;

namespace Url2Video.Farm.Bench;

/// <param name="BusyShare">Of the nodes that should be busy, those that were.</param>
internal sealed record LoadedTime(GrantTimes Grants, double Seconds, double BusyShare, double ServerCpuMsWorst);

/// <summary>Keeps about so many nodes at work: another film is ordered whenever too few of them are.</summary>
internal static class LinksLoad
{
    private const int Scenes = 5;

    /// <summary>Jobs that such a film has at once, about: ten chunks and the sound.</summary>
    private const int JobsAtOnce = 11;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RampMax = TimeSpan.FromSeconds(60);

    public static async Task<LoadedTime> RunAsync(LinksFarm farm, LinkedNodes nodes, int wanted, TimeSpan workTime, TimeSpan time)
    {
        LinksFarm.Scenes(Scenes);
        nodes.Load.WorkTime = workTime;
        var films = new Queue<string>();
        var ramp = Stopwatch.StartNew();
        while (nodes.Load.Busy + JobsAtOnce <= wanted && ramp.Elapsed < RampMax)
        {
            await FeedAsync(farm, nodes, wanted, films);
        }

        var (before, use) = (await farm.GrantsAsync(), await farm.UseAsync());
        var (watch, looks, busy) = (Stopwatch.StartNew(), 0, 0.0);
        while (watch.Elapsed < time)
        {
            await FeedAsync(farm, nodes, wanted, films);
            (looks, busy) = (looks + 1, busy + ((double)nodes.Load.Busy / wanted));
        }

        var after = await farm.UseAsync();
        var span = TimeProvider.System.GetElapsedTime(use.At, after.At).TotalSeconds;
        var grants = (await farm.GrantsAsync()).Since(before);
        nodes.Load.WorkTime = TimeSpan.Zero;
        while (films.TryDequeue(out var film))
        {
            await farm.EndAsync(film); // Works take no time any more: it is soon over, and all is idle for the next step.
        }

        return new(grants, span, busy / Math.Max(1, looks), after.ServerCpuSeconds.Zip(use.ServerCpuSeconds, (a, b) => (a - b) * 1_000 / span).Max());
    }

    // The next one only when the last one is at work: else too many would come at once, and jobs would wait for each other and not for the farm.
    private static async Task FeedAsync(LinksFarm farm, LinkedNodes nodes, int wanted, Queue<string> films)
    {
        var busy = nodes.Load.Busy;
        if (busy + JobsAtOnce <= wanted)
        {
            films.Enqueue(await farm.OrderAsync());
            var watch = Stopwatch.StartNew();
            while (nodes.Load.Busy < busy + (JobsAtOnce / 2) && watch.Elapsed < BeginsWithin)
            {
                await Task.Delay(BetweenLooks);
            }
        }

        await Task.Delay(BetweenLooks);
    }
}
