using System.CommandLine;
using Url2Video.Farm.Cli.Measuring;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video bench</c>: what this machine makes of the pixel kernels, beside a copy and beside FFmpeg's filters.</summary>
internal static class BenchCommand
{
    public const string TableFile = "kernels.md";
    public const string PlotFile = "kernels.svg";

    public static Command Create()
    {
        var common = new CommonOptions();
        var quick = new Option<bool>("--quick") { Description = "Two rounds of the kernels that have a goal: seconds instead of minutes." };
        var only = new Option<string>("--only") { Description = "kernels: what is measured.", DefaultValueFactory = _ => "kernels" };
        only.AcceptOnlyFromAmong("kernels");
        var folder = new Option<string?>("--out", "-o") { Description = $"Write {TableFile} and {PlotFile} into this folder.", HelpName = "DIR" };
        var command = new Command("bench", "Measures this machine: each pixel kernel on a 1080p frame beside a copy of it, and beside FFmpeg's filter for the same work where ffmpeg is installed.");
        foreach (var option in new Option[] { quick, only, folder, common.Json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => RunAsync(parsed.GetValue(quick), parsed.GetValue(folder), reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(bool quick, string? folder, IReporter reporter)
    {
        var target = folder is null ? null : OutDirectory.Prepare(folder);
        using var interrupt = new Interrupt();
        KernelFigures figures;
        try
        {
            figures = await Task.Run(() => KernelMeter.Measure(quick, rounds: 0, reporter.Say, interrupt.Token)).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            target?.RemoveIfUnused();
            if (fault is OperationCanceledException)
            {
                throw new FarmException(ErrorCodes.Cancelled, "Interrupted. Nothing was written.", "Run it again; --quick takes seconds.", cause: fault);
            }

            throw;
        }

        var files = target is null ? [] : Write(target.Path, figures);
        reporter.Table(KernelReport.Table(figures));
        reporter.Succeed([KernelReport.Heading(figures), .. files], new Dictionary<string, object?>
        {
            ["rounds"] = figures.Rounds,
            ["ffmpeg"] = figures.HasFilters,
            ["missed"] = figures.All.Where(f => f.IsWithinGoal == false).Select(f => f.Name).ToArray(),
            ["files"] = files,
        });
        return ExitStatus.Success;
    }

    /// <returns>The files.</returns>
    internal static string[] Write(string folder, KernelFigures figures)
    {
        var heading = FormattableString.Invariant($"Kernels, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores");
        var (table, plot) = (Path.Combine(folder, TableFile), Path.Combine(folder, PlotFile));
        File.WriteAllLines(table, KernelReport.Markdown(figures, heading));
        File.WriteAllText(plot, KernelReport.Plot(figures, heading));
        return [table, plot];
    }
}
