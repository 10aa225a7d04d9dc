using System.Buffers.Binary;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <param name="Track">Null when its media is not, or cannot be, read.</param>
internal sealed record MediaPlaylist(HlsText Text, int Segments, Track? Track);

/// <summary>Rules 1, 3, 4, 7, 8, 10 and 11 of media playlists: each for itself and against the bytes it names. Every one is read once.</summary>
internal sealed class MediaPlaylistRules(LintContext context, TrackRules tracks)
{
    private const int VersionOfMap = 6;
    private const decimal SecondsOfRounding = 0.000_002m, SecondsOverTargetMax = 0.5m;

    private readonly Dictionary<string, HlsText?> _texts = [];
    private readonly Dictionary<string, MediaPlaylist?> _media = [];

    public HlsText? Read(string path)
    {
        if (_texts.TryGetValue(path, out var known))
        {
            return known;
        }

        var text = context.Text(path) is { } content ? HlsText.Parse(path, content) : null;
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

    public void CheckCaptions(string path, decimal filmSeconds)
    {
        const decimal SecondsApartMax = 0.1m;
        if (Read(path) is not { } text)
        {
            return;
        }

        var segments = text.Segments();
        var seconds = segments.Sum(s => s.Seconds);
        context.Require(Math.Abs(seconds - filmSeconds) <= SecondsApartMax, LintRules.Captions, path, $"lasts {seconds} s", $"{filmSeconds:0.######} s, as the film");
        if (text.Value("#EXT-X-MAP") is not null)
        {
            context.Report(LintRules.NotJudged, path, "has subtitles in MP4", "WebVTT");
            return;
        }

        foreach (var file in segments.Select(s => context.Find(path, s.Uri)).OfType<string>())
        {
            var isText = context.Text(file)?.StartsWith("WEBVTT", StringComparison.Ordinal) ?? true;
            context.Require(isText, LintRules.Captions, file, "is not WebVTT", "WEBVTT in the first line");
        }
    }

    public void CheckIFrames(string path)
    {
        if (Read(path) is not { } text)
        {
            return;
        }

        context.Require(text.Value("#EXT-X-I-FRAMES-ONLY") is not null, LintRules.IFramesOnly, path, "lacks EXT-X-I-FRAMES-ONLY");
        (long Bytes, long Offset)? range = null;
        var next = 0L;
        foreach (var line in text.Lines)
        {
            if (line.StartsWith("#EXT-X-BYTERANGE:", StringComparison.Ordinal))
            {
                range = Range(line["#EXT-X-BYTERANGE:".Length..], next);
                context.Require(range is not null, LintRules.IFramesOnly, path, $"has a range that cannot be read: {line}");
                next = range is { } r ? r.Offset + r.Bytes : next;
            }
            else if (line[0] != '#')
            {
                if (range is { } part && context.Find(path, line) is { } file && context.Read(file) is { } bytes)
                {
                    CheckRange(path, file, bytes.Span, part.Bytes, part.Offset);
                }

                range = null;
            }
        }
    }

    // A player asks for the range alone: it must hold a moof and all that this moof describes.
    private void CheckRange(string path, string file, ReadOnlySpan<byte> bytes, long count, long offset)
    {
        const int HeadBytes = 16;
        if (offset + count > bytes.Length || count < HeadBytes)
        {
            context.Report(LintRules.IFramesOnly, path, $"names {count} bytes at {offset} of {file}, which has {bytes.Length}");
            return;
        }

        var part = bytes.Slice((int)offset, (int)count);
        var moof = BinaryPrimitives.ReadUInt32BigEndian(part);
        var isWhole = part[4..8].SequenceEqual("moof"u8) && moof + 8L <= count && part.Slice((int)moof + 4, 4).SequenceEqual("mdat"u8)
            && moof + (long)BinaryPrimitives.ReadUInt32BigEndian(part[(int)moof..]) == count;
        context.Require(isWhole, LintRules.IFramesOnly, path, $"names {count} bytes at {offset} of {file}, which are not one moof with its mdat");
    }

    private static (long Bytes, long Offset)? Range(string text, long next)
    {
        var parts = text.Split('@');
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? (bytes, parts.Length == 1 ? next : int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture))
            : null;
    }

    private MediaPlaylist Check(HlsText text)
    {
        var (path, segments, target) = (text.Path, text.Segments(), text.Number("#EXT-X-TARGETDURATION"));
        foreach (var (seconds, uri) in segments)
        {
            context.Require(seconds >= 0, LintRules.ExtInf, path, $"has no EXTINF that can be read for {uri}");
            context.Require(Math.Round(seconds, MidpointRounding.AwayFromZero) <= target, LintRules.Target, path, $"has a segment of {seconds} s with a TARGETDURATION of {target}");
            context.Require(seconds <= target + SecondsOverTargetMax, LintRules.OverTarget, path, $"has a segment of {seconds} s with a TARGETDURATION of {target}");
        }

        context.Require(text.Value("#EXT-X-INDEPENDENT-SEGMENTS") is not null, LintRules.Independent, path, "lacks EXT-X-INDEPENDENT-SEGMENTS");
        var (type, hasEnd) = (text.Value("#EXT-X-PLAYLIST-TYPE"), text.Lines.Length > 0 && text.Lines[^1] == "#EXT-X-ENDLIST");
        context.Require(type == (hasEnd ? "VOD" : "EVENT"), LintRules.ListType, path, $"is of type {type ?? "none"} and {(hasEnd ? "ends" : "does not end")} with ENDLIST", hasEnd ? "VOD" : "EVENT, or VOD with ENDLIST");
        context.Require(segments.Length <= Limits.LintSegmentsMax, LintRules.Unreadable, path, $"names {segments.Length} segments", $"at most {Limits.LintSegmentsMax}");
        var track = segments.Length is 0 or > Limits.LintSegmentsMax ? null : ReadTrack(text, [.. segments.Select(s => s.Uri)]);
        if (track is not null)
        {
            CheckDurations(path, track, [.. segments.Select(s => s.Seconds)]);
        }

        return new MediaPlaylist(text, segments.Length, track);
    }

    private Track? ReadTrack(HlsText text, IReadOnlyList<string> uris)
    {
        var files = uris.Select(uri => context.Find(text.Path, uri)).ToList();
        var keys = text.Entries("#EXT-X-KEY").Select(e => e.Attributes.GetValueOrDefault("METHOD")).FirstOrDefault(m => m != "NONE");
        var reason = keys is not null ? $"encrypted with {keys}"
            : text.Value("#EXT-X-BYTERANGE") is not null ? "given by byte ranges"
            : text.Value("#EXT-X-DISCONTINUITY") is not null ? "discontinuous"
            : text.Value("#EXT-X-MAP") is null && files[0] is { } first && context.Read(first) is { Length: > 0 } bytes && bytes.Span[0] == 0x47 ? "MPEG-TS"
            : null;
        if (reason is not null)
        {
            context.Report(LintRules.NotJudged, text.Path, $"names media that is {reason}", "fragmented MP4 in the clear, a file for each segment");
            return null;
        }

        if (text.Value("#EXT-X-MAP") is not { } map)
        {
            context.Require(files[0] is null, LintRules.Map, text.Path, "lacks EXT-X-MAP");
            return null;
        }

        context.Require(text.Number("#EXT-X-VERSION") >= VersionOfMap, LintRules.Version, text.Path, $"has the version {text.Value("#EXT-X-VERSION") ?? "none"}", "6 or more");
        var init = context.Find(text.Path, HlsText.Attributes(map).GetValueOrDefault("URI", ""));
        return init is null || files.Contains(null) ? null : tracks.Read(init, [.. files.OfType<string>()]);
    }

    private void CheckDurations(string path, Track track, IReadOnlyList<decimal> seconds)
    {
        var told = 0m;
        for (var index = 0; index < Math.Min(seconds.Count, track.Segments.Length); index++)
        {
            told += seconds[index];
            var real = track.EndSeconds(index);
            if (Math.Abs(told - real) >= track.FrameSeconds - SecondsOfRounding)
            {
                context.Report(LintRules.RealDuration, path, $"says that segment {index + 1} ends at {told} s", $"{real:0.######} s");
                return; // The rest is as wrong as its beginning.
            }
        }
    }
}
