using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Audio.Narration;
using Url2Video.Farm.Media.Audio.Spatial;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Speech.Recorded;
using Url2Video.Farm.Media.Tests.FFmpeg;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>What is placed at a sample is heard at that sample, whatever it went through on the way.</summary>
[Collection(FFmpegCollection.Name)]
public class LagTests
{
    private const int Second = 48_000;

    [Theory]
    [InlineData("plain")]
    [InlineData("loud")]
    [InlineData("with music")]
    [InlineData("in a room")]
    [InlineData("from ahead")]
    public void Mix_Beep_IsWhereItWasPlaced(string how)
    {
        var beep = Beep();
        var start = 3 * Second + 123;
        var plan = new MixPlan(8 * Second, [new(start, PcmSource.FromSamples(beep))], MusicPlan.None);
        plan = how switch
        {
            "loud" => plan with { LoudnessLufsTenths = -90 },
            "with music" => plan with { Music = new MusicPlan(MusicMood.Epic, 2) },
            "in a room" => plan with { Room = new RoomPlan(RoomSize.Large, 60) },
            "from ahead" => plan with { Voice = new SoundPosition(0, 0, 100) },
            _ => plan,
        };

        var mix = Signals.Mix(plan).Samples;

        Assert.InRange(LagOf(mix, 0, start, beep), -1, 1);
        Assert.InRange(LagOf(mix, 1, start, beep), -1, 1);
    }

    [Fact]
    public void Mix_Effect_IsWhereItWasPlaced()
    {
        // Noise: its correlation has one peak, where a tone's has one every period.
        var start = 2 * Second + 77;
        var ahead = new SoundCue(start, EffectKind.Whoosh, 0, 7, new SoundPosition(0, 0, 100));
        foreach (var cue in new[] { ahead, ahead with { Position = null } })
        {
            // What has a place has fewer takes.
            var stroke = EffectBank.Make(EffectKind.Whoosh, EffectBank.VariantOf(7) % (cue.Position is null ? EffectBank.Variants : PlacedEffects.PlacedVariants));
            var mix = Signals.Mix(new MixPlan(6 * Second, [], MusicPlan.None) { Sounds = [cue] }).Samples;
            Assert.InRange(LagOf(mix, 0, start, [.. stroke.Select(s => (short)(s >> 8))]), -1, 1);
        }
    }

    [RequiresFFmpegTheory]
    [InlineData(Enhancement.Off, 48_000)]
    [InlineData(Enhancement.Light, 48_000)]
    [InlineData(Enhancement.Standard, 48_000)]
    [InlineData(Enhancement.Aggressive, 48_000)]
    [InlineData(Enhancement.Off, 44_100)]
    [InlineData(Enhancement.Off, 22_050)]
    public void Read_Recording_IsNotDelayed(Enhancement enhancement, int rate)
    {
        var wav = Recordings.Wav(Recordings.BeepAt(0.75, seconds: 3, rate), rate);
        var clip = RecordedSpeech.Read(new MemoryStream(wav), "", enhancement, 60, default);
        var expected = Recordings.BeepAt(0.75, seconds: 3, Second);

        Assert.InRange(clip.Pcm.Length, 3 * Second - 1, 3 * Second + 1);
        Assert.InRange(Recordings.Lag(expected, [.. clip.Pcm.Select(s => s / 32_768.0)], 2_000), -1, 1);
    }

    private static short[] Beep() => [.. Recordings.BeepAt(0.1, 0.4, Second).Select(s => (short)(20_000 * s))];

    private static int LagOf(float[] stereo, int channel, int start, short[] placed)
    {
        var heard = new double[placed.Length];
        var expected = new double[placed.Length];
        for (var i = 0; i < placed.Length; i++)
        {
            (heard[i], expected[i]) = (stereo[2 * (start + i) + channel], placed[i]);
        }

        return Recordings.Lag(expected, heard, 400);
    }
}
