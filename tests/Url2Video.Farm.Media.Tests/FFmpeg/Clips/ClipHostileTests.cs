using System.Diagnostics;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg.Clips;

/// <summary>Files that are not what they say: each is refused by name, none hangs, crashes or takes memory.</summary>
[Collection(FFmpegCollection.Name)]
public sealed class ClipHostileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresProgramsTheory("ffmpeg")]
    [InlineData("h.mp4", "-c:v libx264 -pix_fmt yuv420p", 0.5)]
    [InlineData("f.mp4", "-c:v libx264 -pix_fmt yuv420p -movflags +faststart", 0.6)]
    [InlineData("k.mkv", "-c:v libx264 -pix_fmt yuv420p", 0.6)]
    [InlineData("w.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 1M", 0.6)]
    [InlineData("a.avi", "-c:v mjpeg", 0.6)]
    [InlineData("g.gif", "", 0.02)]
    public void Open_CutOff_IsRefused(string name, string options, double kept)
    {
        var bytes = File.ReadAllBytes(CodedClips.Make(_folder, name, "25", 50, ",noise=alls=60:allf=t", options.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        var fault = Refused(bytes[..(int)(bytes.Length * kept)]);

        Assert.Equal(FFmpegErrorKind.InvalidData, fault.Kind);
        Assert.StartsWith("The clip: ", fault.Message, StringComparison.Ordinal);
    }

    [RequiresFFmpegFact]
    public void Open_NoClipAtAll_IsRefused()
    {
        Assert.Equal(FFmpegErrorKind.InvalidData, Refused("this is no film at all"u8.ToArray()).Kind);
        Assert.Equal(FFmpegErrorKind.InvalidData, Refused([]).Kind);
        Assert.Equal(FFmpegErrorKind.InvalidData, Refused("ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray()).Kind);
        Assert.Equal(FFmpegErrorKind.InvalidData, Refused("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n"u8.ToArray()).Kind);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Open_OtherCodec_IsRefusedByName()
    {
        var bytes = File.ReadAllBytes(CodedClips.Make(_folder, "x.mkv", "25", 5, "", "-c:v", "ffv1"));

        var fault = Refused(bytes);

        Assert.Equal(FFmpegErrorKind.Unsupported, fault.Kind);
        Assert.Contains("ffv1", fault.Message, StringComparison.Ordinal);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Open_PastABound_IsTooLarge()
    {
        var bytes = File.ReadAllBytes(CodedClips.Make(_folder, "l.mp4", "25", 75, "", "-c:v", "libx264", "-pix_fmt", "yuv420p"));
        var pixels = CodedClips.Width * CodedClips.Height;

        Assert.Equal(FFmpegErrorKind.TooLarge, Refused(bytes, new ClipBounds(2, 1_000, pixels)).Kind);
        Assert.Equal(FFmpegErrorKind.TooLarge, Refused(bytes, new ClipBounds(10, 74, pixels)).Kind);
        Assert.Equal(FFmpegErrorKind.TooLarge, Refused(bytes, new ClipBounds(10, 1_000, pixels - 1)).Kind);
        using var clip = ClipFile.Open(new MemoryStream(bytes), "The clip", new ClipBounds(3, 75, pixels));
        Assert.Equal((CodedClips.Width, CodedClips.Height), (clip.Width, clip.Height));
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Open_Hdr_IsRefused()
    {
        var bytes = File.ReadAllBytes(CodedClips.Make(_folder, "hdr.mp4", "25", 5, "", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-color_trc", "smpte2084"));

        Assert.Contains("HDR", Refused(bytes).Message, StringComparison.Ordinal);
    }

    /// <summary>Flipped bytes anywhere: pictures, or a refusal, and both soon.</summary>
    [RequiresProgramsTheory("ffmpeg")]
    [InlineData("f.mp4", "-c:v libx264 -g 10 -pix_fmt yuv420p")]
    [InlineData("f.mkv", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p")]
    [InlineData("f.webm", "-c:v libvpx -b:v 500k")]
    [InlineData("f.avi", "-c:v mpeg4 -bf 2")]
    [InlineData("f.gif", "")]
    public void Open_FlippedBytes_GivesPicturesOrARefusal(string name, string options)
    {
        var bytes = File.ReadAllBytes(CodedClips.Make(_folder, name, "25", 20, "", options.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var random = new Random(11);
        var (shown, refused) = (0, 0);
        for (var round = 0; round < 60; round++)
        {
            var broken = (byte[])bytes.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
            {
                broken[random.Next(random.Next(2) == 0 ? broken.Length : Math.Min(broken.Length, 600))] = (byte)random.Next(256);
            }

            try
            {
                using var clip = ClipFile.Open(new MemoryStream(broken), "The clip", new ClipBounds(60, 1_000, 1_000_000));
                clip.Prepare(64, 64, new Rgb(0, 0, 0));
                var clock = clip.ClockOf(new ClipPart(), new FrameRate(30));
                for (var frame = 0; frame < 30; frame++)
                {
                    _ = clip.PictureAt(clock.TickAt(frame));
                }

                shown++;
            }
            catch (ClipException e)
            {
                Assert.NotEqual(FFmpegErrorKind.OutOfMemory, e.Kind);
                refused++;
            }
        }

        Assert.Equal(60, shown + refused);
        Assert.True(refused > 0, "No flip was noticed.");
    }

    private static ClipException Refused(byte[] bytes, ClipBounds? bounds = null)
    {
        var live = AvHandle.Live;
        var clock = Stopwatch.StartNew();
        var fault = Assert.Throws<ClipException>(() =>
        {
            using var clip = ClipFile.Open(new MemoryStream(bytes), "The clip", bounds ?? ClipBounds.Default);
        });

        Assert.Equal(live, AvHandle.Live);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        return fault;
    }
}
