using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 16 and 24: which files a representation names, and which lie there unnamed. Templates are written out within bounds.</summary>
/// <param name="seconds">Of the period; less than 0 when it is not known.</param>
/// <param name="isDynamic">Files that are no longer named, or not yet, lie beside the others.</param>
internal sealed class DashAddressRules(LintContext context, TrackRules tracks, string path, decimal seconds, bool isDynamic)
{
    /// <summary>The track of a representation with the times that the manifest gives it; null when it is not, or cannot be, read.</summary>
    public (Track Track, ImmutableArray<(long Start, long End)> Times)? Read(DashRepresentation representation)
    {
        int[] lengths = [representation.Id.Length, representation.Media.Length, representation.Initialization.Length];
        if (lengths.Max() > Limits.LintNameCharsMax || Math.Max(representation.Media.Count('$'), representation.Initialization.Count('$')) > 2 * Limits.LintIdentifiersMax)
        {
            context.Report(LintRules.TooMuch, path, "has an id or a template that no file can have as its name", $"at most {Limits.LintNameCharsMax} characters, {Limits.LintIdentifiersMax} identifiers");
            return null;
        }

        if (representation.BaseOf(context, path) is not { } from)
        {
            return null;
        }

        if (representation.HasTemplate && representation.Timeline is not null && representation.Timescale > 0)
        {
            return ReadTimeline(representation, from);
        }

        // A file of its own is not addressed by a template that says no times, as one inherited for others may.
        if (representation.HasTemplate && !(representation.HasBaseUrl && representation.TemplateText("duration").Length == 0))
        {
            ReadDurations(representation, from);
            return null;
        }

        // A file that is named as a whole; its name is no address any more. What ends as a folder is what a list's names lie in.
        if (representation.HasBaseUrl && from.Length > 0 && !from.EndsWith('/'))
        {
            context.FindPath(path, from);
        }

        if (representation.HasListOrBase || !representation.HasBaseUrl)
        {
            context.Report(LintRules.NotJudged, path, $"names the media of {representation.Id} without a SegmentTemplate", "a SegmentTemplate with a SegmentTimeline");
        }

        return null;
    }

    private (Track Track, ImmutableArray<(long Start, long End)> Times)? ReadTimeline(DashRepresentation representation, string from)
    {
        var id = representation.Id;
        var end = (long)Math.Min(Math.Max(0, seconds) * representation.Timescale + Math.Max(0, representation.TimeOffset), 1L << 60);
        if (DashTimeline.Read(representation.Timeline!, end) is not { Length: > 0 } times)
        {
            context.Report(LintRules.Timeline, path, $"has a timeline for {id} that is empty, beyond all bounds or cannot be read");
            return null;
        }

        if (!context.HasRoomFor(path, times.Length + 1L))
        {
            return null;
        }

        for (var index = 1; index < times.Length; index++)
        {
            if (times[index - 1].End != times[index].Start)
            {
                context.Report(LintRules.Timeline, path, $"has a gap before segment {index + 1} of {id}");
            }
        }

        var names = Enumerable.Range(0, times.Length).Select(i => Name(representation, representation.Media, i, times[i].Start));
        return Files(representation, from, names) is { } found && found.Count == times.Length && found.Init is { } init
            && tracks.Read(init, found.Segments) is { } track && track.Segments.Length == times.Length
            ? (track, times)
            : null;
    }

    // Times that are only nominal: the files are looked for, their media is not read.
    private void ReadDurations(DashRepresentation representation, string from)
    {
        var (timescale, duration, first) = (Math.Max(1, representation.Timescale), representation.TemplateNumber("duration", -1), representation.FirstNumber);
        var last = representation.TemplateNumber("endNumber", -1);
        if (duration <= 0 || first < 0 || last < 0 && seconds < 0)
        {
            context.Report(LintRules.NotJudged, path, $"does not say which segments {representation.Id} has", "a SegmentTimeline, or a duration and an end");
            return;
        }

        var count = last >= 0 ? (decimal)last - first + 1 : Math.Ceiling(seconds * timescale / duration);
        if (!context.IsWithin((long)Math.Clamp(count, 0, long.MaxValue / 2), Limits.LintSegmentsMax, path, $"segments of {representation.Id}") || !context.HasRoomFor(path, (long)count + 1))
        {
            return;
        }

        var files = Files(representation, from, Enumerable.Range(0, (int)Math.Max(0, count)).Select(i => Name(representation, representation.Media, i, i * duration)));
        if (!representation.IsImage)
        {
            context.Report(LintRules.NotJudged, path, $"names the media of {representation.Id} by duration", "a SegmentTimeline");
            return;
        }

        foreach (var file in files.Segments)
        {
            context.Require(context.ReadPart(file) is not { } bytes || TrickPlayRules.IsImage(bytes.Span), LintRules.Images, file, "is neither a JPEG nor a PNG");
        }
    }

    private (List<string> Segments, int Count, string? Init) Files(DashRepresentation representation, string from, IEnumerable<string> names)
    {
        var found = names.Select(name => context.Find(from, name)).OfType<string>().ToList();
        var init = representation.Initialization.Length == 0 ? null : context.Find(from, Name(representation, representation.Initialization, 0, 0));
        CheckCount(representation, from, found.Count);
        return (found, found.Count, init);
    }

    private static string Name(DashRepresentation representation, string template, int index, long time) =>
        DashTimeline.Name(template, representation.Id, representation.Bandwidth, representation.FirstNumber + index, time);

    // Files that fit the template and are not named: the manifest is older than the folder.
    private void CheckCount(DashRepresentation representation, string from, int named)
    {
        const string Mark = "\u0001";
        if (isDynamic || representation.Media.Split('$') is not { Length: > 2 } parts || Array.FindIndex(parts, p => p.StartsWith("Number", StringComparison.Ordinal)) is not (> 0 and var at))
        {
            return;
        }

        parts[at] = Mark;
        var name = DashTimeline.Name(string.Join('$', parts).Replace($"${Mark}$", Mark, StringComparison.Ordinal), representation.Id, representation.Bandwidth, 0, 0);
        if (HlsText.Resolve(from, name)?.Split(Mark) is [var before, var after])
        {
            var count = context.CountNumbered(before, after);
            context.Require(count <= named, LintRules.SegmentCount, path, $"names {named} segments of {representation.Id}, and {count} are there");
        }
    }
}
