using System.Security.Cryptography;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class RungPicturesTests
{
    private const int Width = 128, Height = 72, Frames = 200;

    /// <summary>Pictures that no other needs are left out, wanted ones of them are not; all are the same to the bit as when everything is decoded.</summary>
    [RequiresProgramsTheory("ffmpeg")]
    [InlineData("30", 30, 1)]
    [InlineData("30000/1001", 30_000, 1_001)]
    public void Read_SomePictures_AreThoseOfAFullDecode(string rate, long numerator, long denominator)
    {
        using var scratch = new ScratchFolder();
        Encode(scratch["rung.mp4"], rate);
        Programs.Run("ffmpeg", "-v", "error", "-i", scratch["rung.mp4"], "-f", "rawvideo", "-pix_fmt", "yuv420p", scratch["all.yuv"]);
        var all = File.ReadAllBytes(scratch["all.yuv"]).Chunk(Width * Height * 3 / 2).Select(SHA256.HashData).ToList();
        HashSet<long> wanted = [0, 1, 2, 3, 29, 30, 31, 32, 63, 64, 97, 98, 99, 100, 150, 198, 199];

        var seen = new List<long>();
        RungPictures.Read([scratch["rung.mp4"]], (Width, Height), (numerator, denominator), wanted, (picture, number) =>
        {
            seen.Add(number);
            Assert.Equal(all[(int)number], SHA256.HashData(Bytes(picture)));
        });

        Assert.Equal(Frames, all.Count);
        Assert.Equal(wanted.Order(), seen);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Read_PicturesThatAreNotThere_IsAFault()
    {
        using var scratch = new ScratchFolder();
        Encode(scratch["rung.mp4"], "30");
        string[] files = [scratch["rung.mp4"]];

        Fails((Width, Height), 200, "1 of the 2 pictures");
        Fails((Width, Height + 2), 3, "is not 128x74");

        void Fails((int, int) size, long picture, string words)
        {
            var fault = Assert.Throws<FFmpegException>(() => RungPictures.Read(files, size, (30, 1), new HashSet<long> { 0, picture }, (_, _) => { }));
            Assert.Equal(FFmpegErrorKind.InvalidData, fault.Kind);
            Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        }
    }

    private static void Encode(string file, string rate) => Programs.Run(
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", $"testsrc2=size={Width}x{Height}:rate={rate}", "-frames:v", "200", "-pix_fmt", "yuv420p",
        "-c:v", "libx264", "-preset", "veryfast", "-threads", "1", "-x264-params", "keyint=64:scenecut=0:open-gop=0", "-movflags", "frag_keyframe+empty_moov", file);

    private static byte[] Bytes(YuvImage picture)
    {
        var bytes = new List<byte>();
        for (var y = 0; y < picture.Height; y++)
        {
            bytes.AddRange(picture.RowY(y));
        }

        for (var y = 0; y < picture.Height / 2; y++)
        {
            bytes.AddRange(picture.RowU(y));
        }

        for (var y = 0; y < picture.Height / 2; y++)
        {
            bytes.AddRange(picture.RowV(y));
        }

        return [.. bytes];
    }
}
