using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg.Clips;

[Collection(FFmpegCollection.Name)]
public sealed class ClipFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Kinds { get; } = new()
    {
        { "a.mp4", "-c:v libx264 -g 12 -bf 3 -pix_fmt yuv420p" },
        { "open.mp4", "-c:v libx264 -x264-params open-gop=1:keyint=12:bframes=3 -pix_fmt yuv420p" },
        { "refresh.mp4", "-c:v libx264 -x264-params intra-refresh=1:keyint=12 -pix_fmt yuv420p" },
        { "a.mkv", "-c:v libx265 -x265-params log-level=none:keyint=12:open-gop=1 -pix_fmt yuv420p10le" },
        { "a.mov", "-c:v prores_ks -profile:v 1" },
        { "png.mov", "-c:v png" },
        { "jpeg.avi", "-c:v mjpeg -q:v 2" },
        { "a.avi", "-c:v mpeg4 -q:v 2 -g 12" },
        { "b.avi", "-c:v mpeg4 -q:v 2 -bf 2 -g 12" },
        { "m2.mkv", "-c:v mpeg2video -q:v 2 -bf 2 -g 12" },
        { "8.webm", "-c:v libvpx -b:v 1M -auto-alt-ref 1 -lag-in-frames 16 -g 12" },
        { "9.webm", "-c:v libvpx-vp9 -b:v 1M -g 12 -deadline realtime -cpu-used 8" },
        { "av1.mkv", "-c:v libsvtav1 -preset 12 -g 12" },
        { "a.gif", "" },
    };

    /// <summary>Every picture in its place, each decoded once; and from any place on, the same bits as from the beginning.</summary>
    [RequiresProgramsTheory("ffmpeg")]
    [MemberData(nameof(Kinds))]
    public void PictureAt_FromAnyPlace_IsThatOfTheWhole(string name, string options)
    {
        const int Pictures = 60;
        var path = CodedClips.Make(_folder, name, "25", Pictures, "", options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var whole = new List<string>();
        using (var clip = CodedClips.Open(path))
        {
            var clock = clip.ClockOf(new ClipPart(), new FrameRate(25));
            for (var frame = 0; frame < Pictures; frame++)
            {
                var picture = clip.PictureAt(clock.TickAt(frame));
                Assert.Equal(frame, CodedClips.NumberOf(picture));
                whole.Add(CodedClips.HashOf(picture));
            }

            Assert.InRange(clip.Decoded, Pictures, Pictures + 2);
        }

        var random = new Random(7);
        for (var chunk = 0; chunk < 8; chunk++)
        {
            using var clip = CodedClips.Open(path);
            var clock = clip.ClockOf(new ClipPart(), new FrameRate(25));
            var from = random.Next(Pictures);
            for (var frame = from; frame < Math.Min(Pictures, from + 5); frame++)
            {
                Assert.Equal(whole[frame], CodedClips.HashOf(clip.PictureAt(clock.TickAt(frame))));
            }

            var back = random.Next(from + 1);
            Assert.Equal(whole[back], CodedClips.HashOf(clip.PictureAt(clock.TickAt(back))));
        }
    }

    /// <summary>The rates of film, television and screens, each into each.</summary>
    [RequiresProgramsTheory("ffmpeg")]
    [InlineData("24000/1001", 24_000, 1_001, "mp4")]
    [InlineData("24", 24, 1, "mkv")]
    [InlineData("25", 25, 1, "mp4")]
    [InlineData("30000/1001", 30_000, 1_001, "mkv")]
    [InlineData("30", 30, 1, "mp4")]
    [InlineData("50", 50, 1, "mkv")]
    [InlineData("60", 60, 1, "mp4")]
    public void PictureAt_OfAnotherRate_IsTheOneThatIsDue(string rate, int num, int den, string container)
    {
        const int Pictures = 90;
        var path = CodedClips.Make(_folder, $"r.{container}", rate, Pictures, "", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p");
        using var clip = CodedClips.Open(path);
        foreach (var (toNum, toDen) in ((int, int)[])[(24_000, 1_001), (24, 1), (25, 1), (30_000, 1_001), (30, 1), (50, 1), (60, 1)])
        {
            var clock = clip.ClockOf(new ClipPart(), new FrameRate(toNum, toDen));
            for (var n = 0; (long)n * toDen * num < (long)(Pictures - 1) * toNum * den; n++)
            {
                // n frames of the film, in pictures of the clip: the fraction says how much of the picture has passed.
                var (above, below) = ((long)n * toDen * num, (long)toNum * den);
                var (due, rest) = ((int)(above / below), above % below);
                var shown = CodedClips.NumberOf(clip.PictureAt(clock.TickAt(n)));
                var isSoon = (below - rest) * 1_000 <= below * num / den; // The next one begins within a millisecond, which Matroska rounds to.
                Assert.True(shown == due || (isSoon && shown == due + 1), $"{rate} → {toNum}/{toDen}, frame {n}: {shown}, due {due}");
            }
        }
    }

    /// <summary>Pictures of any length: each is seen from its own time to the next one's.</summary>
    [RequiresProgramsTheory("ffmpeg")]
    [InlineData("v.mkv", 1, 1_000, "-c:v libx264 -pix_fmt yuv420p -fps_mode passthrough -enc_time_base 1/100")]
    [InlineData("v.gif", 1, 100, "-fps_mode passthrough -enc_time_base 1/100")]
    public void PictureAt_VariableRate_IsTheOneWhoseTimeItIs(string name, int tickNum, int tickDen, string options)
    {
        // Lengths of 50, 50 and 20 ms: hundredths of a second are exact in both.
        const int Pictures = 40;
        static long MillisOf(int n) => 10L * ((4 * n) + (n % 3));
        var path = CodedClips.Make(_folder, name, "25", Pictures, ",settb=1/100,setpts='4*N+mod(N,3)'", options.Split(' '));
        using var clip = CodedClips.Open(path);
        Assert.Equal((tickNum, tickDen), (clip.Times.TickNum, clip.Times.TickDen));
        var clock = clip.ClockOf(new ClipPart(), new FrameRate(60));
        for (var frame = 0; frame < 60 * 15 / 10; frame++)
        {
            var due = Enumerable.Range(0, Pictures).Last(n => 6 * MillisOf(n) <= (100L * frame) + 3);

            Assert.Equal(due, CodedClips.NumberOf(clip.PictureAt(clock.TickAt(frame))));
        }
    }

    [RequiresProgramsTheory("ffmpeg")]
    [InlineData(500, false)]
    [InlineData(2_500, true)]
    [InlineData(1_000, true)]
    public void PictureAt_TrimmedRetimedLooped_FollowsTheClock(int speed, bool isLooped)
    {
        var path = CodedClips.Make(_folder, "t.mp4", "30", 90, "", "-c:v", "libx264", "-g", "15", "-pix_fmt", "yuv420p");
        using var clip = CodedClips.Open(path);
        var clock = clip.ClockOf(new ClipPart(1_000, 2_000, speed, isLooped), new FrameRate(30));
        for (var frame = 0; frame < 150; frame++)
        {
            var played = frame * speed / 1_000;
            var due = 30 + (isLooped ? frame * speed % 30_000 / 1_000 : Math.Min(played, 29));

            Assert.Equal(due, CodedClips.NumberOf(clip.PictureAt(clock.TickAt(frame))));
        }
    }

    /// <summary>The last frames of a long group of pictures: reached once, not anew for every frame.</summary>
    [RequiresProgramsFact("ffmpeg")]
    public void PictureAt_LateInALongGroup_DecodesTheWayOnce()
    {
        var path = CodedClips.Make(_folder, "g.mp4", "25", 250, "", "-c:v", "libx264", "-g", "250", "-sc_threshold", "0", "-pix_fmt", "yuv420p");
        using var clip = CodedClips.Open(path);
        var clock = clip.ClockOf(new ClipPart(), new FrameRate(25));
        for (var frame = 200; frame < 240; frame++)
        {
            Assert.Equal(frame, CodedClips.NumberOf(clip.PictureAt(clock.TickAt(frame))));
        }

        Assert.InRange(clip.Decoded, 240, 245);
        Assert.Equal(0, CodedClips.NumberOf(clip.PictureNear(clock.TickAt(230))));
        Assert.InRange(clip.Decoded, 240, 250);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Open_TurnedAndWidePixels_HasTheShapeThatIsSeen()
    {
        var upright = CodedClips.Make(_folder, "u.mp4", "25", 5, "", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        var turned = _folder["p.mp4"];
        Programs.Run("ffmpeg", "-v", "error", "-i", upright, "-c", "copy", "-metadata:s:v", "rotate=90", turned);
        var wide = CodedClips.Make(_folder, "w.mp4", "25", 5, ",setsar=2/1", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        using (var clip = CodedClips.Open(turned))
        {
            Assert.Equal((CodedClips.Height, CodedClips.Width), (clip.Width, clip.Height));

            // The program turns by itself: ours must look as its does.
            Programs.Run("ffmpeg", "-v", "error", "-i", turned, "-frames:v", "3", "-f", "rawvideo", "-pix_fmt", "gray", _folder["reference"]);
            var reference = File.ReadAllBytes(_folder["reference"]).AsSpan(2 * CodedClips.Width * CodedClips.Height);
            var picture = clip.PictureAt(clip.Times.FirstTick + ((clip.Times.EndTick - clip.Times.FirstTick) * 2 / 5));
            for (var y = 10; y < CodedClips.Width; y += 20)
            {
                Assert.Equal(reference[(y * CodedClips.Height) + 30] > 126, picture.RowY(y)[30] > 126);
            }
        }

        using (var clip = CodedClips.Open(wide))
        {
            Assert.Equal((2 * CodedClips.Width, CodedClips.Height), (clip.Width, clip.Height));
            Assert.Equal(3, CodedClips.NumberOf(clip.PictureAt(clip.Times.EndTick - (clip.Times.EndTick - clip.Times.FirstTick) / 5 - 1)));
        }
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Dispose_AfterUse_LeavesNothingNative()
    {
        var before = AvHandle.Live;
        var path = CodedClips.Make(_folder, "d.mp4", "25", 30, "", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        using (var clip = CodedClips.Open(path))
        {
            _ = clip.PictureAt(clip.Times.EndTick);
        }

        Assert.Equal(before, AvHandle.Live);
    }
}
