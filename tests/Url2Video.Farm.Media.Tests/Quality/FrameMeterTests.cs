using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Quality;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Quality;

public sealed class FrameMeterTests
{
    [Theory]
    [InlineData(1920, 1080, 16, 9)]
    [InlineData(1080, 1920, 9, 16)]
    [InlineData(1080, 1080, 12, 12)]
    [InlineData(130, 128, 12, 12)]
    [InlineData(128, 8192, 9, 16)]
    public void Fields_OfAnySize_CoverTheFrameOnce(int width, int height, int columns, int rows)
    {
        var grid = FieldGrid.For(width, height);

        Assert.Equal(new FieldGrid(columns, rows), grid);
        Assert.Equal((0, width), (FieldGrid.Edge(0, columns, width), FieldGrid.Edge(columns, columns, width)));
        Assert.All(Enumerable.Range(0, rows), r => Assert.True(FieldGrid.Edge(r, rows, height) < FieldGrid.Edge(r + 1, rows, height)));
    }

    [Theory]
    [InlineData("V128")]
    [InlineData("V256")]
    public void Measure_OfNoise_IsTheSameInEveryExecution(string lanes)
    {
        foreach (var (width, height) in ((int, int)[])[(640, 360), (358, 642), (130, 132)])
        {
            using var image = TestPictures.Noise(width, height, width);
            var grid = FieldGrid.For(width, height);
            var (luma, red, lumaScalar, redScalar) = (new byte[grid.Cells], new byte[grid.Cells], new byte[grid.Cells], new byte[grid.Cells]);

            FieldMeter.Measure(image, grid, luma, red, Vectors.Parse(lanes));
            FieldMeter.Measure(image, grid, lumaScalar, redScalar, Lanes.Scalar);

            Assert.Equal(lumaScalar, luma);
            Assert.Equal(redScalar, red);
            Assert.Equivalent(new DetailMeter([new Yuv(99, 99, 99)], Lanes.Scalar).Measure(image), new DetailMeter([new Yuv(99, 99, 99)], Vectors.Parse(lanes)).Measure(image));
        }
    }

    /// <summary>WCAG 2.1: saturated is R / (R + G + B) of 0.8 and more, of linear light; its strength is (R − G − B) · 320.</summary>
    [Theory]
    [InlineData(0xFF, 0x00, 0x00, true, 316)]
    [InlineData(0xFF, 0x40, 0x40, true, 280)]
    [InlineData(0xFF, 0x80, 0x80, false, 180)]
    [InlineData(0xFF, 0xFF, 0xFF, false, 0)]
    [InlineData(0x00, 0x00, 0xFF, false, 0)]
    [InlineData(0x00, 0x00, 0x00, false, 0)]
    public void Red_OfKnownColours_IsAsWcagCountsIt(byte r, byte g, byte b, bool isSaturated, int strength)
    {
        var yuv = new Rgb(r, g, b).ToYuv();

        var red = FieldMeter.RedOf(yuv.Y, yuv.U, yuv.V);

        Assert.Equal(isSaturated, (red & 1) != 0);
        Assert.InRange((red >> 1) * 4, strength - 8, strength + 8);
    }

    [Fact]
    public void Detail_OfARamp_SaysUnsharp_AndOfNoiseSharp()
    {
        using var image = new YuvImage(640, 360);
        Paint(image, (x, _) => (byte)(40 + (x / 4 % 150)));
        var ramp = new DetailMeter([], LanesOfCpu.Best).Measure(image);
        using var noise = TestPictures.Noise(640, 360, 3);
        var sharp = new DetailMeter([], LanesOfCpu.Best).Measure(noise);

        Assert.InRange(ramp.Ratio, 3_500, 4_100);
        Assert.InRange(sharp.Ratio, 950, 1_050);
        Assert.InRange(sharp.Block, 950, 1_050);
        Assert.True(sharp.Spatial > 5 * Math.Max(1, ramp.Spatial), $"{sharp.Spatial} {ramp.Spatial}");
    }

    [Fact]
    public void Detail_OfStaircasesAndFlatBoxes_FindsBandsInTheFirstOnly()
    {
        using var image = new YuvImage(640, 360);
        Paint(image, (x, _) => (byte)(40 + (x / 40 * 4)));
        Assert.InRange(new DetailMeter([], LanesOfCpu.Best).Measure(image).Band, 900, 1_000);
        Paint(image, (x, y) => (byte)(x is > 100 and < 500 && y is > 50 and < 300 ? 120 : 40));
        Assert.Equal(0, new DetailMeter([], LanesOfCpu.Best).Measure(image).Band);
        Paint(image, (x, _) => (byte)(40 + (x / 20)));
        Assert.Equal(0, new DetailMeter([], LanesOfCpu.Best).Measure(image).Band);
    }

    [Fact]
    public void Detail_OfBlocks_SaysSo()
    {
        using var image = new YuvImage(640, 360);
        Paint(image, (x, y) => (byte)(60 + (Hash(x / 8, y / 8) % 100) + (Hash(x, y) % 6)));

        Assert.InRange(new DetailMeter([], LanesOfCpu.Best).Measure(image).Block, 5_000, 1_000_000);
    }

    /// <summary>A checkerboard of single pixels is flat to Sobel; a single edge has the spread that a sheet of paper gives.</summary>
    [Fact]
    public void Spatial_OfOneEdge_IsThatOfTheDefinition()
    {
        using var image = new YuvImage(64, 64);
        Paint(image, (x, _) => (byte)(x < 32 ? 50 : 150));

        // In each row two of 62 pixels have a gradient of 400: sqrt(400² · 2/62 · (1 − 2/62)) = 70.67.
        Assert.InRange(new DetailMeter([], LanesOfCpu.Best).Measure(image).Spatial, 7_060, 7_070);
    }

    private static int Hash(int x, int y) => (int)(((uint)(x * 73_856_093) ^ (uint)(y * 19_349_663)) * 2_654_435_761u >> 16);

    private static void Paint(YuvImage image, Func<int, int, byte> luma)
    {
        image.Fill(16, 128, 128);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                image.RowY(y)[x] = luma(x, y);
            }
        }
    }
}
