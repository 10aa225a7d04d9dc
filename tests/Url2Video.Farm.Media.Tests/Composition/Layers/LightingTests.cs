using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Layers;

/// <summary>Row AB4: what intensity, position and temperature of each lamp do to pixels, against the formula in floating point.</summary>
public sealed class LightingTests(ITestOutputHelper output)
{
    private const int Width = 640;
    private const int Height = 360;
    private static readonly Lamp s_off = new(0, 0, 0, 6_500);
    private static readonly Lighting s_dark = new(s_off, s_off, s_off, 0, 6_500, 100);

    public static TheoryData<string, int, int, int> Lamps => new()
    {
        { "key", 100, 0, 0 }, { "key", 50, 0, 0 }, { "key", 100, -45, 35 }, { "key", 100, 120, 0 }, { "fill", 80, 60, -20 }, { "fill", 30, 50, 10 },
        { "rim", 300, 150, 30 }, { "background", 100, 0, 0 }, { "background", 40, 0, 0 },
    };

    /// <summary>A flat colour gets intensity times the cosine to the camera; the rim gives it nothing.</summary>
    [FontTheory]
    [MemberData(nameof(Lamps))]
    public void Draw_FlatColour_IsLitByTheFormula(string which, int intensity, int azimuth, int elevation)
    {
        var colour = new Rgb(120, 160, 90);
        foreach (var kelvin in (int[])[6_500, 3_200, 9_000])
        {
            var lamp = new Lamp(intensity, azimuth, elevation, kelvin);
            using var frame = Frame(new Background.Solid(colour), With(which, lamp));
            var towards = Math.Max(0, Math.Cos(azimuth * Math.PI / 180) * Math.Cos(elevation * Math.PI / 180));
            var gain = which switch { "rim" => 0, "background" => intensity / 100.0, _ => intensity / 100.0 * towards };
            var (r, g, b) = LampLight.ColourOf(100, kelvin);
            var wanted = new Rgb(Byte(colour.R * r * gain), Byte(colour.G * g * gain), Byte(colour.B * b * gain)).ToYuv();
            Assert.InRange(frame.RowY(77)[200] - wanted.Y, -2, 2);
            Assert.InRange(frame.RowU(38)[100] - wanted.U, -2, 2);
            Assert.InRange(frame.RowV(38)[100] - wanted.V, -2, 2);
        }

        static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
    }

    /// <summary>On a ramp of known slope: the normal's own cosine, left and right, key and rim.</summary>
    [FontTheory]
    [InlineData("key", -60, 0)]
    [InlineData("key", 60, 0)]
    [InlineData("fill", 30, 40)]
    [InlineData("rim", -150, 0)]
    [InlineData("rim", 150, 20)]
    public void Draw_Ramp_IsLitByItsNormal(string which, int azimuth, int elevation)
    {
        // A third of a code a pixel of a frame of 360 rows, a relief of 400 %: six codes a pixel of 1080 rows are 45 degrees.
        var ramp = new RampPicture();
        using var plain = Frame(new Background.Picture("ramp", CameraMove.Still), null, ramp);
        using var lit = Frame(new Background.Picture("ramp", CameraMove.Still), With(which, new Lamp(100, azimuth, elevation, 6_500)) with { BackgroundPercent = 30, ReliefPercent = 400 }, ramp);
        var lean = -1 / 3.0 * 4 * Height / 1080 / 6;
        var (nx, nz) = (lean / Math.Sqrt(1 + (lean * lean)), 1 / Math.Sqrt(1 + (lean * lean)));
        var (a, e) = (azimuth * Math.PI / 180, elevation * Math.PI / 180);
        var (x, y, z) = (Math.Cos(e) * Math.Sin(a), -Math.Sin(e), Math.Cos(e) * Math.Cos(a));
        var light = which == "rim" ? Math.Pow(Math.Max(0, nx * x / Math.Sqrt((x * x) + (y * y))), 2) : Math.Max(0, (nx * x) + (nz * z));
        foreach (var column in (int[])[150, 320, 500])
        {
            var wanted = (plain.RowY(180)[column] - 16) * (0.3 + light);
            output.WriteLine($"{which} {azimuth}: column {column} {lit.RowY(180)[column] - 16}, wanted {wanted:0.0}");
            Assert.InRange(lit.RowY(180)[column] - 16 - wanted, -1.6, 1.6);
        }
    }

    /// <summary>A lamp on the left lights what leans to the left, and the other way round: a ball is lit like a ball.</summary>
    [FontFact]
    public void Draw_Ball_IsLitFromItsLampsSide()
    {
        var ball = new Camera.DotPicture(Width, Height, 120, (320.0, 180.0));
        using var left = Frame(new Background.Picture("ball", CameraMove.Still), With("key", new Lamp(100, -60, 0, 6_500)), ball);
        using var right = Frame(new Background.Picture("ball", CameraMove.Still), With("key", new Lamp(100, 60, 0, 6_500)), ball);

        Assert.True(left.RowY(180)[270] > left.RowY(180)[370] + 20);
        Assert.True(right.RowY(180)[370] > right.RowY(180)[270] + 20);

        // The mirror of one is the other, to what rounding makes of it.
        for (var x = 220; x <= 420; x++)
        {
            Assert.InRange(left.RowY(180)[x] - right.RowY(180)[640 - x], -4, 4);
        }
    }

    [FontFact]
    public void Draw_FramesInAnyOrder_GivesTheSameBitsAndAllocatesNothing()
    {
        var background = new Background.Picture("900x700:noise", new CameraMove(CameraPose.Whole, new CameraPose(400_000, 500_000, 1_300_000)));
        var film = FilmOf(background, With("key", new Lamp(100, -60, 0, 4_000)));
        using var target = new YuvImage(Width, Height);
        using var forwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        var expected = Enumerable.Range(0, 60).Select(n =>
        {
            forwards.Compose(n, target);
            return TestPictures.Hash(target);
        }).ToArray();
        using var shuffled = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        foreach (var n in (int[])[59, 3, 31, 0])
        {
            shuffled.Compose(n, target);
            Assert.Equal(expected[n], TestPictures.Hash(target));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 20; n++)
        {
            forwards.Compose(n, target);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Draw_AnyExecution_GivesTheSameBits(string lanes)
    {
        var film = FilmOf(new Background.Picture("640x360:noise", CameraMove.Still), With("key", new Lamp(170, -60, 0, 4_000)) with { BackgroundPercent = 80 });
        using var expected = new YuvImage(Width, Height);
        using var actual = new YuvImage(Width, Height);
        using var scalar = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Lanes.Scalar);
        using var vector = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Vectors.Parse(lanes));
        scalar.Compose(5, expected);
        vector.Compose(5, actual);
        TestPictures.AssertSame(expected, actual);
    }

    [SheetsFact]
    public void Lighting_AsASheet()
    {
        var ball = new Camera.DotPicture(Width, Height, 120, (180.0, 180.0), (430.0, 150.0));
        Lighting[] settings =
        [
            s_dark with { BackgroundPercent = 100 }, With("key", new Lamp(120, -60, 20, 3_200)) with { BackgroundPercent = 20 }, With("key", new Lamp(120, 60, 20, 9_000)) with { BackgroundPercent = 20 },
            With("rim", new Lamp(300, 150, 30, 6_500)) with { BackgroundPercent = 60 }, With("key", new Lamp(120, -60, 20, 3_200)) with { Fill = new Lamp(50, 60, 0, 9_000), Rim = new Lamp(150, 150, 30, 6_500), BackgroundPercent = 15 },
        ];
        Sheets.Write("lighting", settings.Select(s => Frame(new Background.Picture("ball", CameraMove.Still), s, ball)));
    }

    private static Lighting With(string which, Lamp lamp) => which switch
    {
        "key" => s_dark with { Key = lamp },
        "fill" => s_dark with { Fill = lamp },
        "rim" => s_dark with { Rim = lamp },
        _ => s_dark with { BackgroundPercent = lamp.IntensityPercent, BackgroundKelvin = lamp.Kelvin },
    };

    private static Film FilmOf(Background background, Lighting? lighting)
    {
        var film = Films.One(Width, Height, background);
        return film with { Shots = [film.Shots[0] with { Shot = film.Shots[0].Shot with { Lighting = lighting } }] };
    }

    private static YuvImage Frame(Background background, Lighting? lighting, IPictureSource? pictures = null)
    {
        var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(background, lighting), Fonts.All, pictures ?? new SyntheticPictures());
        renderer.Compose(0, frame);
        return frame;
    }

    /// <summary>A third of a code a pixel to the right.</summary>
    private sealed class RampPicture : IPictureSource
    {
        public DecodedPicture Open(string pictureId)
        {
            var image = new YuvImage(Width, Height);
            image.Fill(16, 128, 128);
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    image.RowY(y)[x] = (byte)(20 + (x / 3));
                }
            }

            return new DecodedPicture(image);
        }
    }
}
