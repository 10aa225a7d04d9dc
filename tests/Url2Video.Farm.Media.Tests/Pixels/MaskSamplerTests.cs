using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class MaskSamplerTests
{
    private static readonly Yuv s_colour = new(235, 30, 220);
    private static readonly MaskPlacement s_rest = new(0, 0, 1 << 16, 0, 0);

    [Fact]
    public void Paint_AtRest_EqualsThePainter()
    {
        var random = new Random(5);
        using var painter = new MaskPainter(LanesOfCpu.Best);
        using var sampler = new MaskSampler(140, 90, LanesOfCpu.Best);
        for (var round = 0; round < 60; round++)
        {
            using var expected = TestPictures.Noise(140, 90, round);
            using var actual = TestPictures.Noise(140, 90, round);
            using var mask = NoiseMask(random, random.Next(1, 120), random.Next(1, 60));
            var (x, y, alpha) = (2 * random.Next(-40, 80), 2 * random.Next(-40, 60), random.Next(0, 32_768));

            painter.Paint(expected, mask, x, y << 8, s_colour, alpha);
            sampler.Paint(actual, mask, x, y, s_rest, null, s_colour, alpha);

            TestPictures.AssertSame(expected, actual);
        }
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Paint_AnyPlacement_EqualsTheScalar(string lanes)
    {
        var random = new Random(6);
        using var scalar = new MaskSampler(120, 80, Lanes.Scalar);
        using var vector = new MaskSampler(120, 80, Vectors.Parse(lanes));
        for (var round = 0; round < 120; round++)
        {
            using var expected = TestPictures.Noise(120, 80, round);
            using var actual = TestPictures.Noise(120, 80, round);
            using var mask = NoiseMask(random, random.Next(1, 100), random.Next(1, 50));
            var placement = new MaskPlacement(random.Next(120), random.Next(80), random.Next(43_700, 120_000),
                random.Next(-3_000_000, 3_000_000), random.Next(-3_000_000, 3_000_000));
            WipeEdge? wipe = round % 3 == 0 ? new WipeEdge(random.Next(30_000), 1 + random.Next(40), round % 2 == 0) : null;
            var (x, y) = (random.Next(-40, 80), random.Next(-40, 60));

            scalar.Paint(expected, mask, x, y, placement, wipe, s_colour, 30_000);
            vector.Paint(actual, mask, x, y, placement, wipe, s_colour, 30_000);

            TestPictures.AssertSame(expected, actual);
        }
    }

    [Fact]
    public void Paint_SubPixelPlaces_MoveTheCentreOfGravityInBothDirections()
    {
        using var mask = MaskShapes.RoundedBox(0, 0, 40, 20, 6);
        using var sampler = new MaskSampler(96, 64, LanesOfCpu.Best);
        using var target = new YuvImage(96, 64);
        var (startX, startY) = (double.NaN, double.NaN);
        for (var step = 0; step < 60; step++)
        {
            var (dx, dy) = (step * 7_919, step * 5_309);
            target.Fill(16, 128, 128);
            sampler.Paint(target, mask, 12, 10, s_rest with { XQ16 = dx, YQ16 = dy }, null, new Yuv(235, 128, 128), FixedPoint.One15);

            var (x, y) = Centre(target);
            (startX, startY) = step == 0 ? (x, y) : (startX, startY);

            // The filter rings at hard edges, and what falls below nothing is cut: a few hundredths on a box of 40 by 20.
            Assert.InRange(x - startX - (dx / 65_536.0), -0.05, 0.05);
            Assert.InRange(y - startY - (dy / 65_536.0), -0.05, 0.05);
        }
    }

    [Fact]
    public void Paint_Scaled_GrowsAboutItsPivot()
    {
        using var mask = MaskShapes.Even(20, 20, 255);
        using var sampler = new MaskSampler(120, 120, LanesOfCpu.Best);
        using var target = new YuvImage(120, 120);
        foreach (var scale in (int[])[45_000, 65_536, 90_000, 131_072])
        {
            target.Fill(16, 128, 128);
            sampler.Paint(target, mask, 50, 50, new MaskPlacement(60, 60, scale, 0, 0), null, new Yuv(235, 128, 128), FixedPoint.One15);

            var (x, y) = Centre(target);
            Assert.InRange(x, 59.45, 59.55);
            Assert.InRange(y, 59.45, 59.55);
            Assert.InRange(Math.Sqrt(Light(target) / 219.0), (20 * scale / 65_536.0) - 0.3, (20 * scale / 65_536.0) + 0.3);
        }
    }

    [Fact]
    public void Paint_Wipe_UncoversUpToItsEdge()
    {
        using var mask = MaskShapes.Even(80, 10, 255);
        using var sampler = new MaskSampler(100, 20, LanesOfCpu.Best);
        using var target = new YuvImage(100, 20);
        target.Fill(16, 128, 128);

        sampler.Paint(target, mask, 10, 4, s_rest, new WipeEdge(50 << 8, 10, false), new Yuv(235, 128, 128), FixedPoint.One15);

        var row = target.RowY(8);
        Assert.Equal((235, 16), (row[39], row[51]));
        Assert.InRange(row[45], 100, 150);
    }

    private static Mask NoiseMask(Random random, int width, int height)
    {
        var plane = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            random.NextBytes(plane.Row(y));
        }

        return new Mask(plane, 2 * random.Next(-3, 4), 2 * random.Next(-3, 4));
    }

    private static double Light(YuvImage image)
    {
        double sum = 0;
        for (var y = 0; y < image.Height; y++)
        {
            foreach (var luma in image.RowY(y))
            {
                sum += luma - 16;
            }
        }

        return sum;
    }

    private static (double X, double Y) Centre(YuvImage image)
    {
        double x = 0, y = 0;
        for (var row = 0; row < image.Height; row++)
        {
            for (var column = 0; column < image.Width; column++)
            {
                var light = image.RowY(row)[column] - 16;
                x += column * light;
                y += row * light;
            }
        }

        return (x / Light(image), y / Light(image));
    }
}
