using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Findings in words that may be shown. Names come from strangers: nothing of them may steer a terminal or fill a screen.</summary>
public static class FindingText
{
    private const int WordsMax = 240;

    public static RuleViolation Make(LintRule rule, string path, string what, string expected) => new(rule, Clean(path), Clean(what), Clean(expected));

    /// <summary>Words of a stranger, cut short and without what is no letter.</summary>
    public static string Clean(string text)
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
}
