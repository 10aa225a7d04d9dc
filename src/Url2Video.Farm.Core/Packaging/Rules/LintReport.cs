using System.Collections.Immutable;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <param name="Count">How often the rule is broken, also where the findings were not kept.</param>
public sealed record RuleCount(LintRule Rule, long Count);

/// <param name="Init">Path of the init segment.</param>
/// <param name="Segments">Paths, in order.</param>
/// <param name="Pictures">That the segments say they have.</param>
public sealed record LintTrack(string Init, ImmutableArray<string> Segments, long Pictures);

/// <summary>What was found in a package. The counts are of everything; the findings are the first of each rule.</summary>
/// <param name="Findings">Errors first, then warnings, then notes; at most <see cref="Limits.LintFindingsPerRuleMax"/> of a rule.</param>
/// <param name="Rules">Every rule that has a finding, in the same order.</param>
/// <param name="Tracks">Of pictures that could be read, each once.</param>
public sealed record LintReport(ImmutableArray<RuleViolation> Findings, ImmutableArray<RuleCount> Rules, ImmutableArray<LintTrack> Tracks)
{
    /// <summary>Findings that are counted and not listed.</summary>
    public long LeftOut => Rules.Sum(r => r.Count) - Findings.Length;

    /// <summary>Nothing but notes.</summary>
    public bool IsClean => Rules.All(r => r.Rule.Severity == Severity.Info);

    public long Count(Severity severity) => Rules.Where(r => r.Rule.Severity == severity).Sum(r => r.Count);

    /// <summary>The same with what was found of an error's rule by other means, before everything else.</summary>
    public LintReport With(LintRule rule, IReadOnlyCollection<RuleViolation> found) => found.Count == 0
        ? this
        : this with { Findings = [.. found.Take(Limits.LintFindingsPerRuleMax), .. Findings], Rules = [new RuleCount(rule, found.Count), .. Rules] };
}
