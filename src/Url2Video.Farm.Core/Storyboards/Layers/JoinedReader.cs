using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Visuals of several pictures.</summary>
internal static class JoinedReader
{
    public static Visual.Split ReadSplit(StrictObject visual, string? why, int? score, ReadErrors errors)
    {
        var labels = visual.Texts("labels", 0, 2, Visual.Split.LabelCharsMax);
        if (labels.Length == 1)
        {
            errors.Invalid(visual.PointerOf("labels"), "one label for two pictures.", "Write one for each, or none.");
        }

        var (width, colour) = (40, new Rgb(255, 255, 255));
        _ = visual.Child("divider", d =>
        {
            width = d.Decimal("width", Point.Scale, 0, Visual.Split.DividerMax, width);
            colour = d.Colour("colour", colour);
            return visual;
        });
        return new Visual.Split(
            VisualReader.ReadAsset(visual, "left", "images/before.jpg", errors),
            VisualReader.ReadAsset(visual, "right", "images/after.jpg", errors),
            visual.OptionalText("alt", 0, 1_000) ?? "",
            labels,
            why,
            score)
        {
            LeftFocus = VisualReader.ReadPoint(visual, "leftFocus"),
            RightFocus = VisualReader.ReadPoint(visual, "rightFocus"),
            Arrangement = visual.Choice("arrangement", SplitArrangement.SideBySide),
            Mode = visual.Choice("mode", SplitMode.Beside),
            At = visual.Decimal("at", Point.Scale, 0, Point.Scale, Point.Scale / 2),
            Sweep = ReadSweep(visual, errors),
            DividerWidth = width,
            DividerColour = colour,
        };
    }

    public static Visual.Spin ReadSpin(StrictObject visual, string? why, int? score, ReadErrors errors) => new(
        visual.List("assets", 2, Visual.Spin.AssetsMax, (v, p) => VisualReader.ReadAssetAt(v, p, "images/turn-01.jpg", errors)),
        visual.OptionalText("alt", 0, 1_000) ?? "",
        visual.Choice("fit", Fit.Cover),
        why,
        score)
    {
        TurnsHundredths = visual.Decimal("turns", 100, -Visual.Spin.TurnsHundredthsMax, Visual.Spin.TurnsHundredthsMax, 100),
        MsDelay = visual.Integer("delayMs", 0, CameraMove.MsDelayMax, 0),
        Ms = (int?)visual.OptionalInteger("ms", 100, CameraMove.MsMax),
        Easing = CurveReader.Read(visual, "easing", Curve.Linear, errors),
        FadePercent = visual.Decimal("fade", 100, 0, 100, 100),
    };

    private static ImmutableArray<SplitKeyframe> ReadSweep(StrictObject visual, ReadErrors errors)
    {
        var keys = visual.List("sweep", 0, Visual.Split.SweepMax, (v, p) =>
        {
            var key = new StrictObject(v, p, errors);
            var result = new SplitKeyframe(
                key.RequireInteger("atMs", 0, CameraMove.MsMax), key.Decimal("at", Point.Scale, 0, Point.Scale, Point.Scale / 2),
                CurveReader.Read(key, "easing", Curve.Smooth, errors));
            key.Finish();
            return result;
        });
        LayerReader.CheckTimes(visual, "sweep", keys, k => k.MsAt, errors);
        return keys;
    }
}
