using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>HLS media playlists (RFC 8216) as text.</summary>
public static class HlsMediaPlaylist
{
    /// <summary>
    /// The playlist of a rung or of the sound. While the film grows it is an EVENT list to which lines are only appended;
    /// complete, it is VOD.
    /// </summary>
    /// <param name="targetSeconds">See <see cref="Rendition.TargetSeconds"/>; the same at every growth.</param>
    public static string Write(Rendition rendition, int targetSeconds, bool isComplete)
    {
        var text = Head(targetSeconds, isComplete, rendition.Segments.Length);
        text.Append("#EXT-X-MAP:URI=\"").Append(PackageLayout.FromManifest(PackageLayout.Init(rendition.Name))).Append("\"\n");
        var (ticks, micros) = (0L, 0L);
        for (var index = 0; index < rendition.Segments.Length; index++)
        {
            // Differences of rounded ends: the sum of any run is exact to a microsecond, however long the film.
            ticks += rendition.Segments[index].Ticks;
            var end = Micros(ticks, rendition.Timescale);
            Segment(text, end - micros, PackageLayout.FromManifest(PackageLayout.Segment(rendition.Name, index)));
            micros = end;
        }

        return isComplete ? text.Append("#EXT-X-ENDLIST\n").ToString() : text.ToString();
    }

    /// <summary>The playlist of the captions: one WebVTT file that lasts as long as the film.</summary>
    public static string WriteCaptions(FilmPlan plan)
    {
        var micros = Micros(plan.Frames * plan.Fps.Denominator, plan.Fps.Numerator);
        var text = Head((int)Math.Max(1, (micros + 999_999) / 1_000_000), isComplete: true, segments: 1);
        Segment(text, micros, PackageLayout.FromManifest(PackageLayout.CaptionsFile));
        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    internal static StringBuilder Head(int targetSeconds, bool isComplete, int segments)
    {
        const int CharsPerSegment = 48;
        var text = new StringBuilder(256 + segments * CharsPerSegment);
        text.Append("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{targetSeconds}\n");
        text.Append("#EXT-X-MEDIA-SEQUENCE:0\n");
        text.Append("#EXT-X-PLAYLIST-TYPE:").Append(isComplete ? "VOD\n" : "EVENT\n");
        text.Append("#EXT-X-INDEPENDENT-SEGMENTS\n");

        // Without it players start an EVENT list near its live edge; a film is watched from its beginning.
        return isComplete ? text : text.Append("#EXT-X-START:TIME-OFFSET=0\n");
    }

    internal static StringBuilder Length(StringBuilder text, long micros) =>
        text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{micros / 1_000_000}.{micros % 1_000_000:D6},\n");

    private static void Segment(StringBuilder text, long micros, string uri) => Length(text, micros).Append(uri).Append('\n');

    internal static long Micros(long ticks, long timescale) => (long)(((Int128)ticks * 2_000_000 + timescale) / (2 * timescale));
}
