using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class MaskPainterTests
{
    private static readonly Yuv s_colour = new(235, 30, 220);

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Paint_AnyPlaceAndHeight_EqualsTheScalar(string lanes)
    {
        var random = new Random(11);
        using var scalar = new MaskPainter(Lanes.Scalar);
        using var vector = new MaskPainter(Vectors.Parse(lanes));
        for (var round = 0; round < 150; round++)
        {
            var (width, height) = (2 * random.Next(1, 70), 2 * random.Next(1, 20));
            using var expected = TestPictures.Noise(width, height, round);
            using var actual = TestPictures.Noise(width, height, round);
            using var mask = NoiseMask(random, random.Next(1, 100), random.Next(1, 30));
            var (x, yQ8, alpha) = (2 * random.Next(-60, 70), random.Next(-8_000, 8_000), random.Next(0, 32_768));

            scalar.Paint(expected, mask, x, yQ8, s_colour, alpha);
            vector.Paint(actual, mask, x, yQ8, s_colour, alpha);

            TestPictures.AssertSame(expected, actual);
        }
    }

    [Fact]
    public void Paint_FullCoverage_SetsExactlyTheColour()
    {
        using var target = TestPictures.Noise(40, 20, 1);
        using var before = TestPictures.Noise(40, 20, 1);
        using var mask = MaskShapes.Even(16, 8, 255);
        using var painter = new MaskPainter(LanesOfCpu.Best);

        painter.Paint(target, mask, 8, 4 << 8, s_colour, FixedPoint.One15);

        Assert.False(target.RowY(4).Slice(8, 16).ContainsAnyExcept(s_colour.Y));
        Assert.Equal(before.RowY(3), target.RowY(3));
        Assert.Equal(before.RowY(4)[..8], target.RowY(4)[..8]);
        Assert.Equal(before.RowY(4)[24..], target.RowY(4)[24..]);
        Assert.False(target.RowU(3).Slice(5, 7).ContainsAnyExcept(s_colour.U));
    }

    [Fact]
    public void Paint_SubPixelHeights_MoveTheCentreOfGravityExactly()
    {
        using var mask = MaskShapes.RoundedBox(0, 0, 40, 20, 6);
        using var painter = new MaskPainter(LanesOfCpu.Best);
        using var target = new YuvImage(64, 64);
        double? previous = null;
        for (var yQ8 = 10 << 8; yQ8 < 14 << 8; yQ8 += 37)
        {
            target.Fill(16, 128, 128);
            painter.Paint(target, mask, 8, yQ8, new Yuv(235, 128, 128), FixedPoint.One15);
            double moment = 0, mass = 0;
            for (var y = 0; y < 64; y++)
            {
                foreach (var luma in target.RowY(y))
                {
                    moment += (double)y * (luma - 16);
                    mass += luma - 16;
                }
            }

            var centre = moment / mass;
            Assert.InRange(Math.Abs(centre - (previous ?? centre - (37 / 256.0)) - (37 / 256.0)), 0, 0.01);
            previous = centre;
        }
    }

    [Fact]
    public void Paint_OutsideThePicture_DoesNothing()
    {
        using var target = TestPictures.Noise(32, 32, 4);
        using var before = TestPictures.Noise(32, 32, 4);
        using var mask = MaskShapes.Even(10, 10, 255);
        using var painter = new MaskPainter(LanesOfCpu.Best);

        // Two pixels clear of the left edge: nearer, the mask's last chroma sample rightly reaches the picture's first.
        foreach (var (x, y) in ((int, int)[])[(-12, 0), (32, 0), (0, -10), (0, 32), (-400, -400), (400, 400)])
        {
            painter.Paint(target, mask, x, y << 8, s_colour, FixedPoint.One15);
        }

        TestPictures.AssertSame(before, target);
    }

    private static Mask NoiseMask(Random random, int width, int height)
    {
        var plane = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            random.NextBytes(plane.Row(y));
            plane.Row(y)[..(width / 3)].Clear(); // Vector paths skip empty stretches.
        }

        return new Mask(plane, 2 * random.Next(-3, 4), 2 * random.Next(-3, 4));
    }
}
