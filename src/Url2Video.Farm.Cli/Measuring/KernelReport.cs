using System.Globalization;
using System.Text.Json;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Media.Measuring;

namespace Url2Video.Farm.Cli.Measuring;

/// <summary>Kernels' figures as a table for people, rows for programs, Markdown for the repository, and a plot.</summary>
internal static class KernelReport
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly string[] s_headers = ["KERNEL", "MS/FRAME", "TIMES A COPY", "FFMPEG MS", "OURS IS", "GOAL MS", "GOAL"];

    public static Sheet Table(KernelFigures figures) => new(
        [.. s_headers.Select((h, i) => new SheetColumn(h, i > 0))],
        [.. figures.All.Select(f => new SheetRow(Cells(f, figures.HasFilters), JsonSerializer.SerializeToElement(f, s_json)))],
        "kernels");

    public static IEnumerable<string> Markdown(KernelFigures figures, string heading) =>
    [
        $"# {heading}",
        "",
        $"{Heading(figures)}. FFmpeg's filters for tables and matrices work in RGB: what it converts for them is in their times, because whoever uses them pays it.",
        "",
        "| kernel | ms/frame | times a copy | FFmpeg's filter, ms | ours is | goal, ms | |",
        "|---|---|---|---|---|---|---|",
        .. figures.All.Select(f => $"| {string.Join(" | ", Cells(f, figures.HasFilters))} |"),
    ];

    /// <summary>Each kernel beside a copy of the frame; what has a goal is marked with it.</summary>
    public static string Plot(KernelFigures figures, string heading)
    {
        var copy = figures.All[0].Millis;
        return BarPlot.Draw(new Plot(
            heading, $"{Heading(figures)}; bars: times a copy of the frame (logarithmic)",
            [.. figures.All.Select(f => new Bar(f.Name, f.CopyRatio, f.FilterMillis / copy, f.GoalMillis / copy))],
            "ours", "FFmpeg's filter", "goal"));
    }

    public static string Heading(KernelFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kernel.Width}x{Kernel.Height}, one thread, least of {figures.Rounds} rounds{(figures.HasFilters ? ", FFmpeg's filters in the same rounds" : "; skipped: ffmpeg is not installed")}");

    private static string[] Cells(KernelFigure f, bool hasFilters) =>
    [
        f.Name,
        Number(f.Millis, "0.000"),
        Number(f.CopyRatio, "0.00"),
        f.FilterMillis is { } ms ? Number(ms, "0.00") : f.Filter is null ? "none" : f.FilterSkip is { } why ? $"skipped: {why}" : hasFilters ? "" : "skipped",
        f.FilterRatio is { } ratio ? $"{Number(ratio, "0.0")}x as fast" : "",
        f.GoalMillis is { } goal ? Number(goal, "0.00") : "",
        f.IsWithinGoal switch { true => "met", false => "MISSED", null => "" },
    ];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
