using System.Diagnostics;
using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>A server ends, by force or in order, while nodes work on films that live on it.</summary>
internal static class ServerTrials
{
    private const int Films = 3;
    private const int FillHeight = 720;
    private const int ChunksBefore = 2;
    private static readonly TimeSpan LeaveMax = TimeSpan.FromMinutes(1);
    private const string Grants = "grants flow again, s";

    /// <summary>Until every project that lived there writes into its journal again.</summary>
    public static async Task<Trial> ProjectsAsync(TrialFarm farm, int signal, CancellationToken cancellation)
    {
        var films = await FillAsync(farm, cancellation);
        var homes = await Task.WhenAll(films.Select(f => farm.HomeAsync(f, cancellation)));
        var victim = homes[0].Home;
        var terms = films.Zip(homes, static (film, at) => (Film: film, at.Home, at.Terms)).Where(f => f.Home == victim).ToDictionary(f => f.Film, f => f.Terms, StringComparer.Ordinal);

        var (watch, at) = Blow(farm, victim, signal);
        foreach (var (film, known) in terms)
        {
            while (!await farm.HasMovedOnAsync(film, known, cancellation))
            {
                await TrialFarm.PauseAsync(cancellation);
            }
        }

        var trial = new Trial(watch.Elapsed.TotalSeconds).With("projects that lived there", terms.Count);
        trial = await WithGrantsAsync(farm, trial, at, cancellation);
        await victim.StopAsync(LeaveMax); // One that leaves in order is still there when all has been proven, and would not be started again.
        return trial;
    }

    /// <summary>Until a film that was ordered after the blow has a node at work: nothing of it can have been granted before.</summary>
    public static async Task<Trial> DispatcherAsync(TrialFarm farm, CancellationToken cancellation)
    {
        await FillAsync(farm, cancellation);
        var (_, at) = Blow(farm, await farm.OldestServerAsync(cancellation), Signals.Kill);
        var trial = await WithGrantsAsync(farm, new Trial(0), at, cancellation);
        return trial with { Value = trial.Also[Grants], Also = trial.Also.Remove(Grants) };
    }

    /// <summary>
    /// Films enough that every node is at work and more waits, of a size whose chunks take about as long as those of real films: more than a second.
    /// Every node has finished some: the farm works evenly when the blow comes.
    /// </summary>
    private static async Task<string[]> FillAsync(TrialFarm farm, CancellationToken cancellation)
    {
        var films = new string[Films];
        for (var i = 0; i < Films; i++)
        {
            films[i] = await farm.OrderAsync(cancellation, static o => o with { Height = FillHeight });
        }

        await TrialFarm.UntilAsync(
            () =>
            {
                var works = farm.Works.Read().Where(w => films.Contains(w.Project)).ToList();
                var chunks = works.Where(w => w.IsChunk).ToLookup(w => w.Node);
                return works.Count(w => w is { Job: "ingest", End: not null }) == films.Length && farm.Nodes.All(n => chunks[n.Name].Count(w => w.End is not null) >= ChunksBefore && chunks[n.Name].Any(w => w.End is null));
            },
            cancellation);
        return films;
    }

    private static (Stopwatch Watch, DateTimeOffset At) Blow(TrialFarm farm, FarmProcess victim, int signal)
    {
        var (watch, at) = (Stopwatch.StartNew(), TrialFarm.Now);
        farm.HasBegun = victim.Signal(signal) ? true : throw new InvalidOperationException($"{victim.Name} was not there.");
        return (watch, at);
    }

    // Until then the nodes go on with what they have; how long each had nothing, their own logs tell.
    private static async Task<Trial> WithGrantsAsync(TrialFarm farm, Trial trial, DateTimeOffset at, CancellationToken cancellation)
    {
        var late = await farm.OrderAsync(cancellation, static o => o with { Band = "urgent" });
        WorkSpan? first = null;
        await TrialFarm.UntilAsync(() => (first = farm.Works.Read().FirstOrDefault(w => w.Project == late)) is not null, cancellation);
        var idle = farm.Nodes.Select(n => WorkLog.IdleSeconds(farm.Works.Read().Where(w => w.Node == n.Name), at, first!.Start)).ToList();
        return trial
            .With(Grants, (first!.Start - at).TotalSeconds)
            .With("a node had nothing until then, s (mean of nodes)", idle.Average())
            .With("a node had nothing until then, s (worst node)", idle.Max());
    }
}
