using System.Security.Cryptography;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class ImageDecoderTests
{
    /// <summary>BT.709 limited range: Y = 16 + 219 (0.2126 R + 0.7152 G + 0.0722 B), computed by hand.</summary>
    [RequiresFFmpegTheory]
    [InlineData(255, 0, 0, 63, 102, 240)]
    [InlineData(0, 255, 0, 173, 42, 26)]
    [InlineData(0, 0, 255, 32, 240, 118)]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(0, 0, 0, 16, 128, 128)]
    public void Decode_PlainPng_IsItsColourInBt709(byte r, byte g, byte b, int y, int u, int v)
    {
        using var decoded = ImageDecoder.Decode(TestPng.Rgba(16, 8, (_, _) => (r, g, b, 255)));

        Assert.Null(decoded.Opacity);
        Assert.Equal((16, 8), (decoded.Image.Width, decoded.Image.Height));
        AssertPixel(decoded.Image, 7, 3, y, u, v, 1);
    }

    [RequiresFFmpegFact]
    public void Decode_JpegOfAPicture_KeepsItsColours()
    {
        using var source = new YuvImage(64, 48);
        source.Fill(63, 102, 240);

        using var decoded = ImageDecoder.Decode(ImageEncoder.EncodeJpeg(source, 2));

        Assert.Equal(ImageFormat.Jpeg, decoded.Source.Format);
        AssertPixel(decoded.Image, 30, 20, 63, 102, 240, 3);
    }

    [RequiresFFmpegFact]
    public void EncodePng_ThenDecode_IsCloseToTheSourceEverywhere()
    {
        using var source = new YuvImage(64, 48);
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                source.RowY(y)[x] = (byte)(40 + x * 2 + y);
            }
        }

        for (var y = 0; y < 24; y++)
        {
            source.RowU(y).Fill(120);
            source.RowV(y).Fill(135);
        }

        using var decoded = ImageDecoder.Decode(ImageEncoder.EncodePng(source));

        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                Assert.InRange(decoded.Image.RowY(y)[x] - source.RowY(y)[x], -1, 1);
            }
        }
    }

    [RequiresFFmpegFact]
    public void Decode_TransparentParts_GiveAnOpacityPlane()
    {
        var png = TestPng.Rgba(8, 4, (x, _) => (200, 100, 50, (byte)(x * 30)));

        using var decoded = ImageDecoder.Decode(png);

        Assert.Equal(Enumerable.Range(0, 8).Select(x => (byte)(x * 30)), decoded.Opacity!.Row(2).ToArray());
    }

    [RequiresFFmpegFact]
    public void Decode_ScaledDown_DoesNotBleedTheColourOfUnseenPixels()
    {
        // Opaque red beside invisible green: any green in the result would be a halo.
        (byte, byte, byte, byte) red = (255, 0, 0, 255), unseenGreen = (0, 255, 0, 0);
        var png = TestPng.Rgba(64, 64, (x, _) => x < 33 ? red : unseenGreen);

        using var decoded = ImageDecoder.Decode(png, new ImageDecodeOptions { WidthMax = 16, HeightMax = 16 });

        Assert.Equal((16, 16), (decoded.Image.Width, decoded.Image.Height));
        for (var x = 0; x < 16; x++)
        {
            if (decoded.Opacity!.Row(8)[x] > 8)
            {
                Assert.InRange(decoded.Image.RowY(8)[x], 60, 66);
            }
        }
    }

    [RequiresFFmpegTheory]
    [InlineData(100, 51, 100, 50)]
    [InlineData(1, 1, 2, 2)]
    [InlineData(3, 300, 2, 300)]
    public void Decode_OddSizes_BecomeEven(int width, int height, int evenWidth, int evenHeight)
    {
        using var decoded = ImageDecoder.Decode(TestPng.Rgba(width, height, (_, _) => (9, 9, 9, 255)));

        Assert.Equal((evenWidth, evenHeight), (decoded.Image.Width, decoded.Image.Height));
        Assert.Equal((width, height), (decoded.Source.Width, decoded.Source.Height));
    }

    [RequiresFFmpegTheory]
    [InlineData(4000, 3000, 1920, 1080, 1440, 1080)]
    [InlineData(1000, 4000, 1920, 1080, 270, 1080)]
    [InlineData(640, 480, 1920, 1080, 640, 480)]
    public void Fit_KeepsTheShapeAndNeverGrows(int width, int height, int widthMax, int heightMax, int fitWidth, int fitHeight) =>
        Assert.Equal((fitWidth, fitHeight), ImageSize.Fit(width, height, widthMax, heightMax));

    [RequiresFFmpegFact]
    public void Decode_Twice_GivesTheSameBits()
    {
        using var source = Pictures.Drawn(200, 150);
        var jpeg = ImageEncoder.EncodeJpeg(source);
        var options = new ImageDecodeOptions { WidthMax = 90, HeightMax = 90 };

        using var first = ImageDecoder.Decode(jpeg, options);
        using var second = ImageDecoder.Decode(jpeg, options);

        Assert.Equal(jpeg, ImageEncoder.EncodeJpeg(source));
        Assert.Equal(Hash(first.Image), Hash(second.Image));
    }

    [RequiresFFmpegFact]
    public void Check_DamagedPng_IsRefusedAsDecodeRefusesIt()
    {
        var png = TestPng.Rgba(16, 8, (_, _) => (200, 100, 50, 255));
        Assert.Equal((16, 8), ImageDecoder.Check(png));
        png[png.Length / 2] ^= 0x55;

        var refused = Assert.Throws<FFmpegException>(() => ImageDecoder.Decode(png));

        Assert.Equal(refused.Kind, Assert.Throws<FFmpegException>(() => ImageDecoder.Check(png)).Kind);
    }

    /// <summary>A picture that passes can be converted, whatever its decoder makes of it, down to one pixel.</summary>
    [RequiresProgramsFact("ffmpeg")]
    public void Check_EveryKindOfPng_TriesWhatDecodeDoes()
    {
        var folder = Directory.CreateTempSubdirectory("kinds-of-png");
        try
        {
            foreach (var format in (string[])["gray", "gray16be", "monob", "ya8", "ya16be", "pal8", "rgb48be", "rgba64be"])
            {
                foreach (var size in (string[])["1x1", "3x50", "200x90"])
                {
                    var path = Path.Combine(folder.FullName, $"{format}-{size}.png");
                    using var ffmpeg = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", $"color=teal:s=64x64,scale={size.Replace('x', ':')}", "-frames:v", "1", "-pix_fmt", format, path]);
                    ffmpeg.WaitForExit();
                    Assert.Equal(0, ffmpeg.ExitCode);
                    var bytes = File.ReadAllBytes(path);
                    using var decoded = ImageDecoder.Decode(bytes);
                    Assert.Equal((format, decoded.Image.Width, decoded.Image.Height), (format, ImageDecoder.Check(bytes).Width, ImageDecoder.Check(bytes).Height));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Bright top left, dark elsewhere: where the bright corner goes tells the turn.</summary>
    [RequiresFFmpegTheory]
    [InlineData(1, 64, 32, 4, 4)]
    [InlineData(2, 64, 32, 60, 4)]
    [InlineData(3, 64, 32, 60, 28)]
    [InlineData(4, 64, 32, 4, 28)]
    [InlineData(5, 32, 64, 4, 4)]
    [InlineData(6, 32, 64, 28, 4)]
    [InlineData(7, 32, 64, 28, 60)]
    [InlineData(8, 32, 64, 4, 60)]
    public void Decode_ExifOrientation_TurnsThePictureUpright(byte orientation, int width, int height, int brightX, int brightY)
    {
        using var source = new YuvImage(64, 32);
        source.Fill(40, 128, 128);
        for (var y = 0; y < 8; y++)
        {
            source.RowY(y)[..8].Fill(220);
        }

        var jpeg = ImageEncoder.EncodeJpeg(source, 2);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];

        byte[] turned = [.. jpeg[..2], .. exif, .. jpeg[2..]];
        using var decoded = ImageDecoder.Decode(turned);

        Assert.Equal((width, height), (decoded.Image.Width, decoded.Image.Height));
        Assert.Equal((width, height), ImageDecoder.Check(turned));
        Assert.Equal((width / 2, height / 2), ImageDecoder.Check(turned, new ImageDecodeOptions { WidthMax = width / 2, HeightMax = height / 2 }));
        Assert.InRange(decoded.Image.RowY(brightY)[brightX], 200, 235);
        Assert.InRange(decoded.Image.RowY(height - 1 - brightY)[width - 1 - brightX], 30, 60);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Decode_FilesOfOtherPrograms_AreReadByContentWhateverTheirName()
    {
        using var scratch = new ScratchFolder();
        foreach (var (extension, format) in new[]
        {
            ("png", ImageFormat.Png), ("jpg", ImageFormat.Jpeg), ("webp", ImageFormat.Webp),
            ("gif", ImageFormat.Gif), ("bmp", ImageFormat.Bmp),
        })
        {
            var file = scratch[$"picture.{extension}"];
            Programs.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=c=0x2060a0:s=122x64", "-frames:v", "1", file);

            using var decoded = ImageDecoder.Decode(File.ReadAllBytes(file));

            Assert.Equal(format, decoded.Source.Format);
            Assert.Equal((122, 64), (decoded.Image.Width, decoded.Image.Height));
            // #2060a0 in BT.709; the GIF has a palette of 3 bits red and green, 2 bits blue.
            AssertPixel(decoded.Image, 60, 30, 91, 163, 97, format == ImageFormat.Gif ? 16 : 3);
        }
    }

    private static void AssertPixel(YuvImage image, int x, int y, int luma, int u, int v, int tolerance)
    {
        Assert.InRange(image.RowY(y)[x], luma - tolerance, luma + tolerance);
        Assert.InRange(image.RowU(y / 2)[x / 2], u - tolerance, u + tolerance);
        Assert.InRange(image.RowV(y / 2)[x / 2], v - tolerance, v + tolerance);
    }

    private static string Hash(YuvImage image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var y = 0; y < image.Height; y++)
        {
            hash.AppendData(image.RowY(y));
            hash.AppendData(image.RowU(y / 2));
            hash.AppendData(image.RowV(y / 2));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
