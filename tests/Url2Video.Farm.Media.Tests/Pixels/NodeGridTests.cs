using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class NodeGridTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Expand_AnySize_EqualsTheScalar(string lanes)
    {
        var random = new Random(13);
        foreach (var (width, height) in ((int, int)[])[(2, 2), (14, 6), (16, 16), (18, 34), (128, 64), (130, 66), (254, 50)])
        {
            var grid = new NodeGrid(width, height);
            for (var row = 0; row < 3 * grid.Rows; row++)
            {
                foreach (ref var node in grid.Row(row / grid.Rows, row % grid.Rows))
                {
                    node = (short)random.Next(0, 255 * 128);
                }
            }

            using var expected = new YuvImage(width, height);
            using var actual = new YuvImage(width, height);
            grid.Expand(expected, Lanes.Scalar);
            grid.Expand(actual, Vectors.Parse(lanes));
            TestPictures.AssertSame(expected, actual);
        }
    }

    [Fact]
    public void Expand_ValueBetweenTwoCodes_IsDitheredToItsMean()
    {
        var grid = new NodeGrid(128, 128);
        for (var row = 0; row < 3 * grid.Rows; row++)
        {
            grid.Row(row / grid.Rows, row % grid.Rows).Fill((100 * 128) + 48);
        }

        using var image = new YuvImage(128, 128);
        grid.Expand(image, LanesOfCpu.Best);

        double sum = 0;
        for (var y = 0; y < 128; y++)
        {
            foreach (var luma in image.RowY(y))
            {
                Assert.InRange(luma, 100, 101);
                sum += luma;
            }
        }

        // 48/128 of a code, and half a threshold step.
        Assert.Equal(100.375, sum / (128 * 128), 1.0 / 64);
    }
}
