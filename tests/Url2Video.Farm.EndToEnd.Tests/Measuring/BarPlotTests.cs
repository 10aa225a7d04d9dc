using System.Xml.Linq;
using Url2Video.Farm.Cli.Measuring;

namespace Url2Video.Farm.EndToEnd.Tests.Measuring;

public sealed class BarPlotTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Draw_OfNamesWithMarkup_EscapesThemAndHasAViewBox()
    {
        var svg = XDocument.Parse(BarPlot.Draw(PlotOf(new Bar("a < b & \"c\"", 2, 20, 4)))).Root!;

        Assert.Contains(svg.Elements(s_svg + "text"), t => t.Value == "a < b & \"c\"");
        Assert.StartsWith("0 0 ", svg.Attribute("viewBox")!.Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme", svg.Element(s_svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_OfAGoal_PutsItsLineBetweenShorterAndLongerBars()
    {
        var svg = XDocument.Parse(BarPlot.Draw(PlotOf(new Bar("a", 2, 20, 4)))).Root!;
        double WidthOf(string kind) => (double)svg.Elements(s_svg + "rect").Single(r => (string?)r.Attribute("class") == kind).Attribute("width")!;
        var left = (double)svg.Elements(s_svg + "rect").Single(r => (string?)r.Attribute("class") == "v").Attribute("x")!;
        var goal = (double)svg.Elements(s_svg + "line").Single(l => (string?)l.Attribute("class") == "g").Attribute("x1")!;

        Assert.InRange(goal, left + WidthOf("v"), left + WidthOf("o"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Draw_OfWhatHasNoLogarithm_IsRefused(double value) =>
        Assert.Throws<ArgumentException>(() => BarPlot.Draw(PlotOf(new Bar("a", value, null, null))));

    private static Plot PlotOf(params Bar[] bars) => new("Title", "Subtitle", bars, "ours", "theirs", "goal");
}
