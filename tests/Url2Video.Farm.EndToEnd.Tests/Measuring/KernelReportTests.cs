using Url2Video.Farm.Cli.Measuring;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Media.Measuring;

namespace Url2Video.Farm.EndToEnd.Tests.Measuring;

public sealed class KernelReportTests
{
    private static readonly Kernel s_fade = new("fade", () => { }, "blend") { GoalMillis = 0.35 };

    [Fact]
    public void FigureOf_AKernelAndAFilter_TakesOffWhatDoingNothingCosts()
    {
        var figure = KernelMeter.FigureOf(s_fade, millis: 0.25, copy: 0.125, work: 3, nothing: 1);

        Assert.Equal((2, 2, 8), (figure.CopyRatio, figure.FilterMillis!.Value, figure.FilterRatio!.Value));
        Assert.True(figure.IsWithinGoal);
    }

    [Fact]
    public void FigureOf_WithoutTheProgram_HasNoRatioToIt()
    {
        var figure = KernelMeter.FigureOf(s_fade, 0.5, 0.125, double.PositiveInfinity, double.PositiveInfinity);

        Assert.Null(figure.FilterMillis);
        Assert.Null(figure.FilterRatio);
        Assert.False(figure.IsWithinGoal);
    }

    [Fact]
    public void Table_OfFigures_AlignsThemAndNamesAMissedGoalAndASkip()
    {
        var figures = new KernelFigures(2, HasFilters: false, [KernelMeter.FigureOf(s_fade, 0.5, 0.125, double.PositiveInfinity, 0)]);

        var lines = SheetText.Lines(KernelReport.Table(figures)).ToArray();

        Assert.Equal(["fade", "0.500", "4.00", "skipped", "0.35", "MISSED"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("skipped: ffmpeg is not installed", KernelReport.Heading(figures), StringComparison.Ordinal);
        Assert.Contains("| fade | 0.500 | 4.00 | skipped |  | 0.35 | MISSED |", KernelReport.Markdown(figures, "Kernels"));
    }
}
