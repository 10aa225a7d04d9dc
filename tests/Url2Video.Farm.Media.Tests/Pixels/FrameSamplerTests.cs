using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class FrameSamplerTests
{
    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Draw_AnyWindow_EqualsTheScalar(string lanes)
    {
        var random = new Random(3);
        foreach (var (width, height) in ((int, int)[])[(2, 2), (8, 4), (16, 8), (30, 10), (34, 18), (64, 6), (130, 34), (258, 20)])
        {
            using var expected = new YuvImage(width, height);
            using var actual = new YuvImage(width, height);
            using var scalar = new FrameSampler(width, height, Lanes.Scalar);
            using var vector = new FrameSampler(width, height, Vectors.Parse(lanes));
            for (var round = 0; round < 12; round++)
            {
                using var source = TestPictures.Noise(2 * random.Next(1, width + 2), 2 * random.Next(1, height + 2), round);
                var window = RandomWindow(random, source, width, height);
                var area = new PixelRect(0, 0, width, height);
                scalar.Draw(source, window, expected, area);
                vector.Draw(source, window, actual, area);
                TestPictures.AssertSame(expected, actual);
            }
        }
    }

    [Fact]
    public void Draw_WholePictureOneToOne_CopiesIt()
    {
        using var source = TestPictures.Noise(94, 38, 5);
        using var target = new YuvImage(94, 38);
        using var sampler = new FrameSampler(94, 38);

        sampler.Draw(source, CropWindow.Full(94, 38), target, new PixelRect(0, 0, 94, 38));

        TestPictures.AssertSame(source, target);
    }

    [Fact]
    public void Draw_OntoAnArea_LeavesTheRestAlone()
    {
        using var source = TestPictures.Noise(40, 40, 6);
        using var target = new YuvImage(100, 60);
        target.Fill(77, 88, 99);
        using var sampler = new FrameSampler(100, 60);

        sampler.Draw(source, CropWindow.Full(40, 40), target, new PixelRect(20, 10, 40, 40));

        Assert.Equal(source.RowY(3), target.RowY(13).Slice(20, 40));
        Assert.Equal(source.RowU(3), target.RowU(8).Slice(10, 20));
        Assert.True(!target.RowY(13)[..20].ContainsAnyExcept((byte)77) && !target.RowY(13)[60..].ContainsAnyExcept((byte)77));
        Assert.True(!target.RowV(8)[..10].ContainsAnyExcept((byte)99) && !target.RowV(8)[30..].ContainsAnyExcept((byte)99));
    }

    [Fact]
    public void Draw_FlatPicture_StaysFlatAtEveryPhase()
    {
        using var source = new YuvImage(300, 200);
        source.Fill(235, 16, 240);
        using var target = new YuvImage(220, 140);
        using var sampler = new FrameSampler(220, 140);
        for (var i = 0; i < 40; i++)
        {
            var (wide, high) = ((200L << 32) + (i * 99_999_999L), (130L << 32) + (i * 55_555_555L));
            var window = new CropWindow(i * 77_777_777L, i * 33_333_333L, wide, high);
            sampler.Draw(source, window, target, new PixelRect(0, 0, 220, 140));
            Assert.False(target.RowY(i * 3).ContainsAnyExcept((byte)235));
            Assert.False(target.RowU(i).ContainsAnyExcept((byte)16));
            Assert.False(target.RowV(i).ContainsAnyExcept((byte)240));
        }
    }

    [Theory]
    [InlineData(1L << 32)]
    [InlineData((1L << 32) / 3 * 4)]
    [InlineData((1L << 32) / 4 * 3)]
    public void Draw_SlowPan_MovesByTheSameAmountEveryFrame(long stepQ32)
    {
        // The centre of gravity of a ridge tells where the picture is to far below a pixel.
        const double PixelsPerFrame = 0.17;
        const int Frames = 120;
        using var source = TestPictures.Ridge(400, 64, 200);
        using var target = new YuvImage(200, 32);
        using var sampler = new FrameSampler(200, 32);
        double previous = 0, worst = 0, squares = 0;
        for (var frame = 0; frame <= Frames; frame++)
        {
            var x = (80L << 32) + (long)(frame * PixelsPerFrame * (1L << 32));
            sampler.Draw(source, new CropWindow(x, 2L << 32, stepQ32 * 200, stepQ32 * 32), target, new PixelRect(0, 0, 200, 32));
            var position = TestPictures.CentreOfGravity(target) * stepQ32 / (1L << 32);
            if (frame > 0)
            {
                var error = previous - position - PixelsPerFrame;
                worst = Math.Max(worst, Math.Abs(error));
                squares += error * error;
            }

            previous = position;
        }

        Assert.InRange(Math.Sqrt(squares / Frames), 0, 0.01);
        Assert.InRange(worst, 0, 0.03);
    }

    [Fact]
    public void Draw_Chroma_StaysWithItsLuma()
    {
        // One edge in luma and in U at the same place; after a shift by 3 luma pixels both must be there again.
        using var source = new YuvImage(200, 16);
        source.Fill(16, 16, 128);
        for (var y = 0; y < 16; y++)
        {
            source.RowY(y)[100..].Fill(216);
            source.RowU(y / 2)[50..].Fill(216);
        }

        using var target = new YuvImage(160, 8);
        using var sampler = new FrameSampler(160, 8);
        sampler.Draw(source, new CropWindow(3L << 32, 0, 160L << 32, 8L << 32), target, new PixelRect(0, 0, 160, 8));

        // Luma edge between 96 and 97. Chroma sample 48 lies at luma 96, so at source luma 99: half way up the edge 98..100.
        Assert.Equal((16, 216), (target.RowY(4)[96], target.RowY(4)[97]));
        Assert.Equal(116, target.RowU(2)[48]);
        Assert.Equal((16, 216), (Near(target.RowU(2)[46], 16), Near(target.RowU(2)[50], 216)));

        static int Near(int value, int wanted) => Math.Abs(value - wanted) <= 14 ? wanted : value;
    }

    [Fact]
    public void Draw_WindowOutsideOrTooWide_IsRefused()
    {
        using var source = new YuvImage(100, 100);
        using var target = new YuvImage(40, 40);
        using var sampler = new FrameSampler(40, 40);
        var area = new PixelRect(0, 0, 40, 40);

        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Draw(source, new CropWindow(-1, 0, 40L << 32, 40L << 32), target, area));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Draw(source, CropWindow.Full(100, 100), target, area));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Draw(source, new CropWindow(0, 0, 40L << 32, 40L << 32), target,
            area with { X = 2 }));
    }

    private static CropWindow RandomWindow(Random random, YuvImage source, int width, int height)
    {
        var widest = Math.Min((long)source.Width << 32, width * FrameSampler.StepMaxQ32);
        var tallest = Math.Min((long)source.Height << 32, height * FrameSampler.StepMaxQ32);
        var (w, h) = (random.NextInt64(widest / 8, widest + 1), random.NextInt64(tallest / 8, tallest + 1));
        return new CropWindow(random.NextInt64(0, ((long)source.Width << 32) - w + 1),
            random.NextInt64(0, ((long)source.Height << 32) - h + 1), w, h);
    }
}
