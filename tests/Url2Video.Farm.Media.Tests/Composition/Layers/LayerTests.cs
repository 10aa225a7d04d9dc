using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Composition.Camera;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Layers;

public sealed class LayerTests(ITestOutputHelper output)
{
    private const int Width = 640;
    private const int Height = 360;

    /// <summary>A dot in a layer that slides, grows and turns, against where the keys say it is.</summary>
    [FontTheory]
    [InlineData("slides", 200_000, 700_000, 1_000_000, 1_000_000, 0, 0)]
    [InlineData("slides slowly", 500_000, 503_000, 1_000_000, 1_000_000, 0, 0)]
    [InlineData("grows", 500_000, 500_000, 700_000, 1_600_000, 0, 0)]
    [InlineData("shrinks through its copies", 500_000, 520_000, 1_000_000, 400_000, 0, 0)]
    [InlineData("turns", 500_000, 500_000, 1_000_000, 1_000_000, 0, 9_000)]
    [InlineData("all of it", 350_000, 600_000, 800_000, 1_200_000, -3_000, 4_500)]
    public void Draw_MovingLayer_IsWhereItsKeysSay(string name, int fromX, int toX, int fromScale, int toScale, int fromDegrees, int toDegrees)
    {
        var layer = new Layer(new Background.Picture("dots", CameraMove.Still), new LayerBox(0, 0, 400_000, 500_000))
        {
            Keys =
            [
                new LayerKey(0, fromX, 480_000, fromScale, fromDegrees, 32_767, CubicBezier.Linear),
                new LayerKey(2_000, toX, 520_000, toScale, toDegrees, 32_767, CubicBezier.Linear),
            ],
        };
        var pictures = new DotPicture(256, 180, 14, (90.0, 70.0));
        using var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(layer), Fonts.All, pictures);

        var worst = 0.0;
        for (var n = 0; n < 60; n++)
        {
            renderer.Compose(n, frame);
            var share = n / 60.0;
            var scale = Between(fromScale, toScale, share);
            var turns = Between(fromDegrees, toDegrees, share) / 0.036;
            var (sin, cos) = (Math.Sin(2 * Math.PI * turns), Math.Cos(2 * Math.PI * turns));

            // The picture is as large as the box: 256 x 180.
            var (dx, dy) = ((90.5 - 128) * scale, (70.5 - 90) * scale);
            var x = (Width * Between(fromX, toX, share)) + (cos * dx) - (sin * dy) - 0.5;
            var y = (Height * Between(480_000, 520_000, share)) + (sin * dx) + (cos * dy) - 0.5;
            var found = DotPicture.Find(frame, x, y, (int)(16 * scale) + 3);
            worst = Math.Max(worst, Math.Max(Math.Abs(found.X - x), Math.Abs(found.Y - y)));
        }

        output.WriteLine($"{name}: worst {worst:0.0000} px");
        Assert.InRange(worst, 0, 0.05);

        static double Between(int from, int to, double share) => (from + ((to - from) * share)) / 1e6;
    }

    /// <summary>A picture has the colours of another wherever it stands: at rest as well as under a camera.</summary>
    [FontFact]
    public void Draw_LayerWithAStyle_HasItsColours()
    {
        var own = new Background.Picture("160x90:noise", CameraMove.Still);
        var styled = own with { Style = new PictureStyle("160x90:200", 100) };
        var box = new LayerBox(250_000, 250_000, 250_000, 250_000);
        using var resting = Frame(new Layer(styled, box), 7);
        using var moved = Frame(new Layer(styled with { Camera = new CameraMove(CameraPose.Whole, CameraPose.Whole with { ZoomMillionths = 1_000_100 }) }, box), 7);
        using var plain = Frame(new Layer(own, box), 7);

        Assert.True(Math.Abs(MeanOf(resting) - MeanOf(plain)) > 2, "The style changes nothing.");
        Assert.InRange(MeanOf(resting) - MeanOf(moved), -1.0, 1.0);

        static double MeanOf(YuvImage frame) => Enumerable.Range(90, 90).Average(y => frame.RowY(y).Slice(160, 160).ToArray().Average(v => v));
    }

    /// <summary>Opaque and at rest on whole pixels, a picture comes out as it is.</summary>
    [FontFact]
    public void Draw_LayerAtRest_IsThePictureItself()
    {
        var layer = new Layer(new Background.Picture("160x90:noise", CameraMove.Still), new LayerBox(250_000, 250_000, 250_000, 250_000));
        using var picture = new SyntheticPictures().Open("160x90:noise").Image;
        using var frame = Frame(layer, 7);

        for (var y = 0; y < 90; y++)
        {
            Assert.Equal(picture.RowY(y).ToArray(), frame.RowY(90 + y).Slice(160, 160).ToArray());
        }

        for (var y = 1; y < 44; y++)
        {
            Assert.Equal(picture.RowU(y)[1..79].ToArray(), frame.RowU(45 + y).Slice(81, 78).ToArray());
        }
    }

    [FontTheory]
    [InlineData(100, 100)]
    [InlineData(50, 100)]
    [InlineData(40, 25)]
    [InlineData(0, 100)]
    public void Draw_Opacity_IsTheFormula(int percent, int keyPercent)
    {
        var (alpha, key) = (percent * 32_767 / 100, keyPercent * 32_767 / 100);
        var layer = new Layer(new Background.Solid(new Rgb(200, 30, 90)), new LayerBox(250_000, 250_000, 500_000, 500_000))
        {
            Alpha = alpha,
            Keys = [new LayerKey(0, 500_000, 500_000, 1_000_000, 0, key, CubicBezier.Linear)],
        };
        using var frame = Frame(layer, 3, new Rgb(20, 120, 60));

        var (below, above) = (new Rgb(20, 120, 60).ToYuv(), new Rgb(200, 30, 90).ToYuv());
        var weight = FixedPoint.MulHrs(FixedPoint.W15(255), FixedPoint.MulHrs(key, alpha));
        Assert.Equal(below.Y + FixedPoint.MulHrs(above.Y - below.Y, weight), frame.RowY(180)[320]);
        Assert.Equal(below.U + FixedPoint.MulHrs(above.U - below.U, weight), frame.RowU(90)[160]);
        Assert.Equal(below.V + FixedPoint.MulHrs(above.V - below.V, weight), frame.RowV(90)[160]);
        Assert.Equal(below.Y, frame.RowY(10)[10]);
    }

    public static TheoryData<string> Modes => [.. Enum.GetNames<BlendMode>()];

    [FontTheory]
    [MemberData(nameof(Modes))]
    public void Draw_BlendMode_IsItsFormulaOnColours(string name)
    {
        var mode = Enum.Parse<BlendMode>(name);
        var (below, above) = (new Rgb(90, 150, 60), new Rgb(200, 110, 140));
        var layer = new Layer(new Background.Solid(above), new LayerBox(250_000, 250_000, 500_000, 500_000)) { Blend = mode };
        using var frame = Frame(layer, 0, below);

        var wanted = new Rgb(Of(below.R, above.R), Of(below.G, above.G), Of(below.B, above.B)).ToYuv();
        Assert.InRange(frame.RowY(180)[320] - wanted.Y, -2, 2);
        Assert.InRange(frame.RowU(90)[160] - wanted.U, -2, 2);
        Assert.InRange(frame.RowV(90)[160] - wanted.V, -2, 2);
        Assert.Equal(below.ToYuv().Y, frame.RowY(20)[20]);

        // W3C Compositing and Blending in real numbers; soft light after Pegtop.
        byte Of(byte b, byte s)
        {
            var (cb, cs) = (b / 255.0, s / 255.0);
            var result = mode switch
            {
                BlendMode.Multiply => cb * cs,
                BlendMode.Screen => cb + cs - (cb * cs),
                BlendMode.Overlay => cb < 0.5 ? 2 * cb * cs : 1 - (2 * (1 - cb) * (1 - cs)),
                BlendMode.SoftLight => ((1 - (2 * cs)) * cb * cb) + (2 * cb * cs),
                BlendMode.Add => Math.Min(1, cb + cs),
                BlendMode.Darken => Math.Min(cb, cs),
                BlendMode.Lighten => Math.Max(cb, cs),
                BlendMode.Difference => Math.Abs(cb - cs),
                _ => cs,
            };
            return (byte)Math.Round(255 * result);
        }
    }

    /// <summary>Half a layer's blend is half the way to it, and nothing beside the layer changes by a bit.</summary>
    [FontFact]
    public void Draw_BlendOverNoise_LeavesTheRestToTheBit()
    {
        var layer = new Layer(new Background.Solid(new Rgb(250, 200, 20)), new LayerBox(300_000, 300_000, 200_000, 200_000)) { Blend = BlendMode.Overlay, Alpha = 16_000 };
        var under = new Background.Picture("640x360:noise", CameraMove.Still);
        using var plain = Frame(null, 0, under);
        using var frame = Frame(layer, 0, under);

        var changed = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var isInside = x is >= 192 and < 320 && y is >= 108 and < 180;
                changed += frame.RowY(y)[x] != plain.RowY(y)[x] ? 1 : 0;
                Assert.True(isInside || frame.RowY(y)[x] == plain.RowY(y)[x], $"({x},{y})");
            }
        }

        Assert.InRange(changed, 4_000, 128 * 72);
        for (var y = 0; y < Height / 2; y++)
        {
            Assert.Equal(plain.RowU(y)[..95].ToArray(), frame.RowU(y)[..95].ToArray());
            Assert.Equal(plain.RowV(y)[162..].ToArray(), frame.RowV(y)[162..].ToArray());
        }
    }

    /// <summary>The share of the frame that a masked white layer covers, against the area of the shape; and its middle.</summary>
    [FontTheory]
    [InlineData("Circle", 0, 0.785398)]
    [InlineData("Rounded", 200_000, 0.965664)]
    [InlineData("Box", 0, 1.0)]
    public void Draw_Shape_HasItsArea(string shape, int corner, double part)
    {
        foreach (var degrees in (int[])[0, 3_000])
        {
            var layer = new Layer(new Background.Solid(new Rgb(255, 255, 255)), new LayerBox(0, 0, 200_000, 355_556))
            {
                Shape = Enum.Parse<LayerShape>(shape),
                CornerMillionths = corner,
                Keys = [new LayerKey(0, 501_000, 498_000, 1_000_000, degrees, 32_767, CubicBezier.Linear)],
            };
            using var frame = Frame(layer, 0);
            var (mass, x, y) = (0.0, 0.0, 0.0);
            for (var row = 0; row < Height; row++)
            {
                for (var column = 0; column < Width; column++)
                {
                    var light = (frame.RowY(row)[column] - 16) / 219.0;
                    (mass, x, y) = (mass + light, x + (light * (column + 0.5)), y + (light * (row + 0.5)));
                }
            }

            output.WriteLine($"{shape} at {degrees}: area {mass / (128.0 * 128.0):0.0000} of {part}, middle {x / mass:0.000}, {y / mass:0.000}");
            Assert.InRange(mass / (128.0 * 128.00016) / part, 0.997, 1.003);
            Assert.InRange((x / mass) - (0.501 * Width), -0.05, 0.05);
            Assert.InRange((y / mass) - (0.498 * Height), -0.05, 0.05);
        }
    }

    [FontFact]
    public void Draw_FramesInAnyOrder_GivesTheSameBits()
    {
        var film = FilmOf(
            new Layer(new Background.Generated(5, GeneratedPattern.Waves), new LayerBox(100_000, 100_000, 300_000, 300_000))
            {
                Keys = [new LayerKey(0, 200_000, 300_000, 1_000_000, 0, 20_000, CubicBezier.Linear), new LayerKey(1_500, 700_000, 500_000, 300_000, 4_000, 32_000, new CubicBezier(2_500, 1_000, 2_500, 10_000))],
            },
            new Layer(new Background.Picture("300x200:noise", CameraMove.Still), new LayerBox(500_000, 500_000, 333_333, 271_111)) { Blend = BlendMode.Screen, Shape = LayerShape.Circle },
            new Layer(new Background.Picture("700x500:noise", new CameraMove(CameraPose.Whole, new CameraPose(400_000, 500_000, 1_500_000))), new LayerBox(-100_000, 600_000, 400_000, 300_000)) { Shape = LayerShape.Rounded });
        using var target = new YuvImage(Width, Height);
        using var forwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        var expected = Enumerable.Range(0, 60).Select(n =>
        {
            forwards.Compose(n, target);
            return TestPictures.Hash(target);
        }).ToArray();

        using var shuffled = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        foreach (var n in (int[])[59, 3, 31, 30, 0, 44, 45, 1])
        {
            using var alone = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
            shuffled.Compose(n, target);
            Assert.Equal(expected[n], TestPictures.Hash(target));
            alone.Compose(n, target);
            Assert.Equal(expected[n], TestPictures.Hash(target));
        }
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Draw_AnyExecution_GivesTheSameBits(string lanes)
    {
        var film = FilmOf(
            new Layer(new Background.Picture("300x200:noise", CameraMove.Still), new LayerBox(100_000, 100_000, 500_000, 500_000))
            {
                Blend = BlendMode.SoftLight,
                Keys = [new LayerKey(0, 200_000, 300_000, 1_000_000, 0, 20_000, CubicBezier.Linear), new LayerKey(1_500, 700_000, 500_000, 500_000, 4_000, 32_000, CubicBezier.Linear)],
            });
        using var expected = new YuvImage(Width, Height);
        using var actual = new YuvImage(Width, Height);
        using var scalar = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Lanes.Scalar);
        using var vector = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Vectors.Parse(lanes));
        foreach (var n in (int[])[0, 20, 59])
        {
            scalar.Compose(n, expected);
            vector.Compose(n, actual);
            TestPictures.AssertSame(expected, actual);
        }
    }

    [FontFact]
    public void Draw_AfterTheFirstFrames_AllocatesNothing()
    {
        var film = FilmOf(
            new Layer(new Background.Picture("300x200:noise", CameraMove.Still), new LayerBox(0, 0, 400_000, 400_000)) { Blend = BlendMode.Multiply },
            new Layer(new Background.Picture("300x200:noise", CameraMove.Still), new LayerBox(100_000, 100_000, 300_000, 300_000))
            {
                Keys = [new LayerKey(0, 200_000, 300_000, 1_000_000, 0, 20_000, CubicBezier.Linear), new LayerKey(1_900, 700_000, 500_000, 500_000, 4_000, 32_000, new CubicBezier(2_500, 1_000, 2_500, 10_000))],
            });
        using var target = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        for (var n = 0; n < 60; n++)
        {
            renderer.Compose(n, target);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 60; n++)
        {
            renderer.Compose(n, target);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [FontFact]
    public void Constructor_BrokenLayer_NamesTheRule()
    {
        var layer = new Layer(Films.Black, LayerBox.Frame);
        var key = new LayerKey(500, 0, 0, 1_000_000, 0, 32_767, CubicBezier.Linear);

        Assert.Contains("order of time", Refused(layer with { Keys = [key, key] }), StringComparison.Ordinal);
        Assert.Contains("width and a height", Refused(layer with { Box = new LayerBox(0, 0, 0, 10) }), StringComparison.Ordinal);
        Assert.Contains("At most 8 layers", Refused([.. Enumerable.Repeat(layer, 9)]), StringComparison.Ordinal);

        static string Refused(params Layer[] layers) =>
            Assert.Throws<ArgumentException>(() => new FilmRenderer(FilmOf(layers), Fonts.All, new SyntheticPictures())).Message;
    }

    private static Film FilmOf(params Layer[] layers)
    {
        var film = Films.One(Width, Height, Films.Black);
        return film with { Shots = [film.Shots[0] with { Shot = film.Shots[0].Shot with { Layers = [.. layers] } }] };
    }

    private static YuvImage Frame(Layer? layer, int n, Rgb below = default) => Frame(layer, n, new Background.Solid(below));

    private static YuvImage Frame(Layer? layer, int n, Background below)
    {
        var film = FilmOf(layer is null ? [] : [layer]);
        film = film with { Shots = [film.Shots[0] with { Shot = film.Shots[0].Shot with { Background = below } }] };
        var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        renderer.Compose(n, frame);
        return frame;
    }
}
