using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class LatticeTests
{
    [Fact]
    public void Lattice_Lines_LieAPitchApartAroundTheMiddle()
    {
        using var mask = MaskShapes.Lattice(192, 108, pitch: 20, thickness: 2, coverage: 100, dotRadius: 40);

        // The middle cell spans 86..106 across: between the lines, and clear of their dots, nothing is drawn.
        var row = mask.Luma.Row(54);
        for (var x = 0; x < 192; x++)
        {
            Assert.Equal((x % 20) is 6 or 7 ? 100 : 0, row[x]);
        }
    }

    [Fact]
    public void Lattice_Crossing_HasARoundDot()
    {
        using var mask = MaskShapes.Lattice(192, 108, pitch: 20, thickness: 2, coverage: 100, dotRadius: 64);

        // Lines at 6 and 7 across, 4 and 5 down; the dot's middle is the corner of four pixels, its radius four.
        Assert.Equal((255, 255), (mask.Luma.Row(4)[6], mask.Luma.Row(5)[7]));
        Assert.InRange(mask.Luma.Row(4)[3], (byte)200, (byte)254);
        Assert.Equal(100, mask.Luma.Row(4)[2]);
        Assert.Equal(0, mask.Luma.Row(1)[3]);
        for (var y = 0; y < 10; y++)
        {
            for (var x = 0; x < 14; x++)
            {
                Assert.Equal(mask.Luma.Row(y)[x], mask.Luma.Row(9 - y)[13 - x]);
            }
        }
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void ExpandThrough_AnyMask_EqualsTheScalar(string lanes)
    {
        var random = new Random(29);
        foreach (var (width, height) in ((int, int)[])[(2, 2), (18, 34), (130, 66), (254, 50), (386, 20)])
        {
            var grid = new NodeGrid(width, height);
            for (var row = 0; row < 3 * grid.Rows; row++)
            {
                foreach (ref var node in grid.Row(row / grid.Rows, row % grid.Rows))
                {
                    node = (short)random.Next(0, 255 * 128);
                }
            }

            using var mask = Gappy(width, height, random);
            using var expected = TestPictures.Noise(width, height, 31);
            using var actual = TestPictures.Noise(width, height, 31);
            grid.ExpandThrough(mask, expected, Lanes.Scalar);
            grid.ExpandThrough(mask, actual, Vectors.Parse(lanes));
            TestPictures.AssertSame(expected, actual);
        }
    }

    [Fact]
    public void ExpandThrough_FullAndNoCoverage_IsTheFieldAndTheFrame()
    {
        var grid = new NodeGrid(128, 64);
        for (var row = 0; row < 3 * grid.Rows; row++)
        {
            grid.Row(row / grid.Rows, row % grid.Rows).Fill(90 * 128);
        }

        using var full = MaskShapes.Even(128, 64, 255);
        using var none = MaskShapes.Even(128, 64, 0);
        using var target = new YuvImage(128, 64);
        target.Fill(40, 50, 60);
        grid.ExpandThrough(none, target, LanesOfCpu.Best);
        Assert.Equal((40, 50, 60), (target.RowY(9)[9], target.RowU(9)[9], target.RowV(9)[9]));
        grid.ExpandThrough(full, target, LanesOfCpu.Best);
        Assert.Equal((90, 90, 90), (target.RowY(9)[9], target.RowU(9)[9], target.RowV(9)[9]));
    }

    /// <summary>Noise, with runs of nothing of every length.</summary>
    private static Mask Gappy(int width, int height, Random random)
    {
        var plane = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = random.Next(0, 100); x < width; x += random.Next(1, 100))
            {
                random.NextBytes(plane.Row(y).Slice(x, Math.Min(random.Next(1, 9), width - x)));
            }
        }

        return new Mask(plane, 0, 0);
    }
}
