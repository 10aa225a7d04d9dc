using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>Results as a person reads them, as a file keeps them, and as a program takes them.</summary>
internal static class TrialReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Text(TrialResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{result.Kind.Name}: {Figures(result)}\n");
        foreach (var (name, min, median, max, mean) in result.Also)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name}: min {min:F2}, median {median:F2}, mean {mean:F2}, max {max:F2}\n");
        }

        foreach (var invariant in result.Invariants)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {(invariant.Holds ? "holds" : "BROKEN")}: {invariant.Name} ({invariant.Count})\n");
        }

        foreach (var line in result.Violations.Select(v => "violation: " + v).Concat(result.Failed.Select(f => "failed: " + f)).Concat(result.Skipped.Select(s => "not counted: " + s)))
        {
            text.Append("  ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    public static string Markdown(IReadOnlyList<TrialResult> results, DateTimeOffset at)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # How long a farm takes to go on after one blow, {at:yyyy-MM-dd}

            `trials all N` of the bench, on one machine of {Environment.ProcessorCount} cores: real servers, nodes and PostgreSQL (fsync on) as processes, timed by a clock outside the
            farm. Where works are counted or timed, the nodes' own logs tell. The p95 is one of the values (nearest rank). Load is the machine's average of
            one minute before and after the kind's trials.

            | kind | proof | trials | min | median | p95 | max | goal | met | invariants | load |
            |---|---|---|---|---|---|---|---|---|---|---|

            """);
        foreach (var r in results)
        {
            var goal = r.Kind.Goal is { } bound ? string.Create(CultureInfo.InvariantCulture, $"≤ {bound} {r.Kind.Unit}") : "";
            var met = r.IsEmpty ? "no trial" : r.HasMetGoal ? r.Kind.Goal is null ? "" : "yes" : "**no**";
            var invariants = r.Violations.IsEmpty ? "hold" : $"**{r.Violations.Length} broken**";
            text.Append(CultureInfo.InvariantCulture, $"| {r.Kind.Name} | {r.Kind.Proof} | {r.Trials.Length} | {r.Min:F2} | {r.Median:F2} | {r.P95:F2} | {r.Max:F2} | {goal} | {met} | {invariants} | {r.Load} |\n");
        }

        text.Append("\n## What else was measured\n\n| kind | what | min | median | mean | max |\n|---|---|---|---|---|---|\n");
        foreach (var (r, also) in results.SelectMany(r => r.Also.Select(a => (r, a))))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {r.Kind.Name} | {also.Name} | {also.Min:F2} | {also.Median:F2} | {also.Mean:F2} | {also.Max:F2} |\n");
        }

        text.Append("\n## What did not go well\n\n");
        var troubles = results.SelectMany(r => r.Violations.Select(v => $"- {r.Kind.Name}, violation: {v}\n")
            .Concat(r.Failed.Select(f => $"- {r.Kind.Name}, failed: {f}\n")).Concat(r.Skipped.Select(s => $"- {r.Kind.Name}, not counted: {s}\n"))).ToList();
        return text.AppendJoin("", troubles.Count > 0 ? troubles : ["Nothing: every trial began and came to its end, and no invariant was broken.\n"]).ToString();
    }

    public static string Json(IReadOnlyList<TrialResult> results, DateTimeOffset at) => JsonSerializer.Serialize(
        new
        {
            at,
            cores = Environment.ProcessorCount,
            kinds = results.Select(r => new
            {
                kind = r.Kind.Name,
                proof = r.Kind.Proof,
                unit = r.Kind.Unit,
                goal = r.Kind.Goal,
                met = r.HasMetGoal,
                min = Number(r.Min),
                median = Number(r.Median),
                p95 = Number(r.P95),
                max = Number(r.Max),
                load = r.Load,
                trials = r.Trials.Select(t => new { value = t.Value, also = t.Also, violations = t.Violations }),
                failed = r.Failed,
                skipped = r.Skipped,
                invariants = r.Invariants.Select(i => new { name = i.Name, count = i.Count, violations = i.Violations }),
            }),
        },
        Indented);

    private static string Figures(TrialResult r)
    {
        var goal = r.Kind.Goal is { } bound ? string.Create(CultureInfo.InvariantCulture, $"goal ≤ {bound} {r.Kind.Unit} {(r.HasMetGoal ? "met" : "MISSED")}, ") : "";
        return r.IsEmpty
            ? $"no trial ({r.Failed.Length} failed, {r.Skipped.Length} not counted)"
            : string.Create(CultureInfo.InvariantCulture, $"{r.Trials.Length} trials, min {r.Min:F2}, median {r.Median:F2}, p95 {r.P95:F2}, max {r.Max:F2} {r.Kind.Unit}, {goal}")
                + $"invariants {(r.Violations.IsEmpty ? "hold" : "BROKEN")}, load {r.Load}";
    }

    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}
