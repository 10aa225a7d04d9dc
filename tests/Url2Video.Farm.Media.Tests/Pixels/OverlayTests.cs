using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class OverlayTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Draw_AnyPlace_EqualsTheScalar(string lanes)
    {
        var random = new Random(12);
        for (var round = 0; round < 80; round++)
        {
            var (width, height) = (2 * random.Next(1, 60), 2 * random.Next(1, 16));
            using var overlay = Noise(random, 2 * random.Next(1, 60), 2 * random.Next(1, 16));
            using var expected = TestPictures.Noise(width, height, round);
            using var actual = TestPictures.Noise(width, height, round);
            var (x, y, alpha) = (2 * random.Next(-40, 60), 2 * random.Next(-10, 16), random.Next(0, 32_768));

            overlay.Draw(expected, x, y, alpha, Lanes.Scalar);
            overlay.Draw(actual, x, y, alpha, Vectors.Parse(lanes));

            TestPictures.AssertSame(expected, actual);
        }
    }

    [Fact]
    public void Draw_OpaqueAndClear_GiveTheLayerAndTheFrame()
    {
        using var picture = TestPictures.Noise(20, 20, 3);
        using var clear = new Plane8(20, 20);
        using var frame = TestPictures.Noise(60, 40, 5);
        using var before = TestPictures.Noise(60, 40, 5);

        using (var overlay = new Overlay(picture, clear))
        {
            overlay.Draw(frame, 10, 10, FixedPoint.One15, LanesOfCpu.Best);
            TestPictures.AssertSame(before, frame);
        }

        for (var y = 0; y < 20; y++)
        {
            clear.Row(y).Fill(255);
        }

        using (var overlay = new Overlay(picture, clear))
        {
            overlay.Draw(frame, 10, 10, FixedPoint.One15, LanesOfCpu.Best);
            Assert.Equal(picture.RowY(7), frame.RowY(17).Slice(10, 20));
            Assert.Equal(before.RowY(17)[30..], frame.RowY(17)[30..]);
        }
    }

    [Fact]
    public void Draw_HalfOpaque_IsTheMean()
    {
        using var picture = new YuvImage(16, 16);
        picture.Fill(200, 60, 180);
        using var opacity = new Plane8(16, 16);
        for (var y = 0; y < 16; y++)
        {
            opacity.Row(y).Fill(128);
        }

        using var frame = new YuvImage(16, 16);
        frame.Fill(100, 120, 100);
        using var overlay = new Overlay(picture, opacity);
        overlay.Draw(frame, 0, 0, FixedPoint.One15, LanesOfCpu.Best);

        Assert.InRange(frame.RowY(8)[8], 149, 151);
        Assert.InRange(frame.RowU(4)[4], 89, 91);
        Assert.InRange(frame.RowV(4)[4], 139, 141);
    }

    private static Overlay Noise(Random random, int width, int height)
    {
        using var picture = TestPictures.Noise(width, height, random.Next());
        using var opacity = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            random.NextBytes(opacity.Row(y));
        }

        return new Overlay(picture, opacity);
    }
}
