using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 1, 3, 4, 7 and 8 of media playlists: each for itself and against the bytes it names. Every one is read once.</summary>
internal sealed class MediaPlaylistRules(LintContext context, TrackRules tracks)
{
    private const int VersionOfMap = 6;
    private const decimal SecondsOfRounding = 0.000_002m, SecondsOverTargetMax = 0.5m, SecondsOfAPicture = 0.04m, SecondsOfAPictureMin = 0.001m;

    private readonly Dictionary<string, HlsText?> _texts = [];
    private readonly Dictionary<string, MediaPlaylist?> _media = [];

    public HlsText? Read(string path)
    {
        if (_texts.TryGetValue(path, out var known))
        {
            return known;
        }

        var text = context.Text(path) is { } content ? Parse(path, content) : null;
        context.Require(text is null or { Lines: ["#EXTM3U", ..] }, LintRules.Header, path, "does not start with #EXTM3U");
        return _texts[path] = text;
    }

    public MediaPlaylist? Media(string path)
    {
        if (!_media.TryGetValue(path, out var media))
        {
            _media[path] = media = Read(path) is { } text ? Check(text) : null;
        }

        return media;
    }

    // Counted before they are cut apart: sixteen MiB of line ends would be eight million strings.
    private HlsText? Parse(string path, string content)
    {
        if (!context.TakesLines(path, content.AsSpan().Count('\n') + 1))
        {
            return null;
        }

        var text = HlsText.Parse(path, content);
        return text.Lines.IsEmpty || context.IsWithin(text.Lines.Max(l => l.Length), Limits.LintLineCharsMax, path, "characters in a line") ? text : null;
    }

    private MediaPlaylist? Check(HlsText text)
    {
        var (path, segments, target) = (text.Path, text.Segments(), text.Number("#EXT-X-TARGETDURATION"));
        if (!context.IsWithin(segments.Length, Limits.LintSegmentsMax, path, "segments"))
        {
            return null;
        }

        foreach (var (seconds, uri) in segments)
        {
            context.Require(seconds >= 0, LintRules.ExtInf, path, $"has no EXTINF that can be read for {uri}");
            context.Require(Math.Round(seconds, MidpointRounding.AwayFromZero) <= target, LintRules.Target, path, $"has a segment of {seconds} s with a TARGETDURATION of {target}");
            context.Require(seconds <= target + SecondsOverTargetMax, LintRules.OverTarget, path, $"has a segment of {seconds} s with a TARGETDURATION of {target}");
        }

        CheckType(text);
        var (wrapping, track) = segments.IsEmpty ? (Wrapping.Unknown, null) : ReadTrack(text, [.. segments.Select(s => s.Uri)]);
        if (track is not null)
        {
            CheckDurations(path, track, segments);
            foreach (var open in track.Open)
            {
                context.Report(LintRules.KeyFrame, open, "does not start with an IDR picture");
            }
        }

        return new MediaPlaylist(text, segments.Length, segments.Sum(s => Math.Max(0, s.Seconds)), wrapping, track);
    }

    private void CheckType(HlsText text)
    {
        var (type, path) = (text.Value("#EXT-X-PLAYLIST-TYPE"), text.Path);
        if (text.IsEnded)
        {
            context.Require(type is "VOD" or "EVENT", LintRules.ListType, path, $"is of type {type ?? "none"} and ends with ENDLIST", "VOD");
        }
        else if (type is null)
        {
            context.Report(LintRules.NotJudged, path, "is live: what it named before and will name is not here", "VOD or EVENT");
        }
        else
        {
            context.Require(type == "EVENT", LintRules.ListType, path, $"is of type {type} and does not end with ENDLIST", "EVENT, or VOD with ENDLIST");
        }
    }

    private (Wrapping Wrapping, Track? Track) ReadTrack(HlsText text, IReadOnlyList<string> uris)
    {
        if (text.Has("#EXT-X-GAP"))
        {
            context.Report(LintRules.NotJudged, text.Path, "has gaps: which of its files need not be there is not looked at", "a file for each segment");
            return (Wrapping.Unknown, null);
        }

        var files = uris.Select(uri => context.Find(text.Path, uri)).ToList();
        var maps = text.Entries("#EXT-X-MAP").Select(e => e.Attributes).DistinctBy(a => a.GetValueOrDefault("URI")).Take(2).ToList();
        var wrapping = maps.Count > 0 ? Wrapping.FragmentedMp4 : Sniff(text, files[0]);
        if (ReasonNotToRead(text, maps, wrapping) is { } reason)
        {
            context.Report(LintRules.NotJudged, text.Path, $"names media that is {reason}", "fragmented MP4 in the clear, a file for each segment");
            return (wrapping, null);
        }

        if (maps.Count == 0)
        {
            context.Require(files[0] is null, LintRules.Map, text.Path, "lacks EXT-X-MAP");
            return (wrapping, null);
        }

        context.Require(text.Number("#EXT-X-VERSION") >= VersionOfMap, LintRules.Version, text.Path, $"has the version {text.Value("#EXT-X-VERSION") ?? "none"}", "6 or more");
        var init = context.Find(text.Path, maps[0].GetValueOrDefault("URI", ""));
        return (wrapping, init is null || files.Contains(null) ? null : tracks.Read(init, [.. files.OfType<string>()]));
    }

    private static string? ReasonNotToRead(HlsText text, List<ImmutableDictionary<string, string>> maps, Wrapping wrapping) =>
        EncryptionOf(text) is { } method ? $"encrypted with {method}"
        : text.Has("#EXT-X-BYTERANGE") || maps.Any(m => m.ContainsKey("BYTERANGE")) ? "given by byte ranges"
        : text.Has("#EXT-X-DISCONTINUITY") || maps.Count > 1 ? "discontinuous"
        : wrapping == Wrapping.TransportStream ? "MPEG-TS"
        : wrapping == Wrapping.PackedAudio ? "packed audio"
        : null;

    /// <summary>How the segments are encrypted; null when they are in the clear.</summary>
    public static string? EncryptionOf(HlsText text) =>
        text.Entries("#EXT-X-KEY").Select(e => e.Attributes.GetValueOrDefault("METHOD", "")).FirstOrDefault(m => m != "NONE");

    // What is encrypted as a whole looks like nothing.
    private Wrapping Sniff(HlsText text, string? file)
    {
        const int Enough = 8, Ts = 0x47;
        return file is null || EncryptionOf(text) is not null || context.ReadPart(file) is not { Length: >= Enough } bytes ? Wrapping.Unknown
            : bytes.Span[0] == Ts ? Wrapping.TransportStream
            : IsPackedAudio(bytes.Span) ? Wrapping.PackedAudio
            : Wrapping.FragmentedMp4;
    }

    // ID3 before it, as RFC 8216 section 3.4 asks, or at once a frame of MPEG audio or Dolby.
    private static bool IsPackedAudio(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("ID3"u8) || bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0 || bytes[0] == 0x0B && bytes[1] == 0x77;

    // Any run of segments must add up: so the error of its sum may wander no further than a picture, wherever it starts.
    private void CheckDurations(string path, Track track, ImmutableArray<(decimal Seconds, string Uri)> segments)
    {
        var most = Math.Max(track.FrameSeconds, track.IsVideo ? SecondsOfAPictureMin : SecondsOfAPicture);
        var (told, low, high) = (0m, 0m, 0m);
        for (var index = 0; index < Math.Min(segments.Length, track.Segments.Length); index++)
        {
            told += segments[index].Seconds;
            var real = track.EndSeconds(index);
            (low, high) = (Math.Min(low, told - real), Math.Max(high, told - real));
            if (high - low >= most - SecondsOfRounding)
            {
                context.Report(LintRules.RealDuration, path, $"says that segment {index + 1} ends at {told} s", $"{real:0.######} s");
                return; // The rest is as wrong as its beginning.
            }
        }
    }
}
