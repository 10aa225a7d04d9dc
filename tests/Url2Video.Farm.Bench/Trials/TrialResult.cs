using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Cli.Chaos;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>All trials of one kind.</summary>
/// <param name="Skipped">Why a trial could not begin; none of them counts.</param>
/// <param name="Failed">Why a trial that had begun came to no end: each of them counts against the goal.</param>
/// <param name="Load">Load average of the machine before and after.</param>
internal sealed record TrialResult(
    TrialKind Kind, ImmutableArray<Trial> Trials, ImmutableArray<string> Skipped, ImmutableArray<string> Failed, ImmutableArray<Invariant> Invariants, string Load)
{
    private readonly double[] _sorted = [.. Trials.Select(t => t.Value).Order()];

    public bool IsEmpty => _sorted.Length == 0;

    public double Min => At(0);

    public double Median => At(50);

    /// <summary>By the nearest rank: one of the values measured.</summary>
    public double P95 => At(95);

    public double Max => At(100);

    public ImmutableArray<string> Violations =>
    [
        .. Trials.SelectMany((t, i) => t.Violations.Select(v => string.Create(CultureInfo.InvariantCulture, $"trial {i + 1}: {v}"))),
        .. Invariants.SelectMany(i => i.Violations.Select(v => $"{i.Name}: {v}")),
    ];

    public bool HasMetGoal => !IsEmpty && Failed.IsEmpty && (Kind.Goal is not { } goal || Max <= goal);

    /// <summary>Name, least, median and greatest of each other thing that was measured.</summary>
    public IEnumerable<(string Name, double Min, double Median, double Max, double Mean)> Also =>
        from name in Trials.SelectMany(t => t.Also.Keys).Distinct().Order(StringComparer.Ordinal)
        let values = Trials.Where(t => t.Also.ContainsKey(name)).Select(t => t.Also[name]).Order().ToArray()
        select (name, values[0], values[Rank(values.Length, 50)], values[^1], values.Average());

    private double At(int percent) => IsEmpty ? double.NaN : _sorted[Rank(_sorted.Length, percent)];

    private static int Rank(int count, int percent) => Math.Max(0, (((count * percent) + 99) / 100) - 1);
}
