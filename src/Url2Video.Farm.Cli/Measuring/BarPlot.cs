using System.Globalization;
using System.Net;
using System.Text;

namespace Url2Video.Farm.Cli.Measuring;

/// <param name="Value">Above 0.</param>
/// <param name="Other">Of what it is compared with; null: nothing.</param>
/// <param name="Goal">Where its line stands; null: none.</param>
internal sealed record Bar(string Name, double Value, double? Other, double? Goal);

/// <param name="Subtitle">What the numbers are.</param>
internal sealed record Plot(string Title, string Subtitle, IReadOnlyList<Bar> Bars, string ValueName, string OtherName, string GoalName);

/// <summary>Draws horizontal bars on a logarithmic scale as SVG, readable in light and dark.</summary>
internal static class BarPlot
{
    private const int Names = 250;
    private const int Span = 560;
    private const int RowHeight = 24;
    private const int Top = 76;
    private const int Width = Names + Span + 90;

    private const string Style = """
        <style>text{font:12px sans-serif;fill:#1b1f24}.t{font-size:16px;font-weight:bold}.b{fill:#fff}.v{fill:#2563a8}.o{fill:#b9c2cc}.g{stroke:#c0392b;stroke-width:2}.r{stroke:#d8dde3}
        @media (prefers-color-scheme:dark){text{fill:#e6e9ed}.b{fill:#14171a}.v{fill:#6aa9ec}.o{fill:#56606b}.g{stroke:#ff7a66}.r{stroke:#2c333a}}</style>
        """;

    /// <exception cref="ArgumentException">No bars, or one that is not above 0.</exception>
    public static string Draw(Plot plot)
    {
        var values = plot.Bars.SelectMany(b => new[] { b.Value, b.Other, b.Goal }).OfType<double>().ToArray();
        if (values.Length == 0 || values.Any(v => !(v > 0) || !double.IsFinite(v)))
        {
            throw new ArgumentException("A logarithmic plot needs numbers above 0.", nameof(plot));
        }

        var (low, high) = (Math.Floor(Math.Log10(values.Min())), Math.Ceiling(Math.Log10(values.Max())));
        var scale = new Scale(low, Math.Max(low + 1, high));
        var height = Top + (plot.Bars.Count * RowHeight) + 24;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\">\n{Style}\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"b\" width=\"{Width}\" height=\"{height}\"/>\n");
        Text(svg, 12, 24, plot.Title, " class=\"t\"");
        Text(svg, 12, 44, plot.Subtitle);
        Legend(svg, plot);
        for (var power = (int)scale.Low; power <= (int)scale.High; power++)
        {
            var x = scale.At(Math.Pow(10, power));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"r\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top - 4}\" y2=\"{height - 20}\"/>\n");
            Text(svg, x, height - 6, Math.Pow(10, power).ToString("0.####", CultureInfo.InvariantCulture), " text-anchor=\"middle\"");
        }

        for (var i = 0; i < plot.Bars.Count; i++)
        {
            Row(svg, plot.Bars[i], scale, Top + (i * RowHeight));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Row(StringBuilder svg, Bar bar, Scale scale, int y)
    {
        Text(svg, Names - 8, y + 14, bar.Name, " text-anchor=\"end\"");
        if (bar.Other is { } other)
        {
            Box(svg, "o", scale.At(other), y + 10, 8);
        }

        Box(svg, "v", scale.At(bar.Value), y + 2, 8);
        Text(svg, Math.Max(scale.At(bar.Value), bar.Other is { } o ? scale.At(o) : 0) + 6, y + 14, bar.Value.ToString("0.00", CultureInfo.InvariantCulture));
        if (bar.Goal is { } goal)
        {
            var x = scale.At(goal);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"g\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{y}\" y2=\"{y + 20}\"/>\n");
        }
    }

    private static void Legend(StringBuilder svg, Plot plot) =>
        Text(svg, 12, 62, $"dark bar: {plot.ValueName}; pale bar: {plot.OtherName}; red line: {plot.GoalName}");

    private static void Box(StringBuilder svg, string kind, double until, int y, int height) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{Names}\" y=\"{y}\" width=\"{Math.Max(1, until - Names):0.#}\" height=\"{height}\"/>\n");

    private static void Text(StringBuilder svg, double x, int y, string text, string attributes = "") =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y}\"{attributes}>{WebUtility.HtmlEncode(text)}</text>\n");

    private readonly record struct Scale(double Low, double High)
    {
        public double At(double value) => Names + (Span * (Math.Log10(value) - Low) / (High - Low));
    }
}
