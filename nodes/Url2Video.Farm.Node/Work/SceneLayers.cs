using Url2Video.Farm.Media.Composition;
using Boards = Url2Video.Farm.Core.Storyboards;
using Pixels = Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>Layers and brushes in the compositor's words: ten-thousandths become millionths, opacity a 15-bit weight.</summary>
internal static class SceneLayers
{
    private const int Millionths = 1_000_000 / Boards.Point.Scale;

    private const int OpacityMax = 32_767;

    /// <param name="sceneId">Of the layer's scene, for errors.</param>
    public static Layer Of(Boards.SceneLayer layer, string sceneId) => new(SceneVisuals.Of(layer.Visual, sceneId), BoxOf(layer.Box))
    {
        Alpha = AlphaOf(layer.Opacity),
        Blend = Enum.Parse<Pixels.BlendMode>(layer.Blend.ToString()),
        Shape = layer.Mask switch
        {
            Boards.LayerMask.None => LayerShape.Box,
            Boards.LayerMask.Circle => LayerShape.Circle,
            Boards.LayerMask.Rounded => LayerShape.Rounded,
            _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Mask, "Not a mask."),
        },
        CornerMillionths = layer.Radius * Millionths,
        Keys =
        [
            .. layer.Keyframes.Select(k => new LayerKey(
                k.MsAt, k.X * 10, k.Y * 10, k.Scale * Millionths, k.DegreesHundredths, AlphaOf(k.Opacity), Motions.CurveOf(k.Easing))),
        ],
    };

    public static MotionBrush BrushOf(Boards.MotionBrush brush) => new(
        AreaOf(brush), brush.Dx * Millionths, brush.Dy * Millionths, brush.Depth * Millionths, brush.Ambient * Millionths)
    {
        Mode = Enum.Parse<BrushMode>(brush.Mode.ToString()),
        Length = brush.Ms,
        Delay = brush.MsDelay,
        Ease = Motions.CurveOf(brush.Easing),
        SpeedPercent = brush.SpeedPercent,
        Intensity = [.. brush.Intensity.Select(k => new BrushKey(k.MsAt, k.Percent, Motions.CurveOf(k.Easing)))],
        Seed = unchecked((ulong)brush.Seed),
    };

    public static Lighting? LightingOf(Boards.Lighting? lighting)
    {
        return lighting is null
            ? null
            : new Lighting(LampOf(lighting.Key), LampOf(lighting.Fill), LampOf(lighting.Rim), lighting.Background, lighting.BackgroundKelvin, lighting.Relief);

        static Lamp LampOf(Boards.Lamp lamp) => new(lamp.Intensity, lamp.Azimuth, lamp.Elevation, lamp.Kelvin);
    }

    private static BrushArea AreaOf(Boards.MotionBrush brush)
    {
        var feather = brush.Feather * Millionths;
        return brush.Mask switch
        {
            Boards.BrushMask.Painted painted => new BrushArea.Painted(SceneVisuals.IdOf(painted.Asset), feather),
            Boards.BrushMask.Ellipse ellipse => new BrushArea.Ellipse(BoxOf(ellipse.Box), feather),
            Boards.BrushMask.Rectangle { Box: var box } => new BrushArea.Polygon(
                [
                    PointOf(box.X, box.Y), PointOf(box.X + box.Width, box.Y),
                    PointOf(box.X + box.Width, box.Y + box.Height), PointOf(box.X, box.Y + box.Height),
                ],
                feather),
            Boards.BrushMask.Polygon polygon => new BrushArea.Polygon([.. polygon.Points.Select(p => PointOf(p.X, p.Y))], feather),
            _ => throw new ArgumentOutOfRangeException(nameof(brush), brush.Mask, "Not a mask."),
        };
    }

    private static LayerBox BoxOf(Boards.LayerBox box) =>
        new(box.X * Millionths, box.Y * Millionths, box.Width * Millionths, box.Height * Millionths);

    private static PathPoint PointOf(int x, int y) => new(x * Millionths, y * Millionths);

    private static int AlphaOf(int hundredths) => ((hundredths * OpacityMax) + 50) / 100;
}
