using System.Collections.Immutable;
using System.IO.Compression;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.EndToEnd.Tests.Formats;

/// <summary>
/// Colours go in as people write them and are read back as a player shows them: by ffmpeg, by what the file says of itself. Quality is high, so that what is
/// measured is the way of the colours and not the loss of the codec.
/// </summary>
public sealed class ColourTests
{
    private const int Width = 512, Height = 288, Columns = 8, Rows = 4, Frames = 12;

    /// <summary>8-bit YCbCr alone is off by up to 1.48: half a step of luma and half a step of chroma at once.</summary>
    private const double MeanMax = 0.5, MostMax = 1.5;

    private static readonly Rational s_fps = new(30, 1);

    public static TheoryData<VideoCodec, int, string, ContainerFormat, int> Cases => new()
    {
        { VideoCodec.H264, 2, "veryfast", ContainerFormat.Mp4, 288 },
        { VideoCodec.H264, 2, "veryfast", ContainerFormat.Mp4, 144 }, // A lower rung, scaled.
        { VideoCodec.H264, 2, "ultrafast", ContainerFormat.Mov, 288 },
        { VideoCodec.Hevc, 2, "veryfast", ContainerFormat.Mp4, 288 },
        { VideoCodec.Hevc, 2, "ultrafast", ContainerFormat.Mp4, 144 },
        { VideoCodec.Av1, 4, "8", ContainerFormat.Mp4, 288 },
        { VideoCodec.Av1, 4, "12", ContainerFormat.WebM, 144 },
        { VideoCodec.Vp9, 4, "4", ContainerFormat.WebM, 288 },
        { VideoCodec.Vp9, 4, "8", ContainerFormat.WebM, 288 },
        { VideoCodec.ProRes422, 0, "hq", ContainerFormat.Mov, 288 },
        { VideoCodec.ProRes4444, 0, "4444", ContainerFormat.Mov, 288 },
        { VideoCodec.H264InOrder, 2, "veryfast", ContainerFormat.Avi, 288 },
    };

    [NeedsTheory("ffmpeg", "ffprobe")]
    [MemberData(nameof(Cases))]
    public void Colours_OfEveryCodecAndContainer_ComeBackAsTheyWere(VideoCodec codec, int crf, string preset, ContainerFormat container, int height)
    {
        using var folder = new TempFolder();
        var file = folder["film." + container];
        Remuxer.Remux(Encode(folder, codec, crf, preset, height), [], file, container);

        var (mean, most) = Errors(file, folder, height);

        var stream = Probe.Streams(file).GetProperty("streams")[0];
        foreach (var (name, value) in new[] { ("color_range", "tv"), ("color_space", "bt709"), ("color_transfer", "bt709"), ("color_primaries", "bt709") })
        {
            Assert.Equal(value, stream.GetProperty(name).GetString());
        }

        Assert.True(mean <= MeanMax && most <= MostMax, $"mean {mean:0.00}, most {most:0.00}");
    }

    [NeedsFact("ffmpeg")]
    public void Colours_OfPictures_ComeBackAsTheyWere()
    {
        using var folder = new TempFolder();
        PictureArchive.Write(Encode(folder, VideoCodec.Png, 0, "6", Height), folder["frames.zip"]);
        ZipFile.ExtractToDirectory(folder["frames.zip"], folder["frames"]);

        var (mean, most) = Errors(Path.Combine(folder["frames"], "frame-000012.png"), folder, Height);

        Assert.True(mean <= MeanMax && most <= MostMax, $"mean {mean:0.00}, most {most:0.00}");
    }

    [NeedsFact("ffmpeg")]
    public void Colours_OfAGif_AreThoseOfItsPalette()
    {
        const double DitherMax = 4; // 32 colours and their borders in 255 entries, dithered.
        using var folder = new TempFolder();
        GifMaker.Make(Encode(folder, VideoCodec.H264, 2, "veryfast", Height), folder["film.gif"], new GifOptions(Width, Height, 30, 1, 480, 12));

        var (mean, most) = Errors(folder["film.gif"], folder, 270);

        Assert.True(mean <= 1 && most <= DitherMax, $"mean {mean:0.00}, most {most:0.00}");
    }

    [NeedsFact("ffmpeg")]
    public void Errors_OfAFileThatSaysBt601_AreFound()
    {
        using var folder = new TempFolder();
        Remuxer.Remux(Encode(folder, VideoCodec.H264, 2, "veryfast", Height), [], folder["right.mp4"]);
        var (exit, _, error) = Probe.Run(
            "ffmpeg", "-v", "error", "-i", folder["right.mp4"], "-c", "copy", "-bsf:v", "h264_metadata=matrix_coefficients=6:colour_primaries=6:transfer_characteristics=6", folder["wrong.mp4"]);
        Assert.True(exit == 0, error);

        Assert.True(Errors(folder["wrong.mp4"], folder, Height).Most > 10);
    }

    private static string[] Encode(TempFolder folder, VideoCodec codec, int crf, string preset, int height)
    {
        var rung = new Rung("test", Width * height / Height, height, crf, preset) { Codec = codec };
        var chunk = new ChunkSlot(0, [new SegmentSlot(0, 0, Frames, 0, 20)]);
        using var encoder = new ChunkEncoder(rung, chunk, s_fps, Width, Height);
        using var picture = Patches();
        for (var i = 0; i < Frames; i++)
        {
            encoder.Encode(picture, i);
        }

        var (init, _, segments) = encoder.Finish();
        File.WriteAllBytes(folder["init.mp4"], init);
        File.WriteAllBytes(folder["1.m4s"], segments.Single());
        return [folder["init.mp4"], folder["1.m4s"]];
    }

    private static YuvImage Patches()
    {
        var picture = new YuvImage(Width, Height);
        var colours = Colours();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var yuv = colours[y * Rows / Height * Columns + x * Columns / Width].ToYuv();
                picture.RowY(y)[x] = yuv.Y;
                (picture.RowU(y / 2)[x / 2], picture.RowV(y / 2)[x / 2]) = (yuv.U, yuv.V);
            }
        }

        return picture;
    }

    /// <summary>The corners of the cube, so the most saturated there are; greys; and what lies between, at fixed random.</summary>
    private static ImmutableArray<Rgb> Colours()
    {
        var colours = ImmutableArray.CreateBuilder<Rgb>();
        for (var corner = 0; corner < 8; corner++)
        {
            colours.Add(new Rgb((byte)((corner & 1) * 255), (byte)((corner >> 1 & 1) * 255), (byte)((corner >> 2) * 255)));
        }

        colours.AddRange((ReadOnlySpan<Rgb>)[new(16, 16, 16), new(64, 64, 64), new(128, 128, 128), new(235, 235, 235), new(200, 30, 30), new(30, 200, 30), new(30, 30, 200), new(255, 128, 0)]);
        var random = new Random(709);
        while (colours.Count < Columns * Rows)
        {
            colours.Add(new Rgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
        }

        return colours.ToImmutable();
    }

    /// <summary>Differences of the middle of each patch, in steps of 8 bits.</summary>
    private static (double Mean, double Most) Errors(string file, TempFolder folder, int height)
    {
        var width = Width * height / Height;
        var raw = folder["pixels.raw"];
        var (exit, _, error) = Probe.Run(
            "ffmpeg", "-y", "-v", "error", "-i", file, "-frames:v", "1", "-sws_flags", "accurate_rnd+full_chroma_int+full_chroma_inp+bitexact", "-pix_fmt", "rgb24", "-f", "rawvideo", raw);
        Assert.True(exit == 0, error);
        var pixels = File.ReadAllBytes(raw);
        Assert.Equal(width * height * 3, pixels.Length);
        var (sum, most) = (0.0, 0.0);
        var colours = Colours();
        for (var patch = 0; patch < colours.Length; patch++)
        {
            var (left, top) = (patch % Columns * width / Columns, patch / Columns * height / Rows);
            ReadOnlySpan<byte> wanted = [colours[patch].R, colours[patch].G, colours[patch].B];
            for (var channel = 0; channel < 3; channel++)
            {
                var difference = Math.Abs(Middle(pixels, width, (left, top), (width / Columns, height / Rows), channel) - wanted[channel]);
                sum += difference;
                most = Math.Max(most, difference);
            }
        }

        return (sum / (3 * colours.Length), most);
    }

    private static double Middle(byte[] pixels, int width, (int X, int Y) at, (int Width, int Height) size, int channel)
    {
        var (sum, count) = (0.0, 0);
        for (var y = at.Y + size.Height / 4; y < at.Y + size.Height * 3 / 4; y++)
        {
            for (var x = at.X + size.Width / 4; x < at.X + size.Width * 3 / 4; x++)
            {
                sum += pixels[(y * width + x) * 3 + channel];
                count++;
            }
        }

        return sum / count;
    }
}
