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

    [Fact]
    public void Table_OfAFilterThatThisFFmpegLacks_SkipsItsCellAloneAndSaysWhy()
    {
        var lacking = KernelMeter.FigureOf(s_fade, 0.25, 0.125, double.PositiveInfinity, double.PositiveInfinity) with { FilterSkip = "No such filter: 'blend'" };
        var figures = new KernelFigures(2, HasFilters: true, [lacking, KernelMeter.FigureOf(s_fade, 0.25, 0.125, 3, 1)]);

        var markdown = KernelReport.Markdown(figures, "Kernels").ToArray();

        Assert.Contains("| fade | 0.250 | 2.00 | skipped: No such filter: 'blend' |  | 0.35 | met |", markdown);
        Assert.Contains("| fade | 0.250 | 2.00 | 2.00 | 8.0x as fast | 0.35 | met |", markdown);
    }

    [Theory]
    [InlineData("[rawvideo @ 0x55ce] Estimating\nInput #0\n[AVFilterGraph @ 0x55cf] No such filter: 'foo'\nError initializing complex filters.\nInvalid argument\n", "No such filter: 'foo'")]
    [InlineData("[xfade @ 0x1] [Eval @ 0x2] Undefined constant\nInvalid argument\n", "Undefined constant")]
    [InlineData("Killed\n", "Killed")]
    public void WhyOf_WhatFFmpegWrote_IsTheLineThatNamesTheFault(string errors, string expected) => Assert.Equal(expected, FilterProgram.WhyOf(errors));
}
