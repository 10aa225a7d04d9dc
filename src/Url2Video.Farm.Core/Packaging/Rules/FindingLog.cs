using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>
/// Collects findings in bounded memory. A rule that is broken a million times keeps its first findings and a count, and takes no
/// place from any other rule: so no verdict depends on what was not kept.
/// </summary>
internal sealed class FindingLog
{
    private readonly Dictionary<string, OfRule> _rules = [];

    public void Add(LintRule rule, string path, string what, string? expected)
    {
        if (!_rules.TryGetValue(rule.Id, out var found))
        {
            _rules[rule.Id] = found = new OfRule(rule);
        }

        if (found.Kept.Count >= Limits.LintFindingsPerRuleMax)
        {
            found.Count++;
            return;
        }

        // The same is often found twice, by HLS and by DASH.
        var violation = FindingText.Make(rule, path, what, expected ?? rule.Title);
        if (found.Known.Add(violation))
        {
            found.Kept.Add(violation);
            found.Count++;
        }
    }

    public LintReport Report(IEnumerable<LintTrack> tracks)
    {
        var rules = _rules.Values.OrderByDescending(r => r.Rule.Severity).ToList();
        return new LintReport([.. rules.SelectMany(r => r.Kept)], [.. rules.Select(r => new RuleCount(r.Rule, r.Count))], [.. tracks]);
    }

    private sealed class OfRule(LintRule rule)
    {
        public LintRule Rule { get; } = rule;

        public List<RuleViolation> Kept { get; } = [];

        public HashSet<RuleViolation> Known { get; } = [];

        public long Count { get; set; }
    }
}
