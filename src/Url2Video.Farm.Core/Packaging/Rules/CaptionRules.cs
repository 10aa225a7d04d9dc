using System.Text;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rule 10: playlists of subtitles. Each is looked at once.</summary>
internal sealed class CaptionRules(LintContext context, MediaPlaylistRules playlists, TrackRules tracks)
{
    private readonly HashSet<string> _checked = [];

    /// <param name="filmSeconds">How long the pictures and the sound last; null when that is not known, or still grows.</param>
    public void Check(string path, decimal? filmSeconds)
    {
        const decimal SecondsApartMax = 0.5m;
        if (!_checked.Add(path) || playlists.Read(path) is not { } text)
        {
            return;
        }

        var segments = text.Segments();
        if (!context.IsWithin(segments.Length, Limits.LintSegmentsMax, path, "segments"))
        {
            return;
        }

        var seconds = segments.Sum(s => Math.Max(0, s.Seconds));
        var isEqual = filmSeconds is not { } film || !text.IsEnded || Math.Abs(seconds - film) <= SecondsApartMax;
        context.Require(isEqual, LintRules.Captions, path, $"lasts {seconds} s", $"{filmSeconds:0.######} s, as the film");
        if (text.Has("#EXT-X-GAP"))
        {
            context.Report(LintRules.NotJudged, path, "has gaps: which of its files need not be there is not looked at", "a file for each segment");
            return;
        }

        var files = segments.Select(s => context.Find(path, s.Uri)).ToList();
        if (MediaPlaylistRules.EncryptionOf(text) is { } method)
        {
            context.Report(LintRules.NotJudged, path, $"names subtitles that are encrypted with {method}", "subtitles in the clear");
        }
        else if (text.Entries("#EXT-X-MAP").Select(e => e.Attributes.GetValueOrDefault("URI", "")).FirstOrDefault() is { } map)
        {
            CheckTrack(path, map, files);
        }
        else
        {
            foreach (var file in files.OfType<string>())
            {
                CheckText(file);
            }
        }
    }

    // WebVTT in MP4 is DASH's; what HLS knows in MP4 is IMSC1.
    private void CheckTrack(string path, string map, List<string?> files)
    {
        if (context.Find(path, map) is { } init && !files.Contains(null) && tracks.Read(init, [.. files.OfType<string>()]) is { } track)
        {
            context.Require(track.Init.Entry == "stpp", LintRules.Captions, path, $"has subtitles of the kind {track.Init.Entry} in MP4", "stpp");
        }
    }

    private void CheckText(string file)
    {
        const int HeadBytesMax = 4_096;
        if (context.ReadPart(file) is not { } bytes)
        {
            return;
        }

        // WebVTT may start with a byte order mark; its head ends with the first empty line.
        var head = Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, HeadBytesMax)]).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split("\n\n")[0];
        var isText = head.StartsWith("WEBVTT", StringComparison.Ordinal) && (head.Length == 6 || head[6] is ' ' or '\t' or '\n');
        context.Require(isText, LintRules.Captions, file, "is not WebVTT", "WEBVTT in the first line");
        context.Require(!isText || head.Contains("X-TIMESTAMP-MAP=", StringComparison.Ordinal), LintRules.TimestampMap, file, "has no X-TIMESTAMP-MAP in its head");
    }
}
