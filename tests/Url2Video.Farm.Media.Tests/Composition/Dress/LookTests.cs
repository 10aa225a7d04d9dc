using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Dress;

public sealed class LookTests
{
    private static readonly Look s_vintage = new() { Sepia = 70, Contrast = 120, Saturation = 80, Vignette = 30, Grain = 10 };

    private static readonly Look s_bent = new()
    {
        Kelvin = 4_600, Brightness = 94, Contrast = 106, Saturation = 112, Fade = 12, Curve = 25, Toning = 38,
        Shadows = new Rgb(0, 110, 130), Highlights = new Rgb(255, 156, 80), Vignette = 20, Grain = 15,
    };

    public static TheoryData<string> Names => ["vintage", "bent", "grey", "grain", "vignette"];

    [VectorTheory]
    [MemberData(nameof(Names))]
    public void Apply_AnyLook_EqualsTheScalar(string name)
    {
        foreach (var (width, height) in ((int, int)[])[(130, 128), (386, 130)])
        {
            using var expected = Graded(name, width, height, Lanes.Scalar, frame: 7);
            using var narrow = Graded(name, width, height, Lanes.V128, frame: 7);
            using var wide = Graded(name, width, height, Lanes.V256, frame: 7);
            TestPictures.AssertSame(expected, narrow);
            TestPictures.AssertSame(expected, wide);
        }
    }

    [Fact]
    public void Apply_NothingAsked_ChangesNothing() => Assert.True(new Look { Shadows = new Rgb(1, 2, 3) }.IsNeutral);

    /// <summary>The whole chain in double precision, written from the definitions, on colours inside the gamut.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_AGridOfColours_IsTheFormula(bool isBent)
    {
        var look = (isBent ? s_bent : s_vintage) with { Vignette = 0, Grain = 0 };
        using var renderer = new LookRenderer(look, 128, 128, LanesOfCpu.Best);
        using var image = new YuvImage(128, 128);
        for (var r = 30; r <= 230; r += 40)
        {
            for (var g = 30; g <= 230; g += 40)
            {
                for (var b = 30; b <= 230; b += 40)
                {
                    var yuv = new Rgb((byte)r, (byte)g, (byte)b).ToYuv();
                    image.Fill(yuv.Y, yuv.U, yuv.V);
                    renderer.Apply(image, 0);
                    var (y, u, v) = Exact(look, yuv);

                    // A table is straight between nodes eight codes apart, so a curve is met within two codes.
                    var slack = isBent ? 2.0 : 1.2;
                    Assert.InRange(image.RowY(9)[9] - Math.Clamp(y, 16, 235), -slack, slack);
                    Assert.InRange(image.RowU(9)[9] - Math.Clamp(u, 16, 240), -slack, slack);
                    Assert.InRange(image.RowV(9)[9] - Math.Clamp(v, 16, 240), -slack, slack);
                }
            }
        }
    }

    /// <summary>The manual's sample, measured on a frame: brown, and 30 % of the light gone from the corner, grain of 3.7 codes.</summary>
    [Fact]
    public void Apply_Vintage_HasTheFiguresOfTheManual()
    {
        const int Width = 640, Height = 360;
        using var renderer = new LookRenderer(s_vintage, Width, Height, LanesOfCpu.Best);
        using var grey = new YuvImage(Width, Height);
        grey.Fill(160, 128, 128);
        renderer.Apply(grey, 3);

        // Sepia 0.7 of middle grey is red before blue; 0.8 of the colour is left.
        Assert.InRange(grey.RowV(Height / 4)[Width / 4], (byte)131, (byte)145);
        Assert.InRange(grey.RowU(Height / 4)[Width / 4], (byte)105, (byte)123);

        var (middle, corner) = (MeanOf(grey, (Width / 2) - 20, (Height / 2) - 20, 40), MeanOf(grey, 0, 0, 12));
        Assert.InRange((corner.Mean - 16) / (middle.Mean - 16), 0.69, 0.77);
        Assert.InRange(middle.Deviation, 3.2, 4.2);
    }

    [Fact]
    public void Apply_GrainInTwoFrames_IsNewAndComesAgain()
    {
        using var renderer = new LookRenderer(new Look { Grain = 20 }, 256, 128, LanesOfCpu.Best);
        var hashes = new[] { 0L, 1, 0 }.Select(frame =>
        {
            using var image = new YuvImage(256, 128);
            image.Fill(100, 128, 128);
            renderer.Apply(image, frame);
            return TestPictures.Hash(image);
        }).ToArray();

        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.Equal(hashes[0], hashes[2]);
    }

    /// <summary>Chromaticities of glowing bodies from tables of the Planckian locus.</summary>
    [Theory]
    [InlineData(2_000, 0.5267, 0.4133)]
    [InlineData(3_000, 0.4369, 0.4041)]
    [InlineData(4_000, 0.3805, 0.3768)]
    [InlineData(6_500, 0.3135, 0.3237)]
    [InlineData(10_000, 0.2807, 0.2884)]
    public void WhitePoint_OfATemperature_IsOnTheLocus(int kelvin, double x, double y)
    {
        var white = WhitePoint.Of(kelvin);
        Assert.InRange(white.X - x, -0.002, 0.002);
        Assert.InRange(white.Y - y, -0.002, 0.002);
    }

    /// <summary>White under a light has the light's colour: decoded with 2.4, its chromaticity is that of the temperature.</summary>
    [Theory]
    [InlineData(3_200)]
    [InlineData(5_000)]
    [InlineData(9_000)]
    public void Grade_White_BecomesTheLightsColour(int kelvin)
    {
        var rgb = WhitePoint.Grade(kelvin).Of(new Triple(1, 1, 1));
        var (r, g, b) = (Math.Pow(rgb.X, 2.4), Math.Pow(rgb.Y, 2.4), Math.Pow(rgb.Z, 2.4));
        var x = (0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b);
        var y = (0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b);
        var z = (0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b);

        // Neutral is the standard's white, a little beside the locus: what is asked is how far the light moves it.
        var (from, to) = (WhitePoint.Of(Look.NeutralKelvin), WhitePoint.Of(kelvin));
        Assert.InRange((x / (x + y + z)) - 0.3127 - (to.X - from.X), -0.012, 0.012);
        Assert.InRange((y / (x + y + z)) - 0.3290 - (to.Y - from.Y), -0.012, 0.012);
        Assert.InRange(Bt709.LumaOf(rgb), 0.999, 1.001);
    }

    [Fact]
    public void Apply_EveryFrame_AllocatesNothing()
    {
        using var renderer = new LookRenderer(s_bent, 256, 128, LanesOfCpu.Best);
        using var image = TestPictures.Noise(256, 128, 1);
        renderer.Apply(image, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        renderer.Apply(image, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Create_NumbersOutOfBounds_AreRefused()
    {
        foreach (var look in (Look[])[new() { Kelvin = 1_999 }, new() { Contrast = 201 }, new() { Grain = -1 }, new() { Vignette = 101 }])
        {
            Assert.Throws<ArgumentException>(() => new LookRenderer(look, 128, 128, Lanes.Scalar));
        }
    }

    private static YuvImage Graded(string name, int width, int height, Lanes lanes, long frame)
    {
        var look = name switch
        {
            "vintage" => s_vintage,
            "bent" => s_bent,
            "grey" => new Look { Contrast = 130, Saturation = 0 },
            "grain" => new Look { Grain = 100 },
            _ => new Look { Vignette = 100 },
        };
        var image = TestPictures.Noise(width, height, width);
        using var renderer = new LookRenderer(look, width, height, lanes);
        renderer.Apply(image, frame);
        return image;
    }

    private static (double Mean, double Deviation) MeanOf(YuvImage image, int left, int top, int side)
    {
        var values = Enumerable.Range(top, side).SelectMany(y => image.RowY(y).Slice(left, side).ToArray()).Select(v => (double)v).ToArray();
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }

    private static (double Y, double U, double V) Exact(Look look, Yuv code)
    {
        var (luma, cb, cr) = ((code.Y - 16) / 219.0, (code.U - 128) / 224.0, (code.V - 128) / 224.0);
        var (r, b) = (luma + (1.5748 * cr), luma + (1.8556 * cb));
        var g = (luma - (0.2126 * r) - (0.0722 * b)) / 0.7152;
        var gains = look.Kelvin == 6_500 ? new Triple(1, 1, 1) : WhitePoint.Grade(look.Kelvin).Of(new Triple(1, 1, 1));
        double[] rgb = [r * gains.X, g * gains.Y, b * gains.Z];
        double[][] sepia = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]];
        rgb = [.. rgb.Select((c, i) => c + ((sepia[i].Zip(rgb, (m, v) => m * v).Sum() - c) * look.Sepia / 100))];
        rgb = [.. rgb.Select(c => (((c * look.Brightness / 100) - 0.5) * look.Contrast / 100) + 0.5)];
        var grey = (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);
        rgb = [.. rgb.Select(c => grey + ((c - grey) * look.Saturation / 100))];
        rgb = [.. rgb.Select(c => (c * (1 - (0.0026 * look.Fade))) + (0.0020 * look.Fade))];
        rgb = [.. rgb.Select(c => c is <= 0 or >= 1 ? c : c + ((((3 * c * c) - (2 * c * c * c)) - c) * look.Curve / 100))];
        var light = Math.Clamp((0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]), 0, 1);
        var (dark, bright) = (Tint(look.Shadows), Tint(look.Highlights));
        rgb = [.. rgb.Select((c, i) => c + (look.Toning / 100.0 * ((dark[i] * (1 - light) * (1 - light)) + (bright[i] * light * light))))];
        var y = (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);
        return (16 + (219 * y), 128 + (224 * (rgb[2] - y) / 1.8556), 128 + (224 * (rgb[0] - y) / 1.5748));

        static double[] Tint(Rgb c)
        {
            var l = ((0.2126 * c.R) + (0.7152 * c.G) + (0.0722 * c.B)) / 255;
            return [(c.R / 255.0) - l, (c.G / 255.0) - l, (c.B / 255.0) - l];
        }
    }
}
