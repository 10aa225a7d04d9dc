using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class BrushReader
{
    private enum Shape
    {
        Ellipse,
        Rectangle,
        Polygon,
    }

    public static MotionBrush Read(JsonElement element, string pointer, ReadErrors errors)
    {
        const int Most = MotionBrush.DistanceMax;
        var brush = new StrictObject(element, pointer, errors);
        var mode = brush.Choice("mode", BrushMode.Flow);
        var result = new MotionBrush(
            ReadMask(brush, errors),
            brush.Decimal("feather", Point.Scale, 0, Point.Scale / 2, 200),
            brush.Decimal("dx", Point.Scale, -Most, Most, 0),
            brush.Decimal("dy", Point.Scale, -Most, Most, 0),
            brush.Decimal("depth", Point.Scale, -Most, Most, 0),
            brush.Decimal("ambient", Point.Scale, 0, MotionBrush.AmbientMax, 0),
            mode,
            brush.Integer("ms", 500, 60_000, 4_000))
        {
            MsDelay = mode == BrushMode.Ease ? brush.Integer("delayMs", 0, CameraMove.MsDelayMax, 0) : 0,
            Easing = mode == BrushMode.Ease ? CurveReader.Read(brush, "easing", Curve.Smooth, errors) : Curve.Smooth,
            SpeedPercent = brush.Decimal("speed", 100, 10, 400, 100),
            Intensity = ReadIntensity(brush, errors),
            Seed = brush.OptionalInteger("seed", 0, StoryboardReader.SeedMax) ?? 0,
        };
        brush.Finish();
        if (brush.IsObject && (result.Dx | result.Dy | result.Depth | result.Ambient) == 0)
        {
            errors.Invalid(pointer, "this brush moves nothing.", "Write dx, dy, depth or ambient, such as \"dx\": 0.02.");
        }

        return result;
    }

    private static BrushMask ReadMask(StrictObject brush, ReadErrors errors)
    {
        if (!brush.TryGet("mask", out var value) || value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("shape", out _))
        {
            return new BrushMask.Painted(VisualReader.ReadAsset(brush, "mask", "images/mask.png", errors));
        }

        return brush.Child<BrushMask>("mask", mask => mask.Choice("shape", Shape.Ellipse) switch
        {
            Shape.Ellipse => new BrushMask.Ellipse(LayerReader.ReadBox(mask)),
            Shape.Rectangle => new BrushMask.Rectangle(LayerReader.ReadBox(mask)),
            _ => new BrushMask.Polygon(mask.List("points", 3, BrushMask.Polygon.PointsMax, (v, p) => ReadPoint(mask, v, p, errors))),
        })!;
    }

    private static Point ReadPoint(StrictObject mask, JsonElement value, string pointer, ReadErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2)
        {
            errors.Invalid(pointer, "expected a point, two numbers from 0 to 1.", "Write [0.5, 0.2] for the middle, a fifth from the top.");
            return Point.Centre;
        }

        return new Point(Share(0), Share(1));

        int Share(int index) => mask.DecimalAt(value[index], $"{pointer}/{index}", Point.Scale, 0, Point.Scale) ?? 0;
    }

    /// <summary>A number for all of the time, or a curve.</summary>
    private static ImmutableArray<BrushIntensity> ReadIntensity(StrictObject brush, ReadErrors errors)
    {
        if (!brush.TryGet("intensity", out var value) || value.ValueKind != JsonValueKind.Array)
        {
            var percent = brush.Decimal("intensity", 100, 0, 100, 100);
            return percent == 100 ? [] : [new BrushIntensity(0, percent, Curve.Linear)];
        }

        var keys = brush.List("intensity", 1, MotionBrush.IntensityKeysMax, (v, p) =>
        {
            var key = new StrictObject(v, p, errors);
            var result = new BrushIntensity(
                key.RequireInteger("atMs", 0, CameraMove.MsMax), key.Decimal("value", 100, 0, 100, 100), CurveReader.Read(key, "easing", Curve.Linear, errors));
            key.Finish();
            return result;
        });
        LayerReader.CheckTimes(brush, "intensity", keys, k => k.MsAt, errors);
        return keys;
    }
}
