using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class VideoScalerTests
{
    [RequiresFFmpegFact]
    public void Scale_FlatColour_StaysExactlyThat()
    {
        using var source = new YuvImage(192, 108);
        using var target = new YuvImage(128, 72);
        source.Fill(77, 99, 201);

        using (var scaler = new VideoScaler(192, 108, 128, 72))
        {
            scaler.Scale(source, target);
        }

        for (var y = 0; y < 72; y++)
        {
            Assert.All(target.RowY(y).ToArray(), v => Assert.Equal(77, v));
            Assert.All(target.RowU(y / 2).ToArray(), v => Assert.Equal(99, v));
            Assert.All(target.RowV(y / 2).ToArray(), v => Assert.Equal(201, v));
        }
    }

    [RequiresFFmpegFact]
    public void Scale_Ramp_StaysARampInLumaAndChromaAlike()
    {
        using var source = new YuvImage(256, 16);
        using var target = new YuvImage(128, 8);
        for (var y = 0; y < 16; y++)
        {
            for (var x = 0; x < 256; x++)
            {
                source.RowY(y)[x] = (byte)x;
                source.RowU(y / 2)[x / 2] = (byte)(x & ~1);
                source.RowV(y / 2)[x / 2] = 128;
            }
        }

        using var scaler = new VideoScaler(256, 16, 128, 8);
        scaler.Scale(source, target);

        for (var x = 8; x < 120; x++)
        {
            // Luma sample x covers source 2x and 2x+1. Chroma is sited left: its ramp counts the luma column it lies on.
            Assert.InRange(target.RowY(4)[x], 2 * x, 2 * x + 1);
            Assert.InRange(target.RowU(2)[x / 2] - 4 * (x / 2), -1, 1);
        }
    }

    [RequiresFFmpegFact]
    public void Scale_FrameAfterFrame_IsRepeatableAndAllocatesNothing()
    {
        using var source = Pictures.Drawn(320, 180);
        using var first = new YuvImage(214, 120);
        using var second = new YuvImage(214, 120);
        using var scaler = new VideoScaler(320, 180, 214, 120);
        scaler.Scale(source, first);

        var bytes = GC.GetAllocatedBytesForCurrentThread();
        scaler.Scale(source, second);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - bytes);

        for (var y = 0; y < 120; y++)
        {
            Assert.True(first.RowY(y).SequenceEqual(second.RowY(y)));
        }
    }

    [RequiresFFmpegFact]
    public void Scale_OtherSizeThanAgreed_IsRefused()
    {
        using var scaler = new VideoScaler(64, 64, 32, 32);
        using var image = new YuvImage(62, 64);
        using var target = new YuvImage(32, 32);

        Assert.Throws<ArgumentOutOfRangeException>(() => scaler.Scale(image, target));
    }
}
