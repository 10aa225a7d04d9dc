using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;

namespace Url2Video.Farm.Node.Work;

/// <summary>The texts of a scene as cards that do not stand on each other: a title over a list is the list's heading.</summary>
internal static class SceneCards
{
    /// <param name="frames">Of the scene.</param>
    public static ImmutableArray<TextCard> Of(Scene scene, long frames, Rational fps, FrameRate rate, string language)
    {
        var hasBullets = scene.Texts.Any(t => t.Kind == TextKind.Bullets);
        var title = scene.Texts.FirstOrDefault(t => t.Kind == TextKind.Title);
        var place = scene.Texts.Length > 1 ? CardPlace.Top : PlaceOf(scene);
        var start = rate.FramesIn(TextTimes.MsStartOf(TextKind.Bullets));
        return
        [
            .. scene.Texts.Where(t => !(hasBullets && t.Kind == TextKind.Title)).Select(t => t.Kind == TextKind.Bullets
                ? new TextCard.Bullets(start, TextCard.ToTheEnd, title?.Values[0], BulletsOf(t.Values, scene, frames, fps))
                {
                    Motion = Motions.Of(t.Animation, t.Values[0], language),
                    HeadingMotion = title is null ? null : Motions.Of(title.Animation, title.Values[0], language),
                }
                : CardOf(t, place, rate.FramesIn(TextTimes.MsStartOf(t.Kind)), language) with { Motion = Motions.Of(t.Animation, t.Values[0], language) }),
        ];
    }

    private static TextCard CardOf(TextElement text, CardPlace place, int start, string language)
    {
        var (main, detail) = (text.Values[0], text.Values.Length > 1 ? text.Values[1] : null);
        return text.Kind switch
        {
            TextKind.Title => new TextCard.Title(start, TextCard.ToTheEnd, main, Subtitle: detail, Place: place),
            TextKind.LowerThird => new TextCard.LowerThird(start, TextCard.ToTheEnd, main, detail),
            TextKind.Number => new TextCard.BigNumber(start, TextCard.ToTheEnd, main, detail ?? ""),
            TextKind.Chart when text.Chart is { } chart => new TextCard.Chart(start, TextCard.ToTheEnd, ShapeOf(chart.Type), main,
                [.. chart.Data.Select(d => new ChartValue(d.Label, WrittenOf(d.Hundredths, language) + chart.Unit, d.Hundredths))]),
            TextKind.Quote => new TextCard.Quote(start, TextCard.ToTheEnd, main, detail),
            _ => new TextCard.LowerThird(start, TextCard.ToTheEnd, main),
        };
    }

    private static ChartShape ShapeOf(ChartType type) => type switch
    {
        ChartType.Bar => ChartShape.Bar,
        ChartType.Line => ChartShape.Line,
        ChartType.Donut => ChartShape.Donut,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a chart."),
    };

    // As the language writes numbers, with no more decimals than there are.
    private static string WrittenOf(int hundredths, string language)
    {
        var signs = NumberSigns.Of(language);
        var (value, decimals) = (hundredths % 100, hundredths % 10) switch
        {
            (0, _) => (hundredths / 100, 0),
            (_, 0) => (hundredths / 10, 1),
            _ => (hundredths, 2),
        };
        return new Counter("", "", 0, value, decimals, signs.Decimal, signs.Group, signs.GroupSize).Text(value);
    }

    private static CardPlace PlaceOf(Scene scene) =>
        scene.Visual is Visual.Procedural || scene.Role is SceneRole.Title or SceneRole.Cta ? CardPlace.Centre : CardPlace.BottomLeft;

    // The points come one by one while they are spoken of: evenly over the narration, the last well before its end. Counted
    // from the scene alone, wherever it lies in the film, because that is what a render's key knows of it.
    private static ImmutableArray<BulletPoint> BulletsOf(ImmutableArray<string> values, Scene scene, long frames, Rational fps)
    {
        var speechStart = FramesIn(scene.Timing.MsLead, fps);
        var span = Math.Max(0, frames - speechStart - FramesIn(scene.Timing.MsTail, fps));
        return [.. values.Select((value, i) => new BulletPoint(value, (int)(speechStart + (span * i / (values.Length + 1)))))];
    }

    private static long FramesIn(int millis, Rational fps) => SampleClock.FramesIn(millis * (long)SampleClock.SamplesPerMilli, fps);
}
