using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 15 to 19 and 24: a manifest against the bytes it names.</summary>
internal sealed class DashRules(LintContext context, TrackRules tracks, string path)
{
    private const long BandwidthMax = 1_000_000_000_000;
    private const decimal SecondsOfRounding = 0.001m;
    private static readonly XNamespace s_mpd = "urn:mpeg:dash:schema:mpd:2011";

    private decimal _seconds;
    private decimal _longest;

    public void Check(XDocument manifest)
    {
        var root = manifest.Root!;
        if (root.Name != s_mpd + "MPD")
        {
            context.Report(LintRules.Xml, path, $"has the root {root.Name}", $"{s_mpd + "MPD"}");
            return;
        }

        _seconds = Seconds(root, "mediaPresentationDuration");
        CheckType(root, Text(root, "type") == "dynamic");
        var periods = root.Elements(s_mpd + "Period").ToList();
        if (periods.Count != 1)
        {
            context.Report(LintRules.NotJudged, path, $"has {periods.Count} periods", "1 period");
            return;
        }

        var count = periods[0].Descendants(s_mpd + "Representation").Count();
        if (count > Limits.LintTracksMax)
        {
            context.Report(LintRules.Unreadable, path, $"has {count} representations", $"at most {Limits.LintTracksMax}");
            return;
        }

        foreach (var set in periods[0].Elements(s_mpd + "AdaptationSet"))
        {
            CheckSet(set, Seconds(root, "minBufferTime"));
        }

        var isEqual = _seconds < 0 || _longest == 0 || Math.Abs(_seconds - _longest) <= 1024m / 48_000;
        context.Require(isEqual, LintRules.Duration, path, $"says that it lasts {_seconds} s", $"{_longest:0.######} s, as its longest track");
    }

    private void CheckType(XElement root, bool isDynamic)
    {
        foreach (var name in isDynamic ? (string[])["availabilityStartTime", "publishTime", "minimumUpdatePeriod"] : ["mediaPresentationDuration"])
        {
            context.Require(root.Attribute(name) is not null, LintRules.Dynamic, path, $"is {(isDynamic ? "dynamic" : "static")} and lacks {name}");
        }

        context.Require(isDynamic || root.Attribute("minimumUpdatePeriod") is null, LintRules.Dynamic, path, "is static and has minimumUpdatePeriod");
        context.Require(_seconds >= 0 || root.Attribute("mediaPresentationDuration") is null, LintRules.Duration, path, $"has a duration that cannot be read: {Text(root, "mediaPresentationDuration")}");
    }

    private void CheckSet(XElement set, decimal bufferSeconds)
    {
        foreach (var url in set.Descendants(s_mpd + "BaseURL"))
        {
            context.Find(path, url.Value.Trim());
        }

        foreach (var representation in set.Elements(s_mpd + "Representation"))
        {
            var template = representation.Element(s_mpd + "SegmentTemplate") ?? set.Element(s_mpd + "SegmentTemplate");
            if (template?.Element(s_mpd + "SegmentTimeline") is not null && !set.Descendants(s_mpd + "BaseURL").Any())
            {
                var isAligned = Text(set, "segmentAlignment") == "true" && Inherited(representation, set, "startWithSAP") == "1";
                context.Require(isAligned, LintRules.Alignment, path, $"lacks segmentAlignment or startWithSAP for {Text(representation, "id")}");
                CheckRepresentation(representation, set, template, bufferSeconds);
            }
            else if (representation.Element(s_mpd + "BaseURL") is null || template is not null || representation.Element(s_mpd + "SegmentBase") is not null)
            {
                context.Report(LintRules.NotJudged, path, $"names the media of {Text(representation, "id")} without a SegmentTimeline, or below a BaseURL", "a SegmentTemplate with a SegmentTimeline");
            }
        }
    }

    private void CheckRepresentation(XElement representation, XElement set, XElement template, decimal bufferSeconds)
    {
        var (id, bandwidth, timescale) = (Text(representation, "id"), DashTimeline.Number(representation, "bandwidth"), DashTimeline.Number(template, "timescale"));
        var end = (long)Math.Min(Math.Max(0, _seconds) * Math.Clamp(timescale, 1, uint.MaxValue), 1L << 60);
        if (DashTimeline.Read(template, s_mpd, end) is not { Length: > 0 } times)
        {
            context.Report(LintRules.Timeline, path, $"has a timeline for {id} that is empty, beyond all bounds or cannot be read");
            return;
        }

        var first = template.Attribute("startNumber") is null ? 1 : DashTimeline.Number(template, "startNumber");
        string Name(string attribute, int index) => DashTimeline.Name(Text(template, attribute), id, bandwidth, first + index, times[index].Start);
        var files = Enumerable.Range(0, times.Length).Select(i => context.Find(path, Name("media", i))).ToList();
        var init = context.Find(path, Name("initialization", 0));
        CheckCount(template, id, bandwidth, [.. files.OfType<string>()]);
        for (var index = 1; index < times.Length; index++)
        {
            context.Require(times[index - 1].End == times[index].Start, LintRules.Timeline, path, $"has a gap before segment {index + 1} of {id}");
        }

        if (init is null || files.Contains(null) || tracks.Read(init, [.. files.OfType<string>()]) is not { } track || track.Segments.Length != times.Length)
        {
            return;
        }

        context.Require(timescale == track.Init.Timescale, LintRules.Timescale, path, $"has the timescale {timescale} for {id}", $"{track.Init.Timescale}");
        CheckTimes(id, times, track);
        var codecs = Inherited(representation, set, "codecs");
        context.Require(track.Init.Codecs is not { } real || string.Equals(codecs, real, StringComparison.OrdinalIgnoreCase), LintRules.DashCodecs, path, $"says codecs {codecs} for {id}", track.Init.Codecs);
        if (track.IsVideo)
        {
            var size = $"{Inherited(representation, set, "width")}x{Inherited(representation, set, "height")}";
            context.Require(size == $"{track.Init.Width}x{track.Init.Height}", LintRules.DashSize, path, $"says {size} for {id}", $"{track.Init.Width}x{track.Init.Height}");
            context.Require(_seconds < 0 || _seconds >= track.End - SecondsOfRounding, LintRules.Duration, path, $"lasts {_seconds} s, which cuts the last picture of {id}", $"{track.End:0.######} s");
        }

        _longest = Math.Max(_longest, track.End);
        CheckBuffer(track, Math.Min(bandwidth, BandwidthMax), Math.Max(0, bufferSeconds));
    }

    // Files that fit the template and are not named: the manifest is older than the folder.
    private void CheckCount(XElement template, string id, long bandwidth, IReadOnlyCollection<string> named)
    {
        const string Mark = "\u0001";
        var text = Text(template, "media");
        if (text.Split('$') is not { Length: > 2 } parts || Array.FindIndex(parts, p => p.StartsWith("Number", StringComparison.Ordinal)) is not (> 0 and var at))
        {
            return;
        }

        parts[at] = Mark;
        var name = DashTimeline.Name(string.Join('$', parts).Replace($"${Mark}$", Mark, StringComparison.Ordinal), id, bandwidth, 0, 0);
        if (HlsText.Resolve(path, name)?.Split(Mark) is [var before, var after])
        {
            var count = context.Paths.Count(p => p.Length > before.Length + after.Length && p.StartsWith(before, StringComparison.Ordinal) && p.EndsWith(after, StringComparison.Ordinal)
                && p.AsSpan(before.Length, p.Length - before.Length - after.Length).IndexOfAnyExceptInRange('0', '9') < 0);
            context.Require(count <= named.Count, LintRules.SegmentCount, path, $"names {named.Count} segments of {id}, and {count} are there");
        }
    }

    private void CheckTimes(string id, ImmutableArray<(long Start, long End)> times, Track track)
    {
        for (var index = 0; index < times.Length; index++)
        {
            var real = track.Segments[index].Start;
            if (times[index].Start != real)
            {
                context.Report(LintRules.Timeline, path, $"starts segment {index + 1} of {id} at {times[index].Start}", $"{real}, as the media says");
                return;
            }
        }

        var end = (decimal)times[^1].End / track.Init.Timescale;
        context.Require(end == track.End, LintRules.Timeline, path, $"ends {id} at {end:0.######} s", $"{track.End:0.######} s");
    }

    // A client that fills its buffer for minBufferTime at @bandwidth and then plays must never wait (ISO/IEC 23009-1 5.3.5.4).
    private void CheckBuffer(Track track, long bandwidth, decimal bufferSeconds)
    {
        var needed = 0m;
        for (var index = 0; index < track.Segments.Length; index++)
        {
            needed += track.Segments[index].Bytes * 8m;
            if (needed > bandwidth * (bufferSeconds + track.StartSeconds(index)))
            {
                context.Report(LintRules.Buffer, path, $"promises {bandwidth} bit/s for {track.Name}, too little at segment {index + 1}");
                return;
            }
        }
    }

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    private static string Inherited(XElement representation, XElement set, string attribute) =>
        (representation.Attribute(attribute) ?? set.Attribute(attribute))?.Value ?? "";

    private static decimal Seconds(XElement element, string attribute)
    {
        try
        {
            return element.Attribute(attribute) is { } text ? (decimal)XmlConvert.ToTimeSpan(text.Value).Ticks / TimeSpan.TicksPerSecond : -1;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return -1;
        }
    }
}
