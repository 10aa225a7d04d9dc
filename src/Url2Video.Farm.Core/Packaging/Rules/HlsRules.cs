using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 1 to 10 and 12: playlists against each other and against the bytes they name.</summary>
internal sealed class HlsRules(PackageFiles files, TrackRules tracks, ImmutableArray<RuleViolation>.Builder found)
{
    private const decimal MicrosecondsOfRounding = 0.000_002m;

    private readonly List<(HlsText Text, Track Track)> _media = [];

    public void Check()
    {
        var master = Read(PackageLayout.HlsMaster);
        Require(master.Value("#EXT-X-INDEPENDENT-SEGMENTS") is not null, 7, master.Path, "lacks EXT-X-INDEPENDENT-SEGMENTS");
        var media = master.Entries("#EXT-X-MEDIA").Select(e => e.Attributes).ToList();
        var groups = new Dictionary<string, Track?>();
        foreach (var attributes in media)
        {
            CheckMedia(master, attributes);
            var path = master.Resolve(attributes.GetValueOrDefault("URI", ""));
            if (attributes.GetValueOrDefault("TYPE") == "AUDIO")
            {
                groups[attributes.GetValueOrDefault("GROUP-ID", "")] = Media(path);
            }
        }

        var doubled = media.Where(a => a.GetValueOrDefault("DEFAULT") == "YES").GroupBy(a => a.GetValueOrDefault("GROUP-ID")).Any(g => g.Count() > 1);
        Require(!doubled, 9, master.Path, "has two defaults in a group");
        foreach (var (attributes, uri) in master.Entries("#EXT-X-STREAM-INF"))
        {
            if (Media(master.Resolve(uri)) is { } video)
            {
                CheckVariant(master, attributes, video, groups.GetValueOrDefault(attributes.GetValueOrDefault("AUDIO", "")));
            }
        }

        CheckTogether();
        foreach (var captions in media.Where(a => a.GetValueOrDefault("TYPE") == "SUBTITLES"))
        {
            CheckCaptions(master.Resolve(captions.GetValueOrDefault("URI", "")));
        }
    }

    private Track? Media(string path)
    {
        if (!files.Paths.Contains(path))
        {
            Require(false, 24, path, "is named, but does not exist");
            return null;
        }

        var text = Read(path);
        var segments = text.Segments();
        var target = text.Number("#EXT-X-TARGETDURATION");
        Require(segments.All(s => Math.Round(s.Seconds, MidpointRounding.AwayFromZero) <= target), 1, path, "has a segment above TARGETDURATION");
        Require(text.Value("#EXT-X-INDEPENDENT-SEGMENTS") is not null, 7, path, "lacks EXT-X-INDEPENDENT-SEGMENTS");
        var (isVod, hasEnd) = (text.Value("#EXT-X-PLAYLIST-TYPE") == "VOD", text.Lines[^1] == "#EXT-X-ENDLIST");
        Require(isVod == hasEnd && (isVod || text.Value("#EXT-X-PLAYLIST-TYPE") == "EVENT"), 4, path, "is neither a growing EVENT nor a finished VOD list");
        if (text.Value("#EXT-X-MAP") is not { } map)
        {
            Require(false, 8, path, "lacks EXT-X-MAP");
            return null;
        }

        var init = text.Resolve(HlsText.Attributes(map).GetValueOrDefault("URI", ""));
        if (tracks.Read(init, [.. segments.Select(s => s.Path)]) is not { } track)
        {
            return null;
        }

        var (told, frame) = (0m, track.Init.Kind == TrackKind.Video ? MicrosecondsOfRounding : 1024m / 48_000);
        foreach (var (seconds, index) in segments.Select((s, i) => (s.Seconds, i)))
        {
            told += seconds;
            Require(Math.Abs(told - track.EndSeconds(index)) <= frame, 3, path, $"says that segment {index + 1} ends at {told}, but it ends at {track.EndSeconds(index)}");
        }

        _media.Add((text, track));
        return track;
    }

    private void CheckVariant(HlsText master, ImmutableDictionary<string, string> attributes, Track video, Track? audio)
    {
        foreach (var name in (string[])["BANDWIDTH", "AVERAGE-BANDWIDTH", "CODECS", "RESOLUTION", "FRAME-RATE"])
        {
            Require(attributes.ContainsKey(name), 5, master.Path, $"lacks {name} for {video.Name}");
        }

        var codecs = audio is null ? video.Init.Codecs : $"{video.Init.Codecs},{audio.Init.Codecs}";
        Require(attributes.GetValueOrDefault("CODECS") == codecs, 5, master.Path, $"says other CODECS for {video.Name} than the bytes: {codecs}");
        Require(attributes.GetValueOrDefault("RESOLUTION") == $"{video.Init.Width}x{video.Init.Height}", 5, master.Path, $"says another RESOLUTION for {video.Name} than the bytes");
        var average = video.AverageRate + (audio?.AverageRate ?? 0);
        Require(Near(attributes.GetValueOrDefault("AVERAGE-BANDWIDTH"), average), 6, master.Path, $"has an AVERAGE-BANDWIDTH for {video.Name} that is not {average:0}");
        Require(Number(attributes.GetValueOrDefault("BANDWIDTH")) >= decimal.Truncate(average), 6, master.Path, $"has a BANDWIDTH for {video.Name} below its average");

        if (!video.Init.Codecs.StartsWith("avc1", StringComparison.Ordinal))
        {
            return;
        }

        var level = Convert.ToInt32(video.Init.Codecs[^2..], 16);
        var isHd = Math.Min(video.Init.Width, video.Init.Height) <= 1080;
        Require(level <= (isHd ? 42 : 52), 12, master.Path, $"has H.264 level {level} for {video.Name}");
    }

    private void CheckMedia(HlsText master, ImmutableDictionary<string, string> attributes)
    {
        var name = attributes.GetValueOrDefault("NAME", "?");
        Require(attributes.ContainsKey("LANGUAGE"), 9, master.Path, $"lacks LANGUAGE for {name}");
        Require(attributes.GetValueOrDefault("TYPE") != "AUDIO" || attributes.ContainsKey("CHANNELS"), 9, master.Path, $"lacks CHANNELS for {name}");
        var isDefault = attributes.GetValueOrDefault("DEFAULT") == "YES";
        Require(!isDefault || attributes.GetValueOrDefault("AUTOSELECT") == "YES", 9, master.Path, $"has a DEFAULT without AUTOSELECT: {name}");
    }

    private void CheckTogether()
    {
        var sizes = _media.Select(m => (m.Text.Number("#EXT-X-TARGETDURATION"), m.Track.Segments.Length)).Distinct().Count();
        Require(sizes <= 1, 2, PackageLayout.HlsMaster, "names playlists of unlike TARGETDURATION or segment count");
        var videos = _media.Where(m => m.Track.Init.Kind == TrackKind.Video).ToList();
        foreach (var (text, track) in videos.Skip(1))
        {
            var isAligned = track.Segments.Select(s => s.DecodeTime).SequenceEqual(videos[0].Track.Segments.Select(s => s.DecodeTime));
            Require(isAligned, 8, text.Path, "has other segment boundaries than the first rung");
        }

        var lengths = _media.Select(m => m.Track.Seconds).ToList();
        Require(lengths.Count == 0 || lengths.Max() - lengths.Min() <= 1024m / 48_000, 2, PackageLayout.HlsMaster, "names tracks of unlike length");
    }

    private void CheckCaptions(string path)
    {
        if (!files.Paths.Contains(path))
        {
            Require(false, 24, path, "is named, but does not exist");
            return;
        }

        var segments = Read(path).Segments();
        var longest = _media.Count == 0 ? 0 : _media.Max(m => m.Track.Seconds);
        Require(Math.Abs(segments.Sum(s => s.Seconds) - longest) <= 0.1m, 10, path, "does not last as long as the film");
        foreach (var (_, file) in segments)
        {
            var isText = files.Paths.Contains(file) && files.Text(file).StartsWith("WEBVTT", StringComparison.Ordinal);
            Require(isText, 10, file, "is not WebVTT");
        }
    }

    private HlsText Read(string path)
    {
        var text = HlsText.Parse(path, files.Text(path));
        Require(text.Lines is ["#EXTM3U", ..], 1, path, "does not start with #EXTM3U");
        Require(text.Number("#EXT-X-VERSION") >= 6, 1, path, "has too low a version for EXT-X-MAP");
        return text;
    }

    private static bool Near(string? told, decimal real) => Math.Abs(Number(told) - real) <= real / 10;

    private static decimal Number(string? text) => decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private void Require(bool isTrue, int rule, string path, string what)
    {
        if (!isTrue)
        {
            found.Add(new RuleViolation(rule, path, what));
        }
    }
}
