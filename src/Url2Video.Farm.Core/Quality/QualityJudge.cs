using System.Collections.Immutable;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Quality.Rules;

namespace Url2Video.Farm.Core.Quality;

/// <summary>All that is known of a finished film.</summary>
/// <param name="Outline">What it was to be.</param>
/// <param name="Coded">What is in the file; null when nobody counted.</param>
/// <param name="Sound">Null for a film without sound.</param>
/// <param name="Cues">What is said, as captions, whether they are shown or not; empty when it is not known.</param>
/// <param name="CaptionStyle">What captions are cut by.</param>
/// <param name="HasCaptions">They are shown, or lie beside the film.</param>
public sealed record QualityCase(
    FilmOutline Outline,
    PictureTrack Pictures,
    CodedPictures? Coded,
    SoundFacts? Sound,
    ImmutableArray<Cue> Cues,
    CaptionStyle CaptionStyle,
    bool HasCaptions);

/// <summary>Holds what was measured against what should be. Pure: equal measures give an equal report, however they were cut.</summary>
public static class QualityJudge
{
    public static QualityReport Judge(QualityCase film)
    {
        ArgumentNullException.ThrowIfNull(film);
        var outline = film.Outline;
        var temporal = new TemporalMeter();
        IFrameRule[] rules = [new BlackRule(outline), new FrozenRule(outline), FlashRule.OfLight(outline), FlashRule.OfRed(outline), temporal];
        film.Pictures.Play(rules);

        var findings = FormatRule.Judge(outline, film.Coded, film.Pictures)
            .Concat(rules.SelectMany(r => r.End()))
            .Concat(DetailRule.Judge(outline, film.Pictures))
            .Concat(TextRule.Judge(outline, film.Pictures))
            .Concat(PaletteRule.Judge(outline, film.Pictures))
            .Concat(film.HasCaptions ? CaptionRule.Judge(outline, film.Cues, film.CaptionStyle) : [])
            .Concat(film.Sound is { } sound ? SoundRule.Judge(outline, sound, film.Cues) : []);
        var sorted = findings
            .OrderByDescending(f => f.Severity).ThenBy(f => f.StartMs).ThenBy(f => f.Code, StringComparer.Ordinal).ThenBy(f => f.Message, StringComparer.Ordinal)
            .ToImmutableArray();
        return new QualityReport(outline, sorted, FiguresOf(film, temporal));
    }

    private static QualityFigures FiguresOf(QualityCase film, TemporalMeter temporal)
    {
        var details = film.Pictures.Details().ToList();
        var spoken = film.HasCaptions ? film.Cues : [];
        var texts = film.Pictures.Texts().Where(t => t.Ratio > 0).ToList();
        return new QualityFigures
        {
            FramesMeasured = film.Pictures.Frames,
            SpatialMean = Mean(details.Select(d => (long)d.Spatial)),
            SpatialMax = details.Select(d => d.Spatial).DefaultIfEmpty(0).Max(),
            TemporalMean = temporal.Mean,
            TemporalMax = temporal.Max,
            LumaMean = temporal.LumaMean,
            ContrastMin = texts.Count == 0 ? null : texts.Min(t => t.Ratio),
            Palette = [.. film.Outline.Palette.Select((_, i) => PaletteRule.MostOf(film.Pictures, i))],
            CaptionCount = spoken.Length,
            CaptionSpeedTenthsMax = spoken.Select(CaptionRule.SpeedTenths).DefaultIfEmpty(0).Max(),
            Sound = film.Sound,
        };
    }

    private static int Mean(IEnumerable<long> values)
    {
        var (sum, count) = values.Aggregate((Sum: 0L, Count: 0L), (a, v) => (a.Sum + v, a.Count + 1));
        return count == 0 ? 0 : (int)(sum / count);
    }
}
