using System.Text;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class HostileImageTests
{
    [RequiresFFmpegTheory]
    [InlineData(30_000, 30_000)]
    [InlineData(16_385, 2)]
    [InlineData(2, 16_385)]
    [InlineData(10_000, 5_001)]
    public void Decode_BombByItsHeader_IsTooLargeAndAllocatesNothing(int width, int height)
    {
        var data = TestPng.Chunk("IDAT", TestPng.Deflate(new byte[100_000]));
        var png = TestPng.File(TestPng.Header(width, height), data, TestPng.Chunk("IEND", []));
        var live = AvHandle.Live;

        var failure = Assert.Throws<FFmpegException>(() => ImageDecoder.Decode(png));

        Assert.Equal(FFmpegErrorKind.TooLarge, failure.Kind);
        Assert.Equal(live, AvHandle.Live);
    }

    [RequiresFFmpegFact]
    public void Decode_SixteenBitsAChannel_CountsItsBytes()
    {
        var png = TestPng.File(TestPng.Header(7_000, 7_000, depth: 16), TestPng.Chunk("IDAT", [1]), TestPng.Chunk("IEND", []));

        Assert.Equal(FFmpegErrorKind.TooLarge, Assert.Throws<FFmpegException>(() => ImageDecoder.Decode(png)).Kind);
    }

    [RequiresFFmpegTheory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(-5, 10)]
    [InlineData(int.MinValue, int.MinValue)]
    public void Decode_NoArea_IsInvalid(int width, int height)
    {
        var png = TestPng.File(TestPng.Header(width, height), TestPng.Chunk("IEND", []));

        Assert.Equal(FFmpegErrorKind.InvalidData, Assert.Throws<FFmpegException>(() => ImageDecoder.Decode(png)).Kind);
    }

    [RequiresFFmpegFact]
    public void Decode_CompressedTextBomb_IsNotUnpacked()
    {
        var honest = TestPng.Rgba(4, 4, (_, _) => (1, 2, 3, 255));
        byte[] text = [.. "Comment\0\0"u8, .. TestPng.Deflate(new byte[64 << 20])];
        var ends = 8 + 25;
        byte[] bomb = [.. honest[..ends], .. TestPng.Chunk("zTXt", text), .. honest[ends..]];

        var target = new byte[bomb.Length];
        var written = PngHeader.CopyPicture(bomb, target);
        using var decoded = ImageDecoder.Decode(bomb);

        Assert.Equal(honest, target[..written]);
        Assert.Equal(4, decoded.Image.Width);
    }

    [RequiresFFmpegFact]
    public void Decode_CutOffAnywhere_IsInvalid()
    {
        using var picture = Pictures.Drawn(32, 32);
        foreach (var whole in new[] { ImageEncoder.EncodePng(picture), ImageEncoder.EncodeJpeg(picture) })
        {
            for (var length = 0; length < whole.Length; length += 1 + length / 64)
            {
                var failure = Assert.Throws<FFmpegException>(() => ImageDecoder.Decode(whole.AsSpan(0, length)));
                Assert.Equal(FFmpegErrorKind.InvalidData, failure.Kind);
            }
        }
    }

    [RequiresFFmpegTheory]
    [InlineData("")]
    [InlineData("<!doctype html><title>404</title>")]
    [InlineData("BM this is a text about a bicycle, and it is long enough")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")]
    [InlineData("GIF89a")]
    [InlineData("RIFF0000WEBPVP8L000000000000000000")]
    public void Decode_NoImage_IsInvalid(string text) =>
        Assert.Equal(
            FFmpegErrorKind.InvalidData,
            Assert.Throws<FFmpegException>(() => ImageDecoder.Decode(Encoding.ASCII.GetBytes(text))).Kind);

    [RequiresFFmpegFact]
    public void Decode_JpegWithThousandsOfScans_IsTooLarge()
    {
        using var picture = Pictures.Drawn(32, 32);
        var jpeg = ImageEncoder.EncodeJpeg(picture);
        var scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] bomb = [.. jpeg[..^2], .. Enumerable.Range(0, 2_000).SelectMany(_ => jpeg[scan..(scan + 14)]), 0xFF, 0xD9];

        Assert.Equal(FFmpegErrorKind.TooLarge, Assert.Throws<FFmpegException>(() => ImageDecoder.Decode(bomb)).Kind);
    }

    [RequiresFFmpegFact]
    public void Decode_DamagedAtRandom_DecodesOrSaysWhyAndLeaksNothing()
    {
        using var picture = Pictures.Drawn(48, 32);
        var transparent = TestPng.Rgba(9, 7, (x, y) => ((byte)x, (byte)y, 7, (byte)(x * y)));
        byte[][] seeds = [ImageEncoder.EncodePng(picture), ImageEncoder.EncodeJpeg(picture), transparent];
        var live = AvHandle.Live;
        var random = new Random(20_240_611);
        for (var round = 0; round < 400; round++)
        {
            var bytes = (byte[])seeds[round % seeds.Length].Clone();
            for (var hit = random.Next(1, 6); hit > 0; hit--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                ImageDecoder.Decode(bytes, new ImageDecodeOptions { PixelsMax = 1_000_000 }).Dispose();
            }
            catch (FFmpegException e)
            {
                var isExpected = e.Kind is FFmpegErrorKind.InvalidData or FFmpegErrorKind.TooLarge or FFmpegErrorKind.Unsupported;
                Assert.True(isExpected, $"{e.Kind}: {e.Message}");
            }
        }

        Assert.Equal(live, AvHandle.Live);
    }
}
