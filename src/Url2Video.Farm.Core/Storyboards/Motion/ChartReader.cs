using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class ChartReader
{
    public static Chart Read(StrictObject chart, ReadErrors errors)
    {
        var result = new Chart(
            chart.RequireChoice<ChartType>("type"),
            chart.List("data", Chart.DataMin, Chart.DataMax, (v, p) => ReadDatum(v, p, errors)),
            chart.OptionalText("unit", 0, Chart.UnitCharsMax) ?? "");
        if (errors.IsEmpty && result.Data.All(d => d.Hundredths == 0))
        {
            errors.Invalid(chart.PointerOf("data"), "all values are 0.", "A chart needs at least one value above 0.");
        }

        return result;
    }

    private static ChartDatum ReadDatum(JsonElement element, string pointer, ReadErrors errors)
    {
        var datum = new StrictObject(element, pointer, errors);
        _ = datum.TryRequire("value", out _);
        var result = new ChartDatum(
            datum.RequireText("label", Chart.LabelCharsMax), datum.Decimal("value", 100, 0, ChartDatum.HundredthsMax, 0));
        datum.Finish();
        return result;
    }
}
