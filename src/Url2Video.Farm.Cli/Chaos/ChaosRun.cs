using System.Collections.Immutable;
using System.Security.Cryptography;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cli.Chaos;

/// <param name="Length">How long faults are done.</param>
/// <param name="Patience">How long everything may take to be finished after the last fault.</param>
internal sealed record ChaosOptions(LocalFarmOptions Farm, TimeSpan Length, TimeSpan Patience, ulong Seed, int FilmsAtOnce, int FilmsCompared);

/// <param name="Faults">Done, by kind.</param>
internal sealed record ChaosReport(
    ImmutableArray<Invariant> Invariants, ImmutableSortedDictionary<string, int> Faults, int Films, long Calls, long CallsFailedOnce, TimeSpan Healing);

/// <summary>A farm under load to which bad things happen, and the judgement of what came of it.</summary>
internal sealed class ChaosRun(ChaosOptions options, Action<string> say, TimeProvider clock)
{
    public async Task<ChaosReport> RunAsync(CancellationToken interrupt)
    {
        var farm = await LocalFarm.StartAsync(options.Farm, say, clock, interrupt).ConfigureAwait(false);
        await using (farm.ConfigureAwait(false))
        {
            var key = await farm.KeyAsync(interrupt).ConfigureAwait(false);
            var load = new ChaosLoad(farm.Urls, key, options.Seed, options.FilmsAtOnce, clock);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
            using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
            var loading = load.RunAsync(enough.Token, givenUp.Token);
            var faults = await HurtAsync(farm, interrupt).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
            var healed = clock.GetTimestamp();
            say("Everything is healed; what was ordered must be finished now ...");
            givenUp.CancelAfter(options.Patience);
            await loading.ConfigureAwait(false);
            var healing = clock.GetElapsedTime(healed);
            var invariants = await JudgeAsync(farm, load, key, interrupt).ConfigureAwait(false);
            var (calls, failedOnce, _) = load.Calls;
            return new ChaosReport(invariants, faults, load.Films.Count, calls, failedOnce, healing);
        }
    }

    private async Task<ImmutableSortedDictionary<string, int>> HurtAsync(LocalFarm farm, CancellationToken interrupt)
    {
        var plan = new ChaosPlan(options.Seed, options.Farm.Servers, options.Farm.Nodes, farm.Postgres is not null, farm.Network is not null);
        var (hand, done, started) = (new ChaosHand(farm, clock), new SortedDictionary<string, int>(StringComparer.Ordinal), clock.GetTimestamp());
        while (clock.GetElapsedTime(started) < options.Length)
        {
            var (pause, fault) = plan.Next();
            await Task.Delay(pause, clock, interrupt).ConfigureAwait(false);
            if (await hand.DoAsync(fault, interrupt).ConfigureAwait(false))
            {
                say($"{clock.GetElapsedTime(started).TotalSeconds,6:0} s  {fault}");
                var word = fault.Kind switch
                {
                    FaultKind.Kill => $"kill {fault.Victim.Split('-')[0]}",
                    FaultKind.Freeze => $"freeze {fault.Victim.Split('-')[0]}",
                    FaultKind.Cut => "cut servers apart",
                    FaultKind.Pull => $"cut off {fault.Victim.Split('-')[0]}",
                    FaultKind.CrashDatabase => "crash PostgreSQL",
                    _ => "restart PostgreSQL",
                };
                done[word] = done.GetValueOrDefault(word) + 1;
            }
        }

        await hand.HealedAsync().ConfigureAwait(false);
        return done.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private async Task<ImmutableArray<Invariant>> JudgeAsync(LocalFarm farm, ChaosLoad load, string key, CancellationToken cancellation)
    {
        var database = await FarmDatabase.OpenAsync(StoreUrl.Parse(farm.StoreAddress), cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var found = await ChaosVerdict.JudgeAsync(load.Films, new DatabaseJournal(database), cancellation).ConfigureAwait(false);
            return found.Add(await CompareAsync(farm, load, key, cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>Some of the films against the same films made by one process that nothing happened to.</summary>
    private async Task<Invariant> CompareAsync(LocalFarm farm, ChaosLoad load, string key, CancellationToken cancellation)
    {
        var chosen = load.Films.Where(f => f.Status == "succeeded").OrderByDescending(f => f.Number).Take(options.FilmsCompared).ToList();
        var differing = ImmutableArray.CreateBuilder<string>();
        foreach (var film in chosen)
        {
            var folder = Path.Combine(options.Farm.DataDir, "compare", film.Id);
            Directory.CreateDirectory(folder);
            await farm.WaitReadyAsync(farm.Urls[0], cancellation).ConfigureAwait(false);
            using var http = new FarmHttp(new ServerAddress(farm.Urls[0], key), clock);
            using var downloader = new Downloader(new Films(http), farm.Urls[0]);
            await downloader.FetchAsync(film.Id, Path.Combine(folder, "farm"), cancellation).ConfigureAwait(false);
            var storyboard = Path.Combine(folder, "storyboard.json");
            await File.WriteAllTextAsync(storyboard, ChaosFilm.Storyboard(options.Seed, film.Number), cancellation).ConfigureAwait(false);
            await LocalRender.RunAsync(storyboard, Path.Combine(folder, "alone"), Path.Combine(folder, "data"), cancellation).ConfigureAwait(false);
            if (await HashAsync(Path.Combine(folder, "farm", "video.mp4"), cancellation).ConfigureAwait(false)
                != await HashAsync(Path.Combine(folder, "alone", "video.mp4"), cancellation).ConfigureAwait(false))
            {
                differing.Add($"{film.Id}: video.mp4 differs; both are kept in {folder}");
            }
        }

        return new Invariant("the film is the same, to the bit, as one made by a single process", chosen.Count, differing.ToImmutable());
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
        }
    }
}
