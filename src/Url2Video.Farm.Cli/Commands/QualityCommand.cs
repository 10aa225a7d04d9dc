using System.CommandLine;
using System.Globalization;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node.Work.Quality;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video quality</c>: judges a finished film, whoever made it.</summary>
internal static class QualityCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A film: MP4, MOV, MKV, WebM or AVI." };
        var report = new Option<string?>("--report") { Description = "Write the whole report to this file." };
        var side = new Option<int>("--short-side") { Description = "The shorter side may not have fewer pixels.", DefaultValueFactory = _ => QualityBounds.ShortSideMinChosen };
        var loudness = new Option<int?>("--loudness") { Description = "Loudness that the film should have, e.g. -14 LUFS. Default: not judged." };
        var common = new CommonOptions();
        var command = new Command("quality", "Judges a finished film: black, frozen, flashing, blurred or blocky pictures, exposure, loudness, silence. Exit status 5 when it has errors.");
        command.Arguments.Add(file);
        foreach (Option option in new Option[] { report, side, loudness, common.Json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(
                reporter, () => RunAsync(parsed.GetValue(file)!, parsed.GetValue(report), parsed.GetValue(side), parsed.GetValue(loudness), reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(string file, string? target, int shortSideMin, int? loudness, IReporter reporter)
    {
        if (!File.Exists(file))
        {
            throw new FarmException(ErrorCodes.SourceNotFound, $"There is no file {file}.", "Name a film.");
        }

        using var interrupt = new Interrupt();
        QualityReport report;
        try
        {
            report = await Task.Run(() => FileJudge.Judge(file, shortSideMin, 10 * loudness, interrupt.Token)).ConfigureAwait(false);
        }
        catch (FFmpegException fault)
        {
            throw new FarmException(ErrorCodes.Format, $"{file} cannot be judged: {fault.Message}", "Give a film in MP4, MOV, MKV, WebM or AVI.", cause: fault);
        }

        var bytes = QualityJson.Write(report);
        if (target is not null)
        {
            await File.WriteAllBytesAsync(target, bytes).ConfigureAwait(false);
        }

        var lines = report.Findings.Select(f => (f.Severity, QualityText.Line(f))).ToArray();
        var fields = new Dictionary<string, object?>
        {
            ["file"] = file,
            ["errors"] = report.Errors,
            ["warnings"] = report.Warnings,
            ["remarks"] = report.Infos,
            ["findings"] = lines.Select(l => l.Item2).ToArray(),
        };
        var film = report.Outline;
        reporter.Say(string.Create(
            CultureInfo.InvariantCulture, $"{film.Width}x{film.Height}, {film.Frames} frames at {film.Fps} a second, SI {report.Figures.SpatialMean / 100m:0.0}, TI {report.Figures.TemporalMean / 100m:0.0}"));
        reporter.Say(QualityText.Summary(report.Errors, report.Warnings, report.Infos, lines));
        if (report.Errors == 0)
        {
            reporter.Succeed([], fields);
            return ExitStatus.Success;
        }

        var status = ErrorCodes.Describe(ErrorCodes.Quality).Exit;
        reporter.Fail(new FarmError(ErrorCodes.Quality, $"{file} has {report.Errors} errors of quality.", report.Findings[0].WayOut), status, fields);
        return status;
    }
}
