using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 2, 8, 9 and 14: what a master playlist says of its renditions, and the renditions against each other.</summary>
internal sealed class HlsRenditionRules(LintContext context)
{
    private const decimal SecondsOfRounding = 0.000_001m;
    private static readonly string[] s_mandatory = ["TYPE", "GROUP-ID", "NAME"];

    public void CheckAttributes(HlsText master, List<ImmutableDictionary<string, string>> renditions)
    {
        foreach (var attributes in renditions)
        {
            var (type, name) = (attributes.GetValueOrDefault("TYPE"), attributes.GetValueOrDefault("NAME", "?"));
            var missing = s_mandatory.Where(a => !attributes.ContainsKey(a)).ToList();
            context.Require(missing.Count == 0, LintRules.Media, master.Path, $"lacks {string.Join(", ", missing)} for the rendition {name}");
            context.Require(type == "VIDEO" || attributes.ContainsKey("LANGUAGE"), LintRules.Language, master.Path, $"lacks LANGUAGE for {name}");
            context.Require(type != "AUDIO" || attributes.ContainsKey("CHANNELS"), LintRules.Channels, master.Path, $"lacks CHANNELS for {name}");
            var (isDefault, chosen) = (attributes.GetValueOrDefault("DEFAULT") == "YES", attributes.GetValueOrDefault("AUTOSELECT"));
            context.Require(!isDefault || chosen is null or "YES", LintRules.AutoSelect, master.Path, $"has a DEFAULT with AUTOSELECT={chosen}: {name}");
            context.Require(!isDefault || chosen is not null, LintRules.AutoSelectSaid, master.Path, $"has a DEFAULT without AUTOSELECT: {name}");
        }

        // Groups of sound and of text may bear one name.
        var doubled = renditions.Where(a => a.GetValueOrDefault("DEFAULT") == "YES")
            .GroupBy(a => (a.GetValueOrDefault("TYPE"), Id: a.GetValueOrDefault("GROUP-ID"))).FirstOrDefault(g => g.Count() > 1);
        context.Require(doubled is null, LintRules.AutoSelect, master.Path, $"has two defaults in the group {doubled?.Key.Id}");
    }

    /// <summary>Every group that a variant names must be there.</summary>
    public void CheckGroups(HlsText master, ImmutableDictionary<string, string> variant, string uri, List<ImmutableDictionary<string, string>> renditions)
    {
        foreach (var type in (string[])["AUDIO", "VIDEO", "SUBTITLES", "CLOSED-CAPTIONS"])
        {
            if (variant.TryGetValue(type, out var group) && (type != "CLOSED-CAPTIONS" || group != "NONE"))
            {
                var isThere = renditions.Any(r => r.GetValueOrDefault("TYPE") == type && r.GetValueOrDefault("GROUP-ID") == group);
                context.Require(isThere, LintRules.Media, master.Path, $"names the group {group} of {type} for {uri}, and has none");
            }
        }
    }

    public void CheckChannels(HlsText master, ImmutableDictionary<string, string> rendition, Track? track)
    {
        if (rendition.TryGetValue("CHANNELS", out var told) && track is { Init.Channels: > 0 and var real })
        {
            context.Require(told.Split('/')[0] == real.ToString(CultureInfo.InvariantCulture), LintRules.TrueChannels, master.Path, $"says CHANNELS {told} for {track.Name}", $"{real}");
        }
    }

    /// <param name="playlists">Of pictures and sound, each once.</param>
    public void CheckTogether(HlsText master, IReadOnlyList<MediaPlaylist> playlists)
    {
        var targets = playlists.Select(m => m.Text.Number("#EXT-X-TARGETDURATION")).Distinct().ToList();
        context.Require(targets.Count <= 1, LintRules.SameTarget, master.Path, $"names playlists of the TARGETDURATION {string.Join(", ", targets)}");
        var counts = playlists.Select(m => m.Segments).Distinct().ToList();
        context.Require(counts.Count <= 1, LintRules.Boundaries, master.Path, $"names playlists of {string.Join(", ", counts)} segments", "as many in each");
        var breaks = playlists.Count == 0 ? [] : playlists[0].Text.Discontinuities();
        foreach (var other in playlists.Skip(1))
        {
            var isSame = other.Text.Discontinuities().SequenceEqual(breaks);
            context.Require(isSame, LintRules.Discontinuity, other.Text.Path, $"has discontinuities at other places than {playlists[0].Text.Path}");
        }

        var read = playlists.Select(m => m.Track).OfType<Track>().ToList();
        if (read.Count > 1)
        {
            CheckBoundaries(read.Find(t => t.IsVideo) ?? read[0], read);
            var (longest, shortest) = (read.MaxBy(t => t.Seconds)!, read.MinBy(t => t.Seconds)!);
            var isEqual = longest.Seconds - shortest.Seconds <= longest.FrameSeconds + shortest.FrameSeconds;
            context.Require(isEqual, LintRules.SameLength, master.Path, $"names tracks that last {shortest.Seconds:0.######} s and {longest.Seconds:0.######} s");
        }
    }

    // Pictures at the very same instants; sound can only be cut between packets.
    private void CheckBoundaries(Track main, List<Track> tracks)
    {
        foreach (var track in tracks.Where(t => t != main))
        {
            var apart = track.IsVideo && main.IsVideo ? Rounding(main.Init.Timescale, track.Init.Timescale) : Math.Max(main.FrameSeconds, track.FrameSeconds);
            for (var index = 0; index < Math.Min(main.Segments.Length, track.Segments.Length); index++)
            {
                var (here, there) = (Instant(track, index), Instant(main, index));
                if (Math.Abs(here - there) > apart)
                {
                    context.Report(LintRules.Boundaries, track.Name, $"starts segment {index + 1} at {here:0.######} s", $"{there:0.######} s, as {main.Name}");
                    break; // The rest is as wrong as its beginning.
                }
            }
        }
    }

    // Unlike clocks do not have the same instants: a tick of the coarser.
    private static decimal Rounding(uint one, uint other) => one == other ? SecondsOfRounding : Math.Max(SecondsOfRounding, 1m / Math.Min(one, other));

    private static decimal Instant(Track track, int segment) => (decimal)track.Segments[segment].Start / track.Init.Timescale;
}
