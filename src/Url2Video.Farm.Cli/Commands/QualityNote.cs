using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Cli.Commands;

/// <summary>Tells what was found of a film: a few lines to people, figures to programs.</summary>
internal static class QualityNote
{
    /// <summary>Folder of what a gate held back.</summary>
    public const string Quarantine = "quarantine";

    /// <param name="file">A report; one that is not there, or of another version, is not spoken of.</param>
    public static void Tell(string file, IReporter reporter, Dictionary<string, object?> fields)
    {
        if (Read(file) is not { } report)
        {
            return;
        }

        fields["quality"] = new Dictionary<string, object?>
        {
            ["report"] = file,
            ["errors"] = report.Errors,
            ["warnings"] = report.Warnings,
            ["remarks"] = report.Remarks,
            ["findings"] = report.Findings.Select(f => f.Line).ToArray(),
        };
        reporter.Say($"{QualityText.Summary(report.Errors, report.Warnings, report.Remarks, report.Findings)}\n  All of it: {file}");
    }

    private static (int Errors, int Warnings, int Remarks, System.Collections.Immutable.ImmutableArray<(Severity Severity, string Line)> Findings)? Read(string file)
    {
        try
        {
            return File.Exists(file) ? QualityJson.TryRead(File.ReadAllBytes(file)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null; // The film is there all the same.
        }
    }
}
