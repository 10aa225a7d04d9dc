using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Projects;

/// <summary>One running job and how it compares.</summary>
/// <param name="RunningMillis">Since its node began.</param>
/// <param name="MedianMillis">Of finished jobs of its kind; null while too few are finished to say.</param>
public readonly record struct RunningPace(string Job, long RunningMillis, long? MedianMillis, bool HasTwin);

/// <summary>Which jobs deserve a second run: those that take far longer than their like while nothing else of the project is left to begin.</summary>
public static class Stragglers
{
    /// <param name="running">All running jobs of the project.</param>
    /// <param name="isAnyIdle">Some open job does not run yet: a free node is better spent on it.</param>
    /// <returns>The slowest first; at most what <see cref="Limits.TwinsPerProjectMax"/> leaves.</returns>
    public static ImmutableArray<string> Of(IEnumerable<RunningPace> running, bool isAnyIdle)
    {
        if (isAnyIdle)
        {
            return [];
        }

        var all = running.ToList();
        var free = Limits.TwinsPerProjectMax - all.Count(r => r.HasTwin);
        return
        [
            .. all.Where(r => !r.HasTwin && IsSlow(r))
                .OrderByDescending(r => r.RunningMillis - (r.MedianMillis ?? 0))
                .ThenBy(r => r.Job, StringComparer.Ordinal)
                .Take(Math.Max(0, free))
                .Select(r => r.Job),
        ];
    }

    /// <summary>Null for too few samples.</summary>
    public static long? Median(IEnumerable<long> millis)
    {
        var sorted = millis.Order().ToList();
        return sorted.Count < Limits.StragglerSamplesMin ? null : sorted[sorted.Count / 2];
    }

    private static bool IsSlow(RunningPace r) =>
        r.MedianMillis is { } median && r.RunningMillis >= Limits.StragglerSecondsMin * 1_000L && r.RunningMillis > median * Limits.StragglerFactor;
}
