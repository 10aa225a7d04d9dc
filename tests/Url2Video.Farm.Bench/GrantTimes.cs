using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Bench;

/// <summary>What the servers' histogram <c>farm_grant_seconds</c> counted, by the upper end of each bucket; not cumulative.</summary>
internal sealed partial class GrantTimes
{
    private readonly SortedDictionary<double, double> _counts = [];

    public double Count => _counts.Values.Sum();

    /// <summary>The sum over all servers.</summary>
    public static async Task<GrantTimes> ReadAsync(IEnumerable<Uri> servers, string key, CancellationToken cancellation)
    {
        var times = new GrantTimes();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var server in servers)
        {
            times.Add(await http.GetStringAsync(new Uri(server, "/metrics"), cancellation));
        }

        return times;
    }

    public GrantTimes Since(GrantTimes before)
    {
        var times = new GrantTimes();
        foreach (var (end, count) in _counts)
        {
            times._counts[end] = count - before._counts.GetValueOrDefault(end);
        }

        return times;
    }

    /// <summary>Milliseconds; within a bucket as if it were filled evenly.</summary>
    public double Percentile(double share)
    {
        var (wanted, seen, start) = (Count * share, 0.0, 0.0);
        foreach (var (end, count) in _counts)
        {
            if (count > 0 && seen + count >= wanted)
            {
                return double.IsInfinity(end) ? double.PositiveInfinity : 1_000 * (start + ((end - start) * (wanted - seen) / count));
            }

            (seen, start) = (seen + count, end);
        }

        return double.NaN;
    }

    private void Add(string page)
    {
        var before = 0.0;
        foreach (Match bucket in Bucket().Matches(page))
        {
            var end = bucket.Groups[1].Value is "+Inf" ? double.PositiveInfinity : Number(bucket.Groups[1].Value);
            var cumulative = Number(bucket.Groups[2].Value);
            _counts[end] = _counts.GetValueOrDefault(end) + cumulative - before;
            before = cumulative;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^farm_grant_seconds_bucket\{le="([^"]+)"\} (\S+)""", RegexOptions.Multiline)]
    private static partial Regex Bucket();
}
