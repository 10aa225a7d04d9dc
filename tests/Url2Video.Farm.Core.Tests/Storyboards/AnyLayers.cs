using System.Collections.Immutable;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

/// <summary>Random layers, brushes and visuals of several pictures inside the bounds of the format.</summary>
internal static class AnyLayers
{
    public static ImmutableArray<SceneLayer> Layers(Random random) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => AnyLayer(random))];

    public static Lighting? Lighting(Random random)
    {
        return random.Next(2) == 0 ? null : new Lighting(AnyLamp(), AnyLamp(), AnyLamp(), random.Next(201), random.Next(2_000, 20_001), random.Next(401));

        Lamp AnyLamp() => new(random.Next(301), random.Next(-180, 181), random.Next(-90, 91), random.Next(2_000, 20_001));
    }

    private static SceneLayer AnyLayer(Random random)
    {
        var mask = Any<LayerMask>(random);
        return new SceneLayer(
            AnyVisual(random) is var visual && visual is Visual.Split split ? split with { Labels = [] } : visual, // A layer has no labels.
            AnyBox(random), random.Next(101), Any<BlendMode>(random), mask,
            mask == LayerMask.Rounded ? random.Next(5_001) : SceneLayer.RadiusDefault,
            [.. Enumerable.Range(0, random.Next(4)).Select(i => new LayerKeyframe(
                (i * 1_000) + random.Next(1_000), random.Next(-100_000, 200_001), random.Next(-100_000, 200_001), random.Next(80_001),
                random.Next(-360_000, 360_001), random.Next(101), AnyCurve(random)))]);
    }

    public static Visual AnyVisual(Random random) => random.Next(4) switch
    {
        0 => new Visual.Solid(new Rgb(1, 2, (byte)random.Next(256)), null, null),
        1 => new Visual.Split(Asset(random), Asset(random), "two", random.Next(2) == 0 ? [] : ["a", "b"], "why", 7)
        {
            Arrangement = Any<SplitArrangement>(random),
            Mode = Any<SplitMode>(random),
            At = random.Next(10_001),
            LeftFocus = new Point(random.Next(10_001), 3),
            DividerWidth = random.Next(1_001),
            Sweep = [.. Enumerable.Range(0, random.Next(3)).Select(i => new SplitKeyframe(i * 500, random.Next(10_001), AnyCurve(random)))],
        },
        2 => new Visual.Spin([.. Enumerable.Range(0, random.Next(2, 73)).Select(_ => Asset(random))], "round", Any<Fit>(random), null, null)
        {
            TurnsHundredths = random.Next(-2_000, 2_001),
            MsDelay = random.Next(60_001),
            Ms = random.Next(2) == 0 ? null : random.Next(100, 600_001),
            Easing = AnyCurve(random),
            FadePercent = random.Next(101),
        },
        _ => new Visual.Image(Asset(random), "", Point.Centre, Any<Fit>(random), Camera.Still, null, null)
        {
            Brushes = [.. Enumerable.Range(0, random.Next(MotionBrush.PerPictureMax + 1)).Select(_ => AnyBrush(random))],
        },
    };

    private static MotionBrush AnyBrush(Random random)
    {
        var mode = Any<BrushMode>(random);
        BrushMask mask = random.Next(4) switch
        {
            0 => new BrushMask.Ellipse(AnyBox(random)),
            1 => new BrushMask.Rectangle(AnyBox(random)),
            2 => new BrushMask.Polygon([.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => new Point(random.Next(10_001), random.Next(10_001)))]),
            _ => new BrushMask.Painted(Asset(random)),
        };
        return new MotionBrush(mask, random.Next(5_001), random.Next(1, 1_001), random.Next(-1_000, 1_001), random.Next(-1_000, 1_001), random.Next(201), mode, random.Next(500, 60_001))
        {
            MsDelay = mode == BrushMode.Ease ? random.Next(60_001) : 0,
            Easing = mode == BrushMode.Ease ? AnyCurve(random) : Curve.Smooth,
            SpeedPercent = random.Next(10, 401),
            Intensity = [.. Enumerable.Range(0, random.Next(4)).Select(i => new BrushIntensity(i * 700, random.Next(100), AnyCurve(random)))],
            Seed = random.NextInt64(1_000),
        };
    }

    private static LayerBox AnyBox(Random random) =>
        new(random.Next(-10_000, 20_001), random.Next(-10_000, 20_001), random.Next(10, 20_001), random.Next(10, 20_001));

    private static Curve AnyCurve(Random random) => new(random.Next(10_001), random.Next(-20_000, 30_001), random.Next(10_001), random.Next(-20_000, 30_001));

    private static VisualAsset.InBundle Asset(Random random) => new($"images/{random.Next(9)}.png");

    private static T Any<T>(Random random) where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
