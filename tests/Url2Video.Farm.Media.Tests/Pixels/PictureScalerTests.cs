using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class PictureScalerTests
{
    [Theory]
    [InlineData(40, 30)]
    [InlineData(100, 80)]
    [InlineData(202, 166)]
    public void Scale_FlatPicture_StaysFlat(int width, int height)
    {
        using var source = new YuvImage(120, 90);
        source.Fill(235, 16, 240);
        using var scaled = PictureScaler.Scale(source, width, height);

        for (var y = 0; y < height; y++)
        {
            Assert.False(scaled.RowY(y).ContainsAnyExcept((byte)235));
            Assert.False(scaled.RowU(y / 2).ContainsAnyExcept((byte)16));
            Assert.False(scaled.RowV(y / 2).ContainsAnyExcept((byte)240));
        }
    }

    [Fact]
    public void Scale_FineStripes_BecomeEvenGrey()
    {
        // Lines of one pixel at a third of the size: anything but grey would be moiré.
        using var source = new YuvImage(300, 30);
        source.Fill(16, 128, 128);
        for (var y = 0; y < 30; y++)
        {
            for (var x = 0; x < 300; x += 2)
            {
                source.RowY(y)[x] = 216;
            }
        }

        using var scaled = PictureScaler.Scale(source, 100, 10);

        foreach (var luma in scaled.RowY(5)[2..^2])
        {
            Assert.InRange(luma, 104, 128);
        }
    }

    [Fact]
    public void Scale_Ridge_KeepsItsPlace()
    {
        using var source = TestPictures.Ridge(400, 40, 200);
        using var scaled = PictureScaler.Scale(source, 160, 16);

        // Pixel centres: x maps to (x + 0.5) · 0.4 − 0.5.
        var expected = ((TestPictures.CentreOfGravity(source) + 0.5) * 0.4) - 0.5;
        Assert.Equal(expected, TestPictures.CentreOfGravity(scaled), 0.02);
    }
}
