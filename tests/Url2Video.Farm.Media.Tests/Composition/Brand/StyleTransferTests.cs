using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Brand;

/// <summary>Measured on rendered frames, in an L*a*b* of the tests' own.</summary>
public sealed class StyleTransferTests
{
    private const int Width = 512;
    private const int Height = 288;

    [Theory]
    [InlineData(5, 0, 1, 10, 2, 20)]
    [InlineData(3, 5, 4, 50, 12, 44)]
    [InlineData(-7, -7, 0.5, 1, 3, 1)]
    public void AdaIn_Formula_IsThatOfTheBooks(double x, double meanContent, double deviationContent, double meanStyle, double deviationStyle, double expected) =>
        Assert.Equal(expected, StyleTransfer.AdaIn(x, meanContent, deviationContent, meanStyle, deviationStyle), 12);

    [Theory]
    [InlineData("sunset")]
    [InlineData("sea")]
    [InlineData("grey")]
    public void Rendered_Statistics_AreTheStylesWithinTwoPercent(string style)
    {
        var expected = Of(Draw(style).Image);
        var film = FilmOf(new PictureStyle(style, 100));
        using var renderer = new FilmRenderer(film, Fonts.All, new DrawnPictures(Draw));
        using var frame = new YuvImage(Width, Height);
        var first = "";
        foreach (var at in new[] { 0L, 29, 59 })
        {
            renderer.Compose(at, frame);
            var actual = Of(frame);
            for (var channel = 0; channel < 3; channel++)
            {
                // Of a range of 100 codes a mean is a share of, and a spread a share of itself; below half a code both are nothing.
                Assert.True(Math.Abs(actual[channel].Mean - expected[channel].Mean) <= 2, $"{style} {channel}: mean {actual[channel].Mean:0.00}, wanted {expected[channel].Mean:0.00}");
                Assert.True(
                    Math.Abs(actual[channel].Deviation - expected[channel].Deviation) <= Math.Max(0.5, 0.02 * expected[channel].Deviation),
                    $"{style} {channel}: deviation {actual[channel].Deviation:0.00}, wanted {expected[channel].Deviation:0.00}");
            }

            first = first.Length == 0 ? TestPictures.Hash(frame) : first;
            Assert.Equal(first, TestPictures.Hash(frame)); // A still camera shows one picture: nothing flickers.
        }
    }

    [Fact]
    public void Rendered_HalfStrength_IsHalfWay()
    {
        var (own, other) = (Of(Draw("content").Image), Of(Draw("sunset").Image));
        using var renderer = new FilmRenderer(FilmOf(new PictureStyle("sunset", 50)), Fonts.All, new DrawnPictures(Draw));
        using var frame = new YuvImage(Width, Height);

        renderer.Compose(0, frame);

        var actual = Of(frame);
        for (var channel = 0; channel < 3; channel++)
        {
            Assert.InRange(actual[channel].Mean - ((own[channel].Mean + other[channel].Mean) / 2), -2, 2);
        }
    }

    [Fact]
    public void Rendered_NoStrength_IsNearlyThePictureItself()
    {
        using var renderer = new FilmRenderer(FilmOf(new PictureStyle("sunset", 0)), Fonts.All, new DrawnPictures(Draw));
        using var bare = new FilmRenderer(FilmOf(null), Fonts.All, new DrawnPictures(Draw));
        using var frame = new YuvImage(Width, Height);
        using var expected = new YuvImage(Width, Height);

        renderer.Compose(0, frame);
        bare.Compose(0, expected);

        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                Assert.InRange(frame.RowY(y)[x] - expected.RowY(y)[x], -3, 3);
            }
        }
    }

    [Fact]
    public void Lab_KnownColours_HaveTheirNumbers()
    {
        // White, and sRGB red as everybody gives it: 53.24, 80.09, 67.20.
        var (white, red) = (Lab.Of(new Triple(1, 1, 1)), Lab.Of(new Triple(1, 0, 0)));

        Assert.Equal((100.0, 0.0, 0.0), (Math.Round(white.X, 2), Math.Abs(Math.Round(white.Y, 1)), Math.Abs(Math.Round(white.Z, 1))));
        Assert.Equal((53.24, 80.09, 67.20), (Math.Round(red.X, 2), Math.Round(red.Y, 2), Math.Round(red.Z, 2)));
    }

    [Fact]
    public void Lab_ThereAndBack_IsTheSameColour_AlsoOutsideOfWhatIsShown()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var rgb = new Triple((random.NextDouble() * 1.6) - 0.3, (random.NextDouble() * 1.6) - 0.3, (random.NextDouble() * 1.6) - 0.3);
            var back = Lab.ToRgb(Lab.Of(rgb));
            Assert.True(Math.Abs(rgb.X - back.X) + Math.Abs(rgb.Y - back.Y) + Math.Abs(rgb.Z - back.Z) < 1e-4, $"{rgb} {back}");
        }
    }

    [Fact]
    public void Roots_AgreeWithTheLibrarys()
    {
        for (var x = 1e-9; x < 1e6; x *= 1.37)
        {
            Assert.Equal(1, Roots.Cube(x) / Math.Cbrt(x), 12);
            Assert.Equal(1, Roots.Fifth(x) / Math.Pow(x, 0.2), 12);
            Assert.Equal(-Roots.Cube(x), Roots.Cube(-x));
        }
    }

    private static Film FilmOf(PictureStyle? style) =>
        Films.One(Width, Height, new Background.Picture("content", CameraMove.Still) { Style = style });

    private static DecodedPicture Draw(string name)
    {
        var image = new YuvImage(Width, Height);
        var random = new Random(name.Length);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var wave = (x * 60 / Width) + (y * 40 / Height) + random.Next(-8, 9);
                image.RowY(y)[x] = (byte)(name switch { "sunset" => 90 + wave, "sea" => 60 + (wave / 2), "grey" => 130 + (wave / 3), _ => 70 + wave });
            }
        }

        for (var y = 0; y < Height / 2; y++)
        {
            for (var x = 0; x < Width / 2; x++)
            {
                var (slow, fine) = (y * 20 / (Height / 2), random.Next(-3, 4));
                (image.RowU(y)[x], image.RowV(y)[x]) = name switch
                {
                    "sunset" => ((byte)(100 + slow + fine), (byte)(150 - slow - fine)),
                    "sea" => ((byte)(145 + (slow / 2) + fine), (byte)(112 + (slow / 2))),
                    "grey" => ((byte)(128 + fine), (byte)128),
                    _ => ((byte)(120 + fine), (byte)(118 + slow)),
                };
            }
        }

        return new DecodedPicture(image);
    }

    /// <summary>With the library's powers: what the farm computes without them must agree.</summary>
    private static (double Mean, double Deviation)[] Of(YuvImage image)
    {
        var values = new List<double>[] { [], [], [] };
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var (l, u, v) = ((image.RowY(y)[x] - 16) / 219.0, (image.RowU(y / 2)[x / 2] - 128) / 224.0, (image.RowV(y / 2)[x / 2] - 128) / 224.0);
                var (r, b) = (Linear(l + (1.5748 * v)), Linear(l + (1.8556 * u)));
                var g = Linear(l - (0.1873 * u) - (0.4681 * v));
                var (fx, fy, fz) = (
                    F(((0.4124 * r) + (0.3576 * g) + (0.1805 * b)) / 0.95047), F((0.2126 * r) + (0.7152 * g) + (0.0722 * b)),
                    F(((0.0193 * r) + (0.1192 * g) + (0.9505 * b)) / 1.08883));
                values[0].Add((116 * fy) - 16);
                values[1].Add(500 * (fx - fy));
                values[2].Add(200 * (fy - fz));
            }
        }

        return [.. values.Select(v => (v.Average(), Math.Sqrt(v.Average(x => x * x) - (v.Average() * v.Average()))))];

        static double Linear(double c) => Math.Clamp(c, 0, 1) is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16.0 / 116);
    }
}
