using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Core.Captions;

/// <summary>Cues as files. Text is data here: nothing in it can become a tag, a time line or a new cue. Pure.</summary>
public static class CaptionText
{
    /// <summary>Invisible; parts what would otherwise be read as markup by players that know some in SRT.</summary>
    private const string WordJoiner = "\u2060";

    /// <summary>
    /// W3C WebVTT, line feeds, UTF-8 without a mark when written as such. Its head says that its clock is that of the media (RFC 8216 section 3.5), as players take it
    /// anyway; Apple's rules want it said.
    /// </summary>
    public static string WebVtt(ImmutableArray<Cue> cues)
    {
        var text = new StringBuilder("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n");
        foreach (var cue in cues)
        {
            text.Append('\n').Append(Time(cue.StartSample, '.')).Append(" --> ").Append(Time(cue.EndSample, '.')).Append('\n');
            foreach (var line in cue.Lines)
            {
                text.Append(line.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>SubRip, numbered from 1. It has no escapes, so what players take for tags is parted by a word joiner.</summary>
    public static string SubRip(ImmutableArray<Cue> cues)
    {
        var text = new StringBuilder();
        for (var i = 0; i < cues.Length; i++)
        {
            var cue = cues[i];
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "\n" : "")}{i + 1}\n{Time(cue.StartSample, ',')} --> {Time(cue.EndSample, ',')}\n");
            foreach (var line in cue.Lines)
            {
                text.Append(line.Replace("-->", "→", StringComparison.Ordinal)
                    .Replace("<", "<" + WordJoiner, StringComparison.Ordinal)
                    .Replace("{\\", "{" + WordJoiner + "\\", StringComparison.Ordinal)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Whole milliseconds, rounded down: the only place where caption times leave the sample clock.</summary>
    private static string Time(long samples, char mark)
    {
        var millis = samples * 1000 / CaptionStyle.RateHertz;
        return string.Create(CultureInfo.InvariantCulture, $"{millis / 3_600_000:00}:{millis / 60_000 % 60:00}:{millis / 1000 % 60:00}{mark}{millis % 1000:000}");
    }
}
