using System.Collections.Immutable;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <param name="Count">How often the rule is broken, also where the findings were not kept.</param>
public sealed record RuleCount(LintRule Rule, long Count);

/// <param name="Init">Path of the init segment.</param>
/// <param name="Segments">Paths, in order.</param>
/// <param name="Pictures">That the segments say they have.</param>
/// <param name="Entry">How they are coded: the type of the sample entry.</param>
public sealed record LintTrack(string Init, ImmutableArray<string> Segments, long Pictures, string Entry);

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

    /// <summary>The same with what was found by other means, in the same order and as many of a rule.</summary>
    public LintReport With(IReadOnlyCollection<RuleViolation> found)
    {
        var kept = Findings.Concat(found).GroupBy(f => f.Law.Id).SelectMany(g => g.Take(Limits.LintFindingsPerRuleMax)).OrderByDescending(f => f.Law.Severity);
        var rules = Rules.Concat(found.Select(f => new RuleCount(f.Law, 1))).GroupBy(r => r.Rule.Id).Select(g => new RuleCount(g.First().Rule, g.Sum(r => r.Count)));
        return this with { Findings = [.. kept], Rules = [.. rules.OrderByDescending(r => r.Rule.Severity)] };
    }
}
