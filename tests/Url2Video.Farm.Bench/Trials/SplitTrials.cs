using System.Collections.Immutable;
using System.Diagnostics;
using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>
/// Two servers that cannot hear each other, both alive. Until the projects of the side that ends write again on the other; exactly one side
/// may go on.
/// </summary>
internal static class SplitTrials
{
    private const int Films = 4;
    private static readonly TimeSpan BothMayLive = TimeSpan.FromSeconds(60);

    /// <param name="number">Odd: both still reach the database. Even: one is cut off from everything.</param>
    public static async Task<Trial> RunAsync(TrialFarm farm, int number, CancellationToken cancellation)
    {
        var films = new List<string>();
        for (var i = 0; i < Films; i++)
        {
            films.Add(await farm.OrderAsync(cancellation));
        }

        var homes = await Task.WhenAll(films.Select(f => farm.HomeAsync(f, cancellation)));
        var before = films.Zip(homes, static (film, at) => (Film: film, at.Home, at.Terms)).ToList();
        var lives = farm.Servers.ToDictionary(s => s, LivesEnded);
        var isPull = number % 2 == 0;
        var pulled = farm.Servers[number / 2 % farm.Servers.Count];
        var watch = Stopwatch.StartNew();
        farm.HasBegun = true;
        await (isPull ? farm.Network.PullAsync(pulled.Name) : farm.Network.CutAsync(farm.Servers[0].Name, farm.Servers[1].Name));
        try
        {
            return await JudgeAsync(farm, before, lives, isPull ? pulled : null, watch, cancellation);
        }
        finally
        {
            await (isPull ? farm.Network.PlugAsync(pulled.Name) : farm.Network.HealAsync(farm.Servers[0].Name, farm.Servers[1].Name));
        }
    }

    private static async Task<Trial> JudgeAsync(
        TrialFarm farm,
        IReadOnlyList<(string Film, FarmProcess Home, int Terms)> before,
        Dictionary<FarmProcess, int> lives,
        FarmProcess? pulled,
        Stopwatch watch,
        CancellationToken cancellation)
    {
        bool HasEnded(FarmProcess server) => server.ProcessId is null || LivesEnded(server) > lives[server];
        var loser = pulled;
        while (loser is null && watch.Elapsed < BothMayLive)
        {
            await TrialFarm.PauseAsync(cancellation);
            loser = farm.Servers.FirstOrDefault(HasEnded);
        }

        if (loser is null)
        {
            return new Trial(watch.Elapsed.TotalSeconds) { Violations = ["both sides went on"] };
        }

        TimeSpan? ended = null;
        foreach (var (film, _, terms) in before.Where(f => f.Home == loser))
        {
            while (!await farm.HasMovedOnAsync(film, terms, cancellation))
            {
                ended ??= HasEnded(loser) ? watch.Elapsed : null;
                await TrialFarm.PauseAsync(cancellation);
            }
        }

        var trial = new Trial(watch.Elapsed.TotalSeconds).With("projects that lived on the side that ended", before.Count(f => f.Home == loser));
        await TrialFarm.UntilAsync(() => HasEnded(loser) || watch.Elapsed > BothMayLive, cancellation);
        ended ??= watch.Elapsed;
        ImmutableArray<string> violations =
        [
            .. HasEnded(loser) ? Array.Empty<string>() : [$"{loser.Name} was cut off and had not ended after {BothMayLive.TotalSeconds:F0} s"],
            .. farm.Servers.Where(s => s != loser && HasEnded(s)).Select(s => $"{s.Name} ended too"),
        ];
        return (trial with { Violations = violations }).With(pulled is null ? "cut apart: the other side had ended, s" : "cut off: it had ended, s", ended.Value.TotalSeconds);
    }

    // A server that the farm goes on without says so and begins a new life, which is let in when the cut is healed.
    private static int LivesEnded(FarmProcess server)
    {
        using var file = new FileStream(server.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split("This server was removed from the farm").Length - 1;
    }
}
