using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class RemuxerTests
{
    private const int Frames = 192;

    [RequiresProgramsFact("ffmpeg", "ffprobe")]
    public void Remux_SegmentsOfBothTracks_StartTogetherAndLastAsLong()
    {
        using var scratch = new ScratchFolder();
        var (video, audio) = Tracks(scratch);
        var file = scratch["film.mp4"];

        var result = Remuxer.Remux(video, audio, file);

        var (picture, sound) = (Programs.Probe(file, "v:0"), Programs.Probe(file, "a:0"));
        Assert.Equal(Frames, result.VideoPackets);
        Assert.Equal(Frames.ToString(CultureInfo.InvariantCulture), picture["nb_read_frames"]);
        Assert.Equal(0, Seconds(picture["start_time"]), 0.001);
        Assert.Equal(0, Seconds(sound["start_time"]), 0.001);
        Assert.Equal(6.4, Seconds(picture["duration"]), 0.001);
        Assert.InRange(Seconds(sound["duration"]) - Seconds(picture["duration"]), -1 / 30.0, 1 / 30.0);
        Assert.Equal("30/1", picture["avg_frame_rate"]);
        Assert.True(result.AudioPackets >= 300);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Remux_Pictures_AreTheSameAsInTheSegments()
    {
        using var scratch = new ScratchFolder();
        var (video, audio) = Tracks(scratch);
        Remuxer.Remux(video, audio, scratch["film.mp4"]);
        File.WriteAllBytes(scratch["joined.mp4"], [.. video.SelectMany(File.ReadAllBytes)]);

        Assert.Equal(FrameHashes(scratch["joined.mp4"]), FrameHashes(scratch["film.mp4"]));
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Remux_Twice_GivesTheSameFileWithItsIndexInFront()
    {
        using var scratch = new ScratchFolder();
        var (video, audio) = Tracks(scratch);

        Remuxer.Remux(video, audio, scratch["one.mp4"]);
        Remuxer.Remux(video, audio, scratch["two.mp4"]);

        var bytes = File.ReadAllBytes(scratch["one.mp4"]);
        var boxes = Boxes(bytes).Select(b => b.Type).ToList();
        Assert.Equal(bytes, File.ReadAllBytes(scratch["two.mp4"]));
        Assert.True(boxes.IndexOf("moov") < boxes.IndexOf("mdat"));
        Assert.DoesNotContain("Lavf", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [RequiresProgramsFact("ffmpeg", "ffprobe")]
    public void Remux_NoSound_GivesASilentFilm()
    {
        using var scratch = new ScratchFolder();
        var (video, _) = Tracks(scratch);

        var result = Remuxer.Remux(video, [], scratch["film.mov"], ContainerFormat.Mov);

        Assert.Equal(0, result.AudioPackets);
        Assert.Equal("h264", Programs.Probe(scratch["film.mov"], "v:0")["codec_name"]);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Remux_BadInputs_ThrowAndLeaveNoNativeObject()
    {
        using var scratch = new ScratchFolder();
        var (video, audio) = Tracks(scratch);
        File.WriteAllText(scratch["not.mp4"], "this is no film at all, whatever its name says");
        var live = AvHandle.Live;

        Assert.Equal(FFmpegErrorKind.InvalidData, KindOf([scratch["not.mp4"]], "a.mp4"));
        Assert.Equal(FFmpegErrorKind.InvalidData, KindOf(audio, "b.mp4"));
        Assert.Equal(FFmpegErrorKind.NotFound, KindOf(video, "no/such/folder.mp4"));
        Assert.Throws<FileNotFoundException>(() => Remuxer.Remux([scratch["missing.mp4"]], audio, scratch["c.mp4"]));

        Assert.Equal(live, AvHandle.Live);

        FFmpegErrorKind KindOf(string[] pictures, string target) =>
            Assert.Throws<FFmpegException>(() => Remuxer.Remux(pictures, audio, scratch[target])).Kind;
    }

    [Fact]
    public void FileSequence_ReadsAndSeeksAcrossFilesAsOne()
    {
        using var scratch = new ScratchFolder();
        string[] names = [scratch["0"], scratch["1"], scratch["2"], scratch["3"]];
        File.WriteAllBytes(names[0], [0, 1, 2]);
        File.WriteAllBytes(names[1], []);
        File.WriteAllBytes(names[2], [3]);
        File.WriteAllBytes(names[3], [4, 5, 6, 7]);
        using var sequence = new FileSequence(names);

        var whole = new byte[8];
        sequence.ReadExactly(whole);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], whole);
        Assert.Equal(0, sequence.Read(whole));
        foreach (var at in new[] { 7, 3, 2, 0, 4 })
        {
            sequence.Seek(at, SeekOrigin.Begin);
            Assert.Equal(at, sequence.ReadByte());
        }
    }

    /// <summary>Two fragmented tracks as init and segments, with edit lists for reordering and priming.</summary>
    private static (string[] Video, string[] Audio) Tracks(ScratchFolder scratch)
    {
        const string Picture = "testsrc2=s=96x64:r=30:d=6.4", Sound = "sine=440:r=48000:d=6.4";
        string[] start = ["-v", "error", "-f", "lavfi", "-i"];
        string[] h264 = ["-c:v", "libx264", "-x264-params", "keyint=64:min-keyint=64:scenecut=0", "-pix_fmt", "yuv420p"];
        string[] aac = ["-c:a", "aac", "-frag_duration", "2133333"];
        string[] fragmented = ["-movflags", "+frag_keyframe+empty_moov+delay_moov+default_base_moof", "-use_editlist", "1"];
        Programs.Run("ffmpeg", [.. start, Picture, .. h264, .. fragmented, scratch["v.mp4"]]);
        Programs.Run("ffmpeg", [.. start, Sound, .. aac, .. fragmented, scratch["a.mp4"]]);
        return (Split(scratch, "v"), Split(scratch, "a"));
    }

    private static string[] Split(ScratchFolder scratch, string name)
    {
        var bytes = File.ReadAllBytes(scratch[$"{name}.mp4"]);
        var cuts = Boxes(bytes).Where(b => b.Type == "moof").Select(b => b.At).Append(bytes.Length).Prepend(0).ToList();
        var files = new List<string>();
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            files.Add(scratch[$"{name}{i}.part"]);
            File.WriteAllBytes(files[^1], bytes[cuts[i]..cuts[i + 1]]);
        }

        Assert.True(files.Count > 2);
        return [.. files];
    }

    private static List<(string Type, int At)> Boxes(byte[] bytes)
    {
        var boxes = new List<(string, int)>();
        for (var at = 0; at + 8 <= bytes.Length; at += BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)))
        {
            boxes.Add((Encoding.ASCII.GetString(bytes, at + 4, 4), at));
        }

        return boxes;
    }

    private static string[] FrameHashes(string file) =>
        [.. Programs.FrameHashes(file).Select(line => line[(line.LastIndexOf(',') + 1)..])];

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
