using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Composition.Memory;

/// <summary>Shots of every kind, made from a seed.</summary>
internal sealed class AnyShot(int seed)
{
    private readonly Random _random = new(seed);

    public Shot Next()
    {
        return new Shot(Background(), [.. Several(3, Card)])
        {
            Layers = [.. Several(5, AnyLayer)],
            Effects = [.. Several(3, () => new Effect((EffectKind)_random.Next(Enum.GetValues<EffectKind>().Length), 60, 20, 5))],
            Look = Chance(3) ? new Look { Vignette = 40, Grain = 20, Sepia = 30 } : null,
            Lighting = Chance(4) ? new Lighting(new Lamp(90, -45, 35, 5600), new Lamp(30, 50, 10, 6500), new Lamp(60, 150, 30, 6500), 25, 6500, 100) : null,
            Logo = Chance(4) ? new ShotLogo(PictureId(), (RevealKind)_random.Next(Enum.GetValues<RevealKind>().Length), 0, 500) : null,
        };
    }

    private Layer AnyLayer() => new(Background(), new LayerBox(_random.Next(-200_000, 600_000), _random.Next(-200_000, 600_000), _random.Next(50_000, 1_200_000), _random.Next(50_000, 1_200_000)))
    {
        Shape = (LayerShape)_random.Next(3),
        Blend = Chance(3) ? BlendMode.Screen : BlendMode.Normal,
        Keys = Chance(2) ? [] : [Key(0, 1), Key(900, _random.Next(4))],
    };

    private LayerKey Key(int millis, int scale) =>
        new(millis, _random.Next(1_000_000), _random.Next(1_000_000), (scale * 700_000) + 100_000, Chance(2) ? 0 : 3_000, 30_000, CubicBezier.Linear);

    private Background Background() => _random.Next(9) switch
    {
        0 => new Background.Solid(new Rgb(9, 99, 199)),
        1 => new Background.Generated(7, (GeneratedPattern)_random.Next(3)),
        2 => new Background.Split(Resting(), Resting(), [new SplitKey(0, 400_000, CubicBezier.Linear)]) { IsBeside = Chance(2), IsStacked = Chance(2) },
        3 => new Background.Spin([PictureId(), PictureId(), PictureId()], 100),
        4 => Resting() with { Fit = PictureFit.Contain },
        5 => Resting(),
        6 => Resting() with { Motion = new CameraMotion.Turn(new CameraTiming(0, null, CubicBezier.Linear), TurnAxis.Orbit, 1_500, 4_000), Brushes = [.. Several(2, Brush)] },
        _ => new Background.Picture(PictureId(), new CameraMove(Pose(), Pose()), Chance(4) ? PictureFit.Contain : PictureFit.Cover) { Brushes = [.. Several(5, Brush)] },
    };

    private Background.Picture Resting() => new(PictureId(), CameraMove.Still) { Style = Chance(6) ? new PictureStyle(PictureId(), 50) : null };

    private CameraPose Pose() => new(_random.Next(1_000_000), _random.Next(1_000_000), _random.Next(1_000_000, 6_000_000));

    private MotionBrush Brush()
    {
        var box = new LayerBox(_random.Next(500_000), _random.Next(500_000), _random.Next(50_000, 500_000), _random.Next(50_000, 500_000));
        BrushArea area = _random.Next(3) switch
        {
            0 => new BrushArea.Ellipse(box, 20_000),
            1 => new BrushArea.Polygon([new(box.X, box.Y), new(box.X + box.Width, box.Y), new(box.X, box.Y + box.Height)], 20_000),
            _ => new BrushArea.Painted("64x48:noise", 20_000),
        };
        return new MotionBrush(area, 20_000, 5_000, 0, 3_000);
    }

    private TextCard Card() => _random.Next(5) switch
    {
        0 => new TextCard.Title(0, TextCard.ToTheEnd, "A title that is rather long for a small film", Subtitle: "and what is under it"),
        1 => new TextCard.Bullets(0, TextCard.ToTheEnd, "Heading", [new BulletPoint("First of some", 0), new BulletPoint("Second", 1)]),
        2 => new TextCard.LowerThird(0, TextCard.ToTheEnd, "Ada Lovelace", "London"),
        3 => new TextCard.BigNumber(0, TextCard.ToTheEnd, "3.7", "times as fast"),
        _ => new TextCard.Quote(0, TextCard.ToTheEnd, "Whatever we know how to order it to perform", "A. L."),
    };

    private string PictureId() => $"{2 * _random.Next(40, 900)}x{2 * _random.Next(40, 700)}:{_random.Next(90, 96)}";

    private bool Chance(int of) => _random.Next(of) == 0;

    private List<T> Several<T>(int most, Func<T> make) => Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make()).ToList();
}
