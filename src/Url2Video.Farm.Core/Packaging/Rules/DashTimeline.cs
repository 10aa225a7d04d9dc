using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>The times and names that a SegmentTemplate stands for.</summary>
internal static class DashTimeline
{
    private const long TicksMax = 1L << 40, TimeMax = 1L << 61;

    /// <summary>Start and end of every segment in ticks; null when the timeline cannot be meant.</summary>
    /// <param name="end">Ticks at which the presentation ends; how often a negative r repeats.</param>
    public static ImmutableArray<(long Start, long End)>? Read(XElement timeline, long end)
    {
        var (times, at) = (ImmutableArray.CreateBuilder<(long, long)>(), 0L);
        var runs = timeline.Elements(DashNames.Mpd + "S").ToList();
        for (var index = 0; index < runs.Count; index++)
        {
            var run = runs[index];
            at = DashNames.Number(run, "t", at);
            var ticks = DashNames.Number(run, "d");
            if (at is < 0 or > TimeMax || ticks is <= 0 or > TicksMax)
            {
                return null;
            }

            // Repeated until the next run says where it starts, or until the end.
            var until = index + 1 < runs.Count ? DashNames.Number(runs[index + 1], "t", end) : end;
            var count = run.Attribute("r") is not { } r ? 1
                : r.Value.StartsWith('-') ? Math.Max(1, (Math.Min(Math.Max(0, until), TimeMax) - at + ticks - 1) / ticks)
                : Repeated(run);
            if (count <= 0 || count > Limits.LintSegmentsMax - times.Count)
            {
                return null;
            }

            for (; count > 0; count--)
            {
                times.Add((at, at + ticks));
                at += ticks;
            }
        }

        return times.ToImmutable();
    }

    /// <summary>A template with its identifiers filled in.</summary>
    public static string Name(string template, string id, long bandwidth, long number, long time)
    {
        var parts = template.Split('$');
        for (var index = 1; index < parts.Length; index += 2)
        {
            var (name, width) = Identifier(parts[index]);
            parts[index] = name switch
            {
                "RepresentationID" => id,
                "Number" => Padded(number, width),
                "Time" => Padded(time, width),
                "Bandwidth" => Padded(bandwidth, width),
                "" => "$",
                _ => $"${parts[index]}$",
            };
        }

        return string.Concat(parts);
    }

    private static long Repeated(XElement run) => DashNames.Number(run, "r") is >= 0 and <= Limits.LintSegmentsMax and var r ? r + 1 : -1;

    private static string Padded(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    // As in $Number%05d$: at most two digits of width.
    private static (string Name, int Width) Identifier(string text) =>
        text.Split("%0") is [var name, [.. { Length: 1 or 2 } digits, 'd']] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            ? (name, width)
            : (text, 1);
}
