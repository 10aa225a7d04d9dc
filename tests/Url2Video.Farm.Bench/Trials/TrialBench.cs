using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>
/// How long a real farm of this machine takes to go on after one blow: processes, PostgreSQL and films are real, only small. Each trial begins
/// with the farm whole and at work, and is timed by a clock outside the farm, from the blow to the first proof that it goes on. One farm does
/// all trials of a kind, unless one of them leaves it in a state that the next must not begin with.
/// </summary>
internal static class TrialBench
{
    private static readonly TimeSpan SetUpMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan JudgeMax = TimeSpan.FromMinutes(2);

    /// <summary>Trials that cannot be set up are replaced, at most so many in a row.</summary>
    private const int SkippedMax = 3;

    /// <param name="kind">Name of one, or <c>all</c>.</param>
    /// <param name="json">Where to write the results for programs; null: nowhere.</param>
    /// <param name="markdown">Where to write them for people, after each kind; null: nowhere.</param>
    /// <param name="keep">Whether the farms' folders stay, with every log.</param>
    public static async Task<int> RunAsync(string kind, int count, string? json, string? markdown, bool keep)
    {
        var kinds = TrialKinds.All.Where(k => kind is "all" || k.Name == kind).ToList();
        if (kinds.Count == 0 || count < 1)
        {
            Console.Error.WriteLine($"The kinds are: all, {string.Join(", ", TrialKinds.All.Select(k => k.Name))}. The number of trials is at least 1.");
            return 2;
        }

        var results = new List<TrialResult>();
        foreach (var each in kinds)
        {
            var result = await RunAsync(each, count, keep);
            results.Add(result);
            Console.WriteLine(TrialReport.Text(result));
            await WriteAsync(json, TrialReport.Json(results, TrialFarm.Now));
            await WriteAsync(markdown, TrialReport.Markdown(results, TrialFarm.Now));
        }

        return results.TrueForAll(r => r.Violations.IsEmpty && r.Failed.IsEmpty && (!r.IsEmpty || r.Kind.Missing() is not null)) ? 0 : 1;
    }

    private static async Task<TrialResult> RunAsync(TrialKind kind, int count, bool keep)
    {
        var (before, trials, skipped, failed) = (Load(), ImmutableArray.CreateBuilder<Trial>(), ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        var invariants = new List<Invariant>();
        if (kind.Missing() is { } missing)
        {
            skipped.Add(missing);
            return new(kind, [], skipped.ToImmutable(), [], [], before);
        }

        var isStuck = false;
        while (trials.Count + failed.Count < count && !isStuck)
        {
            var folder = Folder();
            try
            {
                await using var farm = await TrialFarm.StartAsync(kind.Needs, Path.Combine(folder.FullName, "farm"));
                isStuck = !await SeriesAsync(kind, count, farm, trials, skipped, failed);
                using var patience = new CancellationTokenSource(JudgeMax);
                invariants.AddRange(await farm.JudgeAsync(patience.Token));
            }
            catch (Exception fault) when (IsKnown(fault))
            {
                skipped.Add($"The farm did not start or could not be judged: {fault.Message}");
                isStuck = skipped.Count >= SkippedMax;
            }

            if (!keep)
            {
                folder.Delete(recursive: true);
            }
        }

        var judged = invariants.GroupBy(i => i.Name).Select(g => new Invariant(g.Key, g.Sum(i => i.Count), [.. g.SelectMany(i => i.Violations)]));
        return new(kind, trials.ToImmutable(), skipped.ToImmutable(), failed.ToImmutable(), [.. judged], $"{before} to {Load()}");
    }

    /// <summary>Trial after trial on one farm.</summary>
    /// <returns>False: there is no use in going on, with another farm either.</returns>
    private static async Task<bool> SeriesAsync(
        TrialKind kind, int count, TrialFarm farm, ImmutableArray<Trial>.Builder trials, ImmutableArray<string>.Builder skipped, ImmutableArray<string>.Builder failed)
    {
        var skippedInARow = 0;
        while (trials.Count + failed.Count < count)
        {
            using var patience = new CancellationTokenSource(SetUpMax);
            farm.HasBegun = false;
            var number = trials.Count + failed.Count + 1;
            try
            {
                await farm.UntilWholeAsync(patience.Token);
                patience.CancelAfter(SetUpMax);
                var trial = await kind.RunAsync(farm, number, patience.Token);
                trials.Add(trial);
                skippedInARow = 0;
                Say(kind, number, string.Create(CultureInfo.InvariantCulture, $"{trial.Value:F2} {kind.Unit} {string.Join(", ", trial.Also.Select(a => $"{a.Key} {a.Value:F2}").Concat(trial.Violations))}"));
                await farm.ClearAsync(patience.Token);
            }
            catch (Exception fault) when (IsKnown(fault))
            {
                var why = fault is OperationCanceledException ? $"no end within {SetUpMax.TotalSeconds:F0} s" : $"{fault.GetType().Name}: {fault.Message}";
                Say(kind, number, farm.HasBegun ? $"FAILED: {why}" : $"not counted: {why}");
                (farm.HasBegun ? failed : skipped).Add($"trial {number}: {why}");
                return farm.HasBegun || ++skippedInARow < SkippedMax && skipped.Count < SkippedMax; // The next one has a farm of its own.
            }
        }

        return true;
    }

    private static bool IsKnown(Exception fault) =>
        fault is FarmException or OperationCanceledException or InvalidOperationException or IOException or NpgsqlException or TimeoutException or HttpRequestException;

    private static void Say(TrialKind kind, int number, string what) => Console.WriteLine($"{kind.Name} {number}: {what}");

    // PostgreSQL runs as a user of its own and must get to its folder.
    private static DirectoryInfo Folder()
    {
        var folder = Directory.CreateTempSubdirectory("farm-trials-");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return folder;
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";

    private static async Task WriteAsync(string? path, string text)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, text);
        }
    }
}
