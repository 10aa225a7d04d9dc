using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 16, 17, 19 and 24: the manifest against the bytes it names.</summary>
internal sealed class DashRules(PackageFiles files, TrackRules tracks, ImmutableArray<RuleViolation>.Builder found)
{
    private const string Path = PackageLayout.DashManifest;
    private static readonly XNamespace s_mpd = "urn:mpeg:dash:schema:mpd:2011";

    public void Check(XDocument manifest)
    {
        var root = manifest.Root!;
        var seconds = Seconds(root, "mediaPresentationDuration");
        foreach (var set in root.Elements(s_mpd + "Period").Elements(s_mpd + "AdaptationSet"))
        {
            if (set.Element(s_mpd + "SegmentTemplate") is not { } template)
            {
                CheckPlainFiles(set);
                continue;
            }

            Require(Text(set, "segmentAlignment") == "true" && Text(set, "startWithSAP") == "1", 19, "lacks segmentAlignment or startWithSAP");
            foreach (var representation in set.Elements(s_mpd + "Representation"))
            {
                CheckRepresentation(representation, template, seconds, Seconds(root, "minBufferTime"));
            }
        }
    }

    private void CheckPlainFiles(XElement set)
    {
        foreach (var url in set.Descendants(s_mpd + "BaseURL"))
        {
            var path = HlsText.Parse(Path, "").Resolve(url.Value);
            Require(files.Paths.Contains(path), 24, $"names {path}, which does not exist");
        }
    }

    private void CheckRepresentation(XElement representation, XElement template, decimal seconds, decimal bufferSeconds)
    {
        var id = Text(representation, "id");
        var times = Timeline(template);
        var start = Number(template, "startNumber");
        var paths = times.Select((_, i) => Resolve(template, "media", id, start + i)).ToList();
        if (tracks.Read(Resolve(template, "initialization", id, 0), paths) is not { } track)
        {
            return;
        }

        var extra = files.Paths.Count(p => p.StartsWith($"media/{id}/", StringComparison.Ordinal) && p.EndsWith(".m4s", StringComparison.Ordinal)) - paths.Count;
        Require(extra == 0, 16, $"names {extra} segments too few for {id}");
        Require(Number(template, "timescale") == track.Init.Timescale, 16, $"has another timescale for {id} than the media");
        for (var index = 0; index < times.Count; index++)
        {
            var real = Math.Max(0, (long)track.Segments[index].DecodeTime - (track.Init.Kind == TrackKind.Audio ? track.Init.MediaTime : 0));
            Require(times[index].Start == real, 16, $"starts segment {index + 1} of {id} at {times[index].Start} in place of {real}");
            Require(index == 0 || times[index - 1].End == times[index].Start, 16, $"has a gap before segment {index + 1} of {id}");
        }

        var end = (decimal)times[^1].End / track.Init.Timescale;
        Require(Math.Abs(end - seconds) <= 1024m / 48_000, 17, $"lasts {seconds} s, but {id} lasts {end} s");
        Require(end == track.Seconds, 17, $"ends {id} at {end}, but it ends at {track.Seconds}");
        Require(Text(representation, "codecs") == track.Init.Codecs, 17, $"says other codecs for {id} than the bytes");
        CheckPicture(representation, track);
        CheckBuffer(track, Number(representation, "bandwidth"), bufferSeconds);
    }

    private void CheckPicture(XElement representation, Track track)
    {
        if (track.Init.Kind == TrackKind.Video)
        {
            var isSame = Number(representation, "width") == track.Init.Width && Number(representation, "height") == track.Init.Height;
            Require(isSame, 17, $"says another size for {track.Name} than the bytes");
        }
    }

    // A client that fills its buffer for minBufferTime at @bandwidth and then plays must never wait (ISO/IEC 23009-1 5.3.5.4).
    private void CheckBuffer(Track track, long bandwidth, decimal bufferSeconds)
    {
        var needed = 0m;
        for (var index = 0; index < track.Segments.Length; index++)
        {
            needed += track.Segments[index].Bytes * 8m;
            var received = bandwidth * (bufferSeconds + track.StartSeconds(index));
            if (needed > received)
            {
                Require(false, 17, $"promises {bandwidth} bit/s for {track.Name}, too little at segment {index + 1}");
                return;
            }
        }
    }

    private static List<(long Start, long End)> Timeline(XElement template)
    {
        var times = new List<(long, long)>();
        var at = 0L;
        foreach (var run in template.Elements(s_mpd + "SegmentTimeline").Elements(s_mpd + "S"))
        {
            at = run.Attribute("t") is null ? at : Number(run, "t");
            var ticks = Number(run, "d");
            for (var count = run.Attribute("r") is null ? 1 : Number(run, "r") + 1; count > 0; count--)
            {
                times.Add((at, at + ticks));
                at += ticks;
            }
        }

        return times;
    }

    private static string Resolve(XElement template, string attribute, string id, long number) => HlsText.Parse(Path, "").Resolve(Text(template, attribute)
        .Replace("$RepresentationID$", id, StringComparison.Ordinal)
        .Replace("$Number%05d$", number.ToString("D5", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    private static long Number(XElement element, string attribute) =>
        long.TryParse(Text(element, attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static decimal Seconds(XElement element, string attribute)
    {
        var text = Text(element, attribute);
        return text.StartsWith("PT", StringComparison.Ordinal) && text.EndsWith('S')
            && decimal.TryParse(text.AsSpan(2, text.Length - 3), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : -1;
    }

    private void Require(bool isTrue, int rule, string what)
    {
        if (!isTrue)
        {
            found.Add(new RuleViolation(rule, Path, what));
        }
    }
}
