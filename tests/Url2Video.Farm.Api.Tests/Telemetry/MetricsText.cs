using System.Globalization;

namespace Url2Video.Farm.Api.Tests.Telemetry;

internal static class MetricsText
{
    /// <summary>The value of one series in the text format; null when it is not told.</summary>
    public static double? Value(this string page, string series) => page.Split('\n')
        .Where(l => l.StartsWith(series + " ", StringComparison.Ordinal))
        .Select(l => (double?)double.Parse(l.AsSpan(series.Length + 1), CultureInfo.InvariantCulture))
        .SingleOrDefault();
}
