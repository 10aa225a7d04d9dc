using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 1 to 12 and 14 of master playlists: their attributes, and their renditions against each other.</summary>
internal sealed class HlsRules(LintContext context, TrackRules tracks)
{
    private readonly MediaPlaylistRules _playlists = new(context, tracks);
    private readonly HashSet<string> _named = [];

    /// <param name="paths">All playlists that there are.</param>
    public void Check(IReadOnlyList<string> paths)
    {
        var texts = paths.Select(_playlists.Read).OfType<HlsText>().ToList();
        foreach (var master in texts.Where(t => t.Lines.Any(l => l.StartsWith("#EXT-X-STREAM-INF:", StringComparison.Ordinal))))
        {
            _named.Add(master.Path);
            CheckMaster(master);
        }

        foreach (var alone in texts.Where(t => !_named.Contains(t.Path)))
        {
            _playlists.Media(alone.Path);
        }
    }

    private void CheckMaster(HlsText master)
    {
        context.Require(master.Value("#EXT-X-INDEPENDENT-SEGMENTS") is not null, LintRules.Independent, master.Path, "lacks EXT-X-INDEPENDENT-SEGMENTS");
        var renditions = master.Entries("#EXT-X-MEDIA").Select(e => e.Attributes).ToList();
        var (groups, together) = (new Dictionary<string, Track?>(), new List<MediaPlaylist>());
        foreach (var attributes in renditions)
        {
            CheckRendition(master, attributes);
            if (attributes.GetValueOrDefault("TYPE") == "AUDIO" && Named(master, attributes.GetValueOrDefault("URI")) is { } sound)
            {
                together.Add(sound);
                groups.TryAdd(attributes.GetValueOrDefault("GROUP-ID", ""), sound.Track);
            }
        }

        var doubled = renditions.Where(a => a.GetValueOrDefault("DEFAULT") == "YES").GroupBy(a => a.GetValueOrDefault("GROUP-ID")).FirstOrDefault(g => g.Count() > 1);
        context.Require(doubled is null, LintRules.AutoSelect, master.Path, $"has two defaults in the group {doubled?.Key}");
        var variants = master.Entries("#EXT-X-STREAM-INF").ToList();
        foreach (var (attributes, uri) in variants)
        {
            var playlist = Named(master, uri);
            CheckAttributes(master, attributes, uri, playlist?.Track);
            if (playlist is null)
            {
                continue;
            }

            together.Add(playlist);
            if (playlist.Track is { } track)
            {
                CheckVariant(master, attributes, track, groups.GetValueOrDefault(attributes.GetValueOrDefault("AUDIO", "")));
            }
        }

        context.Require(variants.Count > 1, LintRules.ManyRates, master.Path, "has one variant");
        CheckTogether(master, [.. together.DistinctBy(m => m.Text.Path)]);
        CheckIFrames(master);
        foreach (var captions in renditions.Where(a => a.GetValueOrDefault("TYPE") == "SUBTITLES"))
        {
            if (Find(master, captions.GetValueOrDefault("URI")) is { } path)
            {
                _playlists.CheckCaptions(path, together.Max(m => m.Track?.End) ?? 0);
            }
        }
    }

    private MediaPlaylist? Named(HlsText master, string? uri) => Find(master, uri) is { } path ? _playlists.Media(path) : null;

    private string? Find(HlsText master, string? uri)
    {
        var path = uri is null ? null : context.Find(master.Path, uri);
        if (path is not null)
        {
            _named.Add(path);
        }

        return path;
    }

    private void CheckAttributes(HlsText master, ImmutableDictionary<string, string> attributes, string uri, Track? track)
    {
        var isSound = track is { IsVideo: false };
        (string Name, LintRule Rule)[] wanted =
        [
            ("BANDWIDTH", LintRules.Bandwidth), ("AVERAGE-BANDWIDTH", LintRules.AverageBandwidth), ("CODECS", LintRules.Codecs),
            ("RESOLUTION", LintRules.Resolution), ("FRAME-RATE", LintRules.FrameRate),
        ];
        foreach (var (name, rule) in isSound ? wanted[..3] : wanted)
        {
            context.Require(attributes.ContainsKey(name), rule, master.Path, $"lacks {name} for {uri}");
        }
    }

    private void CheckVariant(HlsText master, ImmutableDictionary<string, string> attributes, Track main, Track? sound)
    {
        var told = attributes.GetValueOrDefault("CODECS", "").Split(',').Select(c => c.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var codecs in new[] { main.Init.Codecs, sound?.Init.Codecs }.OfType<string>().Where(_ => attributes.ContainsKey("CODECS")))
        {
            context.Require(told.Contains(codecs), LintRules.TrueCodecs, master.Path, $"says CODECS {string.Join(",", told)} for {main.Name}", codecs);
        }

        var size = $"{main.Init.Width}x{main.Init.Height}";
        context.Require(!main.IsVideo || attributes.GetValueOrDefault("RESOLUTION", size) == size, LintRules.TrueResolution, master.Path, $"says RESOLUTION {attributes.GetValueOrDefault("RESOLUTION")} for {main.Name}", size);
        var average = main.AverageRate + (sound is null || sound == main ? 0 : sound.AverageRate);
        var (mean, peak) = (Number(attributes.GetValueOrDefault("AVERAGE-BANDWIDTH")), Number(attributes.GetValueOrDefault("BANDWIDTH")));
        context.Require(mean < 0 || Math.Abs(mean - average) <= average / 10, LintRules.AverageRate, master.Path, $"says {mean} bit/s on average for {main.Name}", $"{average:0} bit/s within 10 %");
        context.Require(peak < 0 || peak >= decimal.Truncate(average), LintRules.PeakRate, master.Path, $"says {peak} bit/s at most for {main.Name}", $"not less than the average, {average:0} bit/s");
        if (main.Init.Codecs is { } avc && avc.StartsWith("avc1", StringComparison.Ordinal))
        {
            var level = Convert.ToInt32(avc[^2..], 16);
            var most = Math.Min(main.Init.Width, main.Init.Height) <= 1080 ? 42 : 52;
            context.Require(level <= most, LintRules.Level, master.Path, $"has H.264 level {level} for {main.Name}", $"at most {most}");
        }
    }

    private void CheckRendition(HlsText master, ImmutableDictionary<string, string> attributes)
    {
        var (type, name) = (attributes.GetValueOrDefault("TYPE"), attributes.GetValueOrDefault("NAME", "?"));
        context.Require(type == "VIDEO" || attributes.ContainsKey("LANGUAGE"), LintRules.Language, master.Path, $"lacks LANGUAGE for {name}");
        context.Require(type != "AUDIO" || attributes.ContainsKey("CHANNELS"), LintRules.Channels, master.Path, $"lacks CHANNELS for {name}");
        var isDefault = attributes.GetValueOrDefault("DEFAULT") == "YES";
        context.Require(!isDefault || attributes.GetValueOrDefault("AUTOSELECT") == "YES", LintRules.AutoSelect, master.Path, $"has a DEFAULT without AUTOSELECT: {name}");
    }

    private void CheckTogether(HlsText master, IReadOnlyList<MediaPlaylist> playlists)
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

        var read = playlists.Where(m => m.Track is not null).Select(m => m.Track!).ToList();
        var videos = read.Where(t => t.IsVideo).ToList();
        foreach (var track in videos.Skip(1))
        {
            var isAligned = track.Segments.Select(s => (Int128)s.DecodeTime * videos[0].Init.Timescale).SequenceEqual(videos[0].Segments.Select(s => (Int128)s.DecodeTime * track.Init.Timescale));
            context.Require(isAligned, LintRules.Boundaries, track.Name, $"has other segment boundaries than {videos[0].Name}");
        }

        if (read.Count > 1)
        {
            var (longest, shortest) = (read.MaxBy(t => t.Seconds)!, read.MinBy(t => t.Seconds)!);
            var isEqual = longest.Seconds - shortest.Seconds <= Math.Max(longest.FrameSeconds, shortest.FrameSeconds);
            context.Require(isEqual, LintRules.SameLength, master.Path, $"names tracks that last {shortest.Seconds:0.######} s and {longest.Seconds:0.######} s");
        }
    }

    private void CheckIFrames(HlsText master)
    {
        var entries = master.Entries("#EXT-X-I-FRAME-STREAM-INF").Select(e => e.Attributes).ToList();
        context.Require(entries.Count > 0, LintRules.IFrames, master.Path, "has no EXT-X-I-FRAME-STREAM-INF");
        foreach (var attributes in entries)
        {
            var uri = attributes.GetValueOrDefault("URI");
            context.Require(attributes.ContainsKey("CODECS") && attributes.ContainsKey("RESOLUTION"), LintRules.IFrameAttributes, master.Path, $"lacks CODECS or RESOLUTION for the I-frames of {uri}");
            if (Find(master, uri) is { } path)
            {
                _playlists.CheckIFrames(path);
            }
        }
    }

    private static decimal Number(string? text) =>
        decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < uint.MaxValue * 1_000m ? number : -1;
}
