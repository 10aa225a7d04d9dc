using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Core.Quality;

/// <summary>The judgement for people.</summary>
public static class QualityText
{
    private const int LinesMax = 12;

    /// <summary>One finding as one line.</summary>
    public static string Line(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var scene = finding.Scene is null ? "" : $" scene {finding.Scene},";
        return string.Create(CultureInfo.InvariantCulture, $"{finding.Code} at {Time(finding.StartMs)},{scene} {finding.Measured:0.##} {finding.Unit} (bound {finding.Bound:0.##}): {finding.Message}");
    }

    /// <summary>The whole of it in a few lines, the worst first.</summary>
    public static string Summary(int errors, int warnings, int infos, IReadOnlyList<(Severity Severity, string Line)> findings)
    {
        if (findings.Count == 0)
        {
            return "Quality: nothing found.";
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Quality: {Count(errors, "error")}, {Count(warnings, "warning")}, {Count(infos, "remark")}.");
        foreach (var (severity, line) in findings.Take(LinesMax))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {(severity == Severity.Error ? "error  " : severity == Severity.Warning ? "warning" : "remark ")} {line}");
        }

        if (findings.Count > LinesMax)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  and {findings.Count - LinesMax} more.");
        }

        return text.ToString();
    }

    private static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";

    private static string Time(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000}:{ms / 1000 % 60:00}.{ms % 1000:000}");
}
