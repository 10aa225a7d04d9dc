using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>
/// Collects findings in bounded memory. A rule that is broken a million times keeps its first findings and a count, and takes no
/// place from any other rule: so no verdict depends on what was not kept.
/// </summary>
internal sealed class FindingLog
{
    private const int WordsMax = 240;

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
        var violation = new RuleViolation(rule, Clean(path), Clean(what), Clean(expected ?? rule.Title));
        if (found.Known.Add(violation))
        {
            found.Kept.Add(violation);
            found.Count++;
        }
    }

    public LintReport Report()
    {
        var rules = _rules.Values.OrderByDescending(r => r.Rule.Severity).ToList();
        return new LintReport([.. rules.SelectMany(r => r.Kept)], [.. rules.Select(r => new RuleCount(r.Rule, r.Count))]);
    }

    // Names come from strangers: nothing of them may steer a terminal or fill a screen.
    private static string Clean(string text)
    {
        var words = text.Length > WordsMax ? string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, WordsMax)}... ({text.Length} characters)") : text;
        return string.Create(words.Length, words, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = IsSteering(from[i]) ? '?' : from[i];
            }
        });
    }

    // Also what turns the direction of writing round, and line ends that are no controls.
    private static bool IsSteering(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private sealed class OfRule(LintRule rule)
    {
        public LintRule Rule { get; } = rule;

        public List<RuleViolation> Kept { get; } = [];

        public HashSet<RuleViolation> Known { get; } = [];

        public long Count { get; set; }
    }
}
