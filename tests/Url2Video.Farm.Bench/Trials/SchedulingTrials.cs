using System.Diagnostics;
using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>What people need of scheduling, on real nodes: urgent work goes first and low work goes on; a limit is a limit, whoever dies.</summary>
internal static class SchedulingTrials
{
    /// <summary>Of a limit that every film of the limits' trial names.</summary>
    private const string Licence = "trial-licence";
    private const int LicencesMax = 2;
    private const int LowFilms = 4;
    private const int UrgentFilms = 15;

    /// <summary>Urgent work is queued all this time. A low chunk is owed one part in sixteen, so it takes many of the others to see it.</summary>
    private static readonly TimeSpan ShareWindow = TimeSpan.FromSeconds(60);

    /// <summary>What is counted as granted before the blow and begun just after it.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(1);

    /// <summary>Every node is at low work and more of it waits. Until the first chunk of an urgent film has begun on a node; then fourteen more come at once.</summary>
    public static async Task<Trial> PriorityAsync(TrialFarm farm, CancellationToken cancellation)
    {
        var low = new HashSet<string>();
        for (var i = 0; i < LowFilms; i++)
        {
            low.Add(await farm.OrderAsync(cancellation, static o => o with { Band = "low" }));
        }

        await TrialFarm.UntilAsync(() => farm.Works.Read().Where(w => w.IsChunk && w.End is null && low.Contains(w.Project)).Select(w => w.Node).Distinct().Count() == farm.Nodes.Count, cancellation);
        farm.HasBegun = true;
        var at = TrialFarm.Now;
        var urgent = new List<string> { await farm.OrderAsync(cancellation, static o => o with { Band = "urgent" }) };
        WorkSpan? first = null;
        await TrialFarm.UntilAsync(() => (first = FirstChunk(urgent[0])) is not null, cancellation);
        var moreAt = TrialFarm.Now;
        await OrderMoreAsync();
        var until = first!.Start + ShareWindow;
        await TrialFarm.UntilAsync(() => TrialFarm.Now > until, cancellation);
        var finished = farm.Works.Read().Where(w => w.IsChunk && w.IsFinished && w.End > first.Start && w.End <= until).ToList();
        double Seconds(IEnumerable<WorkSpan> works) => works.Sum(w => (w.End!.Value - w.Start).TotalSeconds);
        var (lows, all) = (Seconds(finished.Where(w => low.Contains(w.Project))), Seconds(finished));
        var waiting = (await Task.WhenAll(urgent.Select(f => farm.StatusAsync(f, cancellation)))).Count(s => s != "succeeded");
        var firstJob = farm.Works.Read().Where(w => w.Project == urgent[0]).Min(w => w.Start);
        var trial = new Trial((first.Start - at).TotalSeconds).With("its first job of any kind, s", (firstJob - at).TotalSeconds);
        return (FirstChunk(urgent[1]) is { } next ? trial.With("first chunk of the next, which thirteen others came with, s", (next.Start - moreAt).TotalSeconds) : trial)
            .With("low work's share of finished chunk-seconds, %", all > 0 ? 100 * lows / all : 0)
            .With("chunks finished meanwhile", finished.Count)
            .With("urgent films not done by then", waiting);

        WorkSpan? FirstChunk(string film) => farm.Works.Read().Where(w => w.IsChunk && w.Project == film).MinBy(w => w.Start);

        async Task OrderMoreAsync()
        {
            for (var i = 1; i < UrgentFilms; i++)
            {
                urgent.Add(await farm.OrderAsync(cancellation, static o => o with { Band = "urgent" }));
            }
        }
    }

    /// <summary>The dispatcher's host is killed while works of a limit run. Until one of them is granted anew; the nodes tell how many ever ran at once.</summary>
    public static async Task<Trial> LimitsAsync(TrialFarm farm, CancellationToken cancellation)
    {
        await farm.ChangeAsync(HttpMethod.Put, $"/api/v2/farm/limits/{Licence}", new { max = LicencesMax }, cancellation);
        var films = new HashSet<string>();
        for (var i = 0; i < LicencesMax + 1; i++)
        {
            films.Add(await farm.OrderAsync(cancellation, static o => o with { Limits = [Licence] }));
        }

        IEnumerable<WorkSpan> Licensed() => farm.Works.Read().Where(w => films.Contains(w.Project));
        await TrialFarm.UntilAsync(() => Licensed().Count(w => w.End is null && w.IsChunk) == LicencesMax, cancellation);
        var victim = await farm.OldestServerAsync(cancellation);
        var at = TrialFarm.Now;
        farm.HasBegun = victim.Signal(Signals.Kill) ? true : throw new InvalidOperationException($"{victim.Name} was not there.");
        await TrialFarm.UntilAsync(() => Licensed().Any(w => w.Start > at + UnderWay), cancellation);
        var first = Licensed().Where(w => w.Start > at + UnderWay).Min(w => w.Start);

        // A film that was ordered in the confusion may be the one that is too much: look on until all licences went round again.
        await TrialFarm.UntilAsync(() => Licensed().Count(w => w.Start > at + UnderWay) > 2 * LicencesMax, cancellation);
        var most = WorkLog.MostAtOnce(Licensed());
        return new Trial((first - at).TotalSeconds) { Violations = most > LicencesMax ? [$"{most} works of a limit of {LicencesMax} ran at once"] : [] }
            .With("works at once, most", most);
    }

    /// <summary>A real node whose scratch folder takes nothing, so that it fails whatever it is given at once. Its failures until nobody gives it work any more.</summary>
    public static async Task<Trial> BlackHoleAsync(TrialFarm farm, CancellationToken cancellation)
    {
        var hole = farm.Nodes[^1];
        var scratch = Path.Combine(farm.DataDir, hole.Name, "scratch");
        Directory.CreateDirectory(scratch);
        await RunAsync("mount", "-t", "tmpfs", "-o", "ro,size=4k", "none", scratch);
        try
        {
            var at = TrialFarm.Now;
            farm.HasBegun = true;
            var films = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                films.Add(await farm.OrderAsync(cancellation, static o => o with { Scenes = 3, SceneSeconds = 8 }));
            }

            var (watch, quarantined, ends) = (Stopwatch.StartNew(), (TimeSpan?)null, new List<string>());
            while (ends.Count < films.Count)
            {
                ends = [.. (await Task.WhenAll(films.Select(f => farm.StatusAsync(f, cancellation)))).Where(s => s is "succeeded" or "failed" or "canceled")];
                if (quarantined is null && (await farm.NodeAsync(hole.Name, cancellation)).GetProperty("doing").GetString() is "quarantined" or "probation")
                {
                    quarantined = watch.Elapsed;
                }

                await TrialFarm.PauseAsync(cancellation);
            }

            var failures = farm.Works.Read().Count(w => w.Node == hole.Name && w.HasFailed && w.Start >= at);
            var trial = new Trial(failures) { Violations = ends.TrueForAll(s => s == "succeeded") ? [] : [$"films ended as {string.Join(", ", ends)}"] };
            return quarantined is { } time ? trial.With("quarantined after, s", time.TotalSeconds) : trial with { Violations = [.. trial.Violations, "it was never quarantined"] };
        }
        finally
        {
            await RunAsync("umount", scratch);
            await farm.ChangeAsync(HttpMethod.Post, $"/api/v2/farm/nodes/{hole.Name}/pardon", new { reason = "The trial is over." }, cancellation);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said.Trim()}");
        }
    }
}
