using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 15 to 19 and 24: a manifest as a whole, and its sets.</summary>
internal sealed class DashRules(LintContext context, TrackRules tracks, string path)
{
    private const decimal SecondsOfAPacket = 1024m / 44_100;

    private decimal _seconds;
    private decimal _longest;
    private decimal _frame = SecondsOfAPacket;
    private bool _isDynamic;
    private bool _isAllRead = true;

    public void Check(XDocument manifest)
    {
        var root = manifest.Root!;
        if (root.Name != DashNames.Mpd + "MPD")
        {
            context.Report(LintRules.Xml, path, $"has the root {DashNames.Cut(root.Name.ToString())}", $"{DashNames.Mpd + "MPD"}");
            return;
        }

        new DashSchemaRules(context, path).Check(root);
        _seconds = DashNames.Seconds(root, "mediaPresentationDuration");
        _isDynamic = DashNames.Text(root, "type") == "dynamic";
        CheckType(root, _isDynamic);
        var periods = root.Elements(DashNames.Mpd + "Period").ToList();
        if (periods.Count != 1)
        {
            context.Report(LintRules.NotJudged, path, $"has {periods.Count} periods", "1 period");
            return;
        }

        var period = periods[0];
        if (!context.IsWithin(period.Descendants(DashNames.Mpd + "Representation").Count(), Limits.LintTracksMax, path, "representations"))
        {
            return;
        }

        var start = Math.Max(0, DashNames.Seconds(period, "start"));
        var (top, middle) = (new DashLevel(root), new DashLevel(period));
        foreach (var set in period.Elements(DashNames.Mpd + "AdaptationSet"))
        {
            CheckSet(top, middle, new DashLevel(set), start);
        }

        // Which track is the longest is known when all were read; and of what still grows nothing is.
        var isEqual = _seconds < 0 || _isDynamic || !_isAllRead || _longest == 0 || Math.Abs(_seconds - start - _longest) <= _frame;
        context.Require(isEqual, LintRules.Duration, path, $"says that it lasts {_seconds} s", $"{start + _longest:0.######} s, as its longest track");
    }

    private void CheckType(XElement root, bool isDynamic)
    {
        // Without minimumUpdatePeriod a dynamic manifest does not come again: that is allowed.
        foreach (var name in isDynamic ? (string[])["availabilityStartTime", "publishTime"] : ["mediaPresentationDuration"])
        {
            context.Require(root.Attribute(name) is not null, LintRules.Dynamic, path, $"is {(isDynamic ? "dynamic" : "static")} and lacks {name}");
        }

        var hasEnd = root.Attribute("minimumUpdatePeriod") is not null || root.Attribute("mediaPresentationDuration") is not null;
        context.Require(!isDynamic || hasEnd, LintRules.Dynamic, path, "is dynamic, and says neither when it comes again nor how long it is");
        context.Require(isDynamic || root.Attribute("minimumUpdatePeriod") is null, LintRules.Dynamic, path, "is static and has minimumUpdatePeriod");
        context.Require(_seconds >= 0 || root.Attribute("mediaPresentationDuration") is null, LintRules.Duration, path, $"has a duration that cannot be read: {DashNames.Text(root, "mediaPresentationDuration")}");
    }

    private void CheckSet(DashLevel manifest, DashLevel period, DashLevel set, decimal start)
    {
        var address = new DashAddressRules(context, tracks, path, _seconds < 0 ? -1 : Math.Max(0, _seconds - start), _isDynamic);
        var media = new DashMediaRules(context, path);
        var read = new List<Track>();
        foreach (var element in set.Element.Elements(DashNames.Mpd + "Representation"))
        {
            var representation = new DashRepresentation(manifest, period, set, new DashLevel(element));
            if (address.Read(representation) is not { } found)
            {
                _isAllRead &= representation.IsImage || representation.IsText;
                continue;
            }

            var (track, times) = found;
            media.Check(representation, track, times, Math.Max(0, DashNames.Seconds(manifest.Element, "minBufferTime")));
            if (track.Init.Kind != MediaKind.Text)
            {
                CheckEnd(representation, set.Element, track, start);
                read.Add(track);
            }
        }

        if (DashNames.Text(set.Element, "segmentAlignment") is not ("" or "false"))
        {
            CheckSwitching(read);
        }
    }

    private void CheckEnd(DashRepresentation representation, XElement set, Track track, decimal start)
    {
        const decimal SecondsOfRounding = 0.001m;
        var isAligned = DashNames.Text(set, "segmentAlignment") is not ("" or "false") && representation.Text("startWithSAP") is "1" or "2";
        context.Require(isAligned, LintRules.Alignment, path, $"lacks segmentAlignment or startWithSAP for {representation.Id}");
        foreach (var open in representation.Text("startWithSAP") == "1" ? track.Open : [])
        {
            context.Report(LintRules.AccessPoint, path, $"promises startWithSAP=\"1\" for {representation.Id}, and {open} does not start with an IDR picture");
        }

        var end = track.End - (decimal)Math.Max(0, representation.TimeOffset) / representation.Timescale;
        var isWhole = !track.IsVideo || _seconds < 0 || _seconds - start >= end - SecondsOfRounding;
        context.Require(isWhole, LintRules.Duration, path, $"lasts {_seconds} s, which cuts the last picture of {representation.Id}", $"{start + end:0.######} s");
        (_longest, _frame) = (Math.Max(_longest, end), Math.Max(_frame, Math.Min(1, track.FrameSeconds)));
    }

    // A player changes from one to the other at any segment: they must be cut at the same instants, and one decoder must do for all.
    private void CheckSwitching(List<Track> read)
    {
        foreach (var track in read.Skip(1))
        {
            context.Require(track.IsCutAs(read[0]), LintRules.Switching, path, $"has one set with {read[0].Name} and {track.Name}, which are cut at other places");
            var (here, there) = (track.Init.Entry, read[0].Init.Entry);
            var rule = FamilyOf(here) == FamilyOf(there) ? LintRules.SwitchingEntry : LintRules.Switching;
            context.Require(here == there, rule, path, $"has one set with {there} and {here}");
        }
    }

    // The same decoder: only where it finds its parameter sets is told otherwise.
    private static string FamilyOf(string entry) => entry switch { "avc3" => "avc1", "hev1" => "hvc1", _ => entry };
}
