using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>What a master playlist and a manifest say of the film as a whole.</summary>
/// <param name="Video">One entry a rung of the plan, tallest first.</param>
/// <param name="Language">BCP 47; anything else is shown as undetermined.</param>
/// <param name="Channels">Of the sound.</param>
/// <param name="Title">Untrusted text.</param>
public sealed record PackageView(
    FilmPlan Plan,
    IReadOnlyList<Rendition> Video,
    Rendition Audio,
    string Language,
    int Channels,
    string Title,
    bool HasCaptions)
{
    /// <summary>What there is to wind and seek by; null while there is nothing.</summary>
    public TrickPlayFiles? TrickPlay { get; init; }
}

/// <summary>The HLS master (multivariant) playlist: every rung with the one sound and, if there are any, the captions.</summary>
public static class HlsMasterPlaylist
{
    private const string AudioGroup = "audio", CaptionsGroup = "captions";

    public static string Write(PackageView view)
    {
        var (language, name) = (LanguageTag.Clean(view.Language), LanguageTag.NameOf(view.Language));
        var target = Rendition.TargetSeconds(view.Plan);
        var sound = BitRate.Measure(view.Audio, target);
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"{AudioGroup}\",NAME=\"{name}\",LANGUAGE=\"{language}\",");
        text.Append(CultureInfo.InvariantCulture, $"DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"{view.Channels}\",URI=\"{Local(PackageLayout.HlsMedia(PackageLayout.Audio))}\"\n");
        if (view.HasCaptions)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"{CaptionsGroup}\",NAME=\"{name}\",LANGUAGE=\"{language}\",");
            text.Append(CultureInfo.InvariantCulture, $"DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI=\"{Local(PackageLayout.HlsCaptions)}\"\n");
        }

        for (var index = 0; index < view.Video.Count; index++)
        {
            Variant(text, view, view.Plan.Ladder[index], view.Video[index], BitRate.Measure(view.Video[index], target) + sound);
        }

        HlsTrickPlay.Master(text, view);
        return text.ToString();
    }

    private static void Variant(StringBuilder text, PackageView view, Rung rung, Rendition video, BitRate rate)
    {
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={rate.Peak},AVERAGE-BANDWIDTH={rate.Average},");
        text.Append(CultureInfo.InvariantCulture, $"CODECS=\"{video.Codecs},{view.Audio.Codecs}\",RESOLUTION={rung.Width}x{rung.Height},");
        text.Append(CultureInfo.InvariantCulture, $"FRAME-RATE={FrameRate(view.Plan.Fps)},AUDIO=\"{AudioGroup}\"");
        text.Append(view.HasCaptions ? $",SUBTITLES=\"{CaptionsGroup}\"" : "").Append(",CLOSED-CAPTIONS=NONE\n");
        text.Append(Local(PackageLayout.HlsMedia(video.Name))).Append('\n');
    }

    private static string FrameRate(Rational fps)
    {
        var milli = (2_000 * fps.Numerator + fps.Denominator) / (2 * fps.Denominator);
        return string.Create(CultureInfo.InvariantCulture, $"{milli / 1_000}.{milli % 1_000:D3}");
    }

    // The master lies in the folder of the media playlists.
    private static string Local(string path) => path[(path.LastIndexOf('/') + 1)..];
}
