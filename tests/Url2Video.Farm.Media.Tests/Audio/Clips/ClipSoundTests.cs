using System.Buffers.Binary;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Clips;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Tests.FFmpeg;
using Url2Video.Farm.Media.Tests.FFmpeg.Clips;

namespace Url2Video.Farm.Media.Tests.Audio.Clips;

/// <summary>The sound of clips, to the sample: every sample of the test clip says where it is.</summary>
[Collection(FFmpegCollection.Name)]
public sealed class ClipSoundTests : IDisposable
{
    private const int Second = 48_000;
    private const int To24 = 1 << 8;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresProgramsTheory("ffmpeg")]
    [InlineData("s.mkv", "pcm_s16le")]
    [InlineData("s.mov", "pcm_s16le")]
    [InlineData("s.avi", "pcm_s16le")]
    [InlineData("f.mkv", "flac")]
    public void Read_TrimmedPart_IsItsOwnSamples(string name, string codec)
    {
        using var track = Track(name, codec, i => Ramp(i), new ClipPart(500, 1_500));
        var heard = new int[2 * (Second + 100)];
        track.Read(0, heard);

        for (var i = 0; i < Second; i += 7)
        {
            Assert.Equal(Ramp(i + (Second / 2)) * To24, heard[2 * i]);
        }

        Assert.All(heard[(2 * Second)..], s => Assert.Equal(0, s));
    }

    /// <summary>Rounds of a length that is no whole number of samples stay in step with the pictures for ever.</summary>
    [RequiresProgramsFact("ffmpeg")]
    public void Read_Looped_BeginsAgainWithThePictures()
    {
        // 29 pictures at 30000/1001 a second are 46,446.4 samples.
        using var track = Track("l.mov", "pcm_s16le", i => Ramp(i), new ClipPart(IsLooped: true), rate: "30000/1001", pictures: 29, seconds: 1);
        var one = new int[2 * 200];
        for (var round = 1; round < 2_000; round += 113)
        {
            var seam = ((round * 464_464L) + 9) / 10;
            track.Read(seam - 100, one);

            Assert.Equal(Ramp(0) * To24, one[2 * 100]);
            Assert.NotEqual(Ramp(0) * To24, one[2 * 99]);
            Assert.Equal(Ramp(50) * To24, one[2 * 150]);
        }
    }

    /// <summary>A clip that is heard for a moment costs the scratch of that moment, and sounds the same in it.</summary>
    [RequiresProgramsTheory("ffmpeg")]
    [InlineData(4_800, false, 4_800)]
    [InlineData(4_800, true, 4_800)]
    [InlineData(10L * Second, true, Second)]
    public void Decode_HeardForAMoment_KeepsThatMuch(long heardSamples, bool isLooped, long kept)
    {
        using var track = Track("m.mkv", "pcm_s16le", i => Ramp(i), new ClipPart(500, 1_500, IsLooped: isLooped), samplesMax: heardSamples);
        var heard = new int[2 * 4_800];
        track.Read(0, heard);

        Assert.Equal(kept, track.Samples);
        for (var i = 0; i < 4_800; i += 7)
        {
            Assert.Equal(Ramp(i + (Second / 2)) * To24, heard[2 * i]);
        }
    }

    /// <summary>Sound that begins long after the pictures: the silence before it is no more than is heard either.</summary>
    [RequiresProgramsFact("ffmpeg")]
    public void Decode_SoundThatBeginsLate_IsSilentBefore()
    {
        var silent = CodedClips.Make(_folder, "pictures.mov", "25", 100, "", "-c:v", "mjpeg");
        Programs.Run(
            "ffmpeg", "-v", "error", "-i", silent, "-itsoffset", "2", "-f", "lavfi", "-i", "sine=r=48000:d=1", "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "pcm_s16le",
            _folder["late.mkv"]);
        using var clip = ClipFile.Open(File.OpenRead(_folder["late.mkv"]), "The clip", ClipBounds.Default);
        using var stream = File.OpenRead(_folder["late.mkv"]);
        using var brief = ClipTrack.Decode(stream, new ClipPart(), clip.Times, Second, Path.GetTempPath(), 60, default);
        stream.Position = 0;
        using var all = ClipTrack.Decode(stream, new ClipPart(), clip.Times, 4L * Second, Path.GetTempPath(), 60, default);
        var heard = new int[2 * 4 * Second];
        all.Read(0, heard);
        stream.Position = 0;
        using var early = ClipTrack.Decode(stream, new ClipPart(), new ClipTimes(1, 25, -50, 50), Second, Path.GetTempPath(), 60, default);

        Assert.Equal((Second, Second, 3L * Second), (early.Samples, brief.Samples, all.Samples));
        Assert.All(heard[..(2 * 2 * Second)], s => Assert.Equal(0, s));
        Assert.Contains(heard[(2 * 2 * Second)..(2 * 3 * Second)], s => s != 0);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Mix_AClip_HasItsPlaceLevelAndFadesAndStepsBackUnderWords()
    {
        using var track = Track("c.mkv", "pcm_s16le", _ => 8_000, new ClipPart());
        var plan = new MixPlan(4 * Second, [new SpeechPlacement(2 * Second, PcmSource.FromSamples(new short[Second / 2]))], MusicPlan.None)
        {
            Clips = [new ClipPlacement(track, Second, (2 * Second) - 4_800, -602, 4_800, 0)],
        };
        using var mix = ScratchSamples.Create(Path.GetTempPath());
        _ = Premix.Write(plan, mix, default);
        mix.Rewind();
        var heard = new int[2 * 4 * Second];
        Assert.Equal(heard.Length, mix.Read(heard));
        int At(int sample) => heard[2 * sample];

        Assert.Equal((0, 0), (At(Second - 1), At(Second)));
        Assert.InRange(At(Second + 2_400), 3_990 * To24 / 2, 4_010 * To24 / 2); // Half way into its transition.
        Assert.InRange(At(Second + 9_600), 3_995 * To24, 4_005 * To24);
        Assert.InRange(At((2 * Second) + 4_800), (1_005 - 8) * To24, 1_005 * To24); // 12 dB down.
        Assert.Equal(0, At((3 * Second) - 4_800));
        Assert.NotEqual(0, At((3 * Second) - 4_800 - 100));
    }

    private ClipTrack Track(string name, string codec, Func<int, int> sample, ClipPart part, string rate = "25", int pictures = 50, int seconds = 2, long samplesMax = long.MaxValue / 4)
    {
        var pcm = new byte[4 * Second * seconds];
        for (var i = 0; i < pcm.Length / 4; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(pcm.AsSpan(4 * i), (short)sample(i));
            BinaryPrimitives.WriteInt16LittleEndian(pcm.AsSpan((4 * i) + 2), (short)sample(i));
        }

        File.WriteAllBytes(_folder["s.raw"], pcm);
        var silent = CodedClips.Make(_folder, "silent.mov", rate, pictures, "", "-c:v", "mjpeg");
        Programs.Run("ffmpeg", "-v", "error", "-i", silent, "-f", "s16le", "-ar", "48000", "-ac", "2", "-i", _folder["s.raw"], "-c:v", "copy", "-c:a", codec, _folder[name]);
        using var clip = ClipFile.Open(File.OpenRead(_folder[name]), "The clip", ClipBounds.Default);
        Assert.True(clip.HasSound);
        using var stream = File.OpenRead(_folder[name]);
        return ClipTrack.Decode(stream, part, clip.Times, samplesMax, Path.GetTempPath(), 60, default);
    }

    // Never the same within a third of a second, and never what the first one is but there.
    private static int Ramp(int at) => at == 0 ? 15_000 : (at % 14_000) - 7_000;
}
