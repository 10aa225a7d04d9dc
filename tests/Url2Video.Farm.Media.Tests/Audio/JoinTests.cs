using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Tests.FFmpeg;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>Nothing begins, ends or is joined with a step that the ear hears as a click: −60 dB of full scale is refused.</summary>
[Collection(FFmpegCollection.Name)]
public class JoinTests
{
    private const int Second = 48_000;
    private const double StepMax = 0.001;

    [Theory]
    [InlineData(MusicMood.Calm)]
    [InlineData(MusicMood.Epic)]
    [InlineData(MusicMood.Playful)]
    [InlineData(MusicMood.Ambient)]
    public void Mix_EndsOfTheFilm_AreSilent(MusicMood mood)
    {
        var mix = Signals.Mix(new MixPlan(9 * Second + 11, [], new MusicPlan(mood, 3) { FadeInSamples = 480, FadeOutSamples = 480 })).Samples;

        Assert.All(new[] { mix[0], mix[1], mix[^1], mix[^2] }, s => Assert.InRange(s, -StepMax, StepMax));
    }

    /// <summary>A clip, an effect and a hall that the end of the film cuts off in the middle of their loudest.</summary>
    [Fact]
    public void Mix_SoundCutOffByTheFilm_EndsWithoutAStep()
    {
        var tone = Enumerable.Range(0, 4 * Second).Select(i => (short)(20_000 * Math.Cos(i / 40.0))).ToArray();
        var plan = new MixPlan(3 * Second, [new(-Second, PcmSource.FromSamples(tone)), new(2 * Second, PcmSource.FromSamples(tone))], MusicPlan.None)
        {
            Sounds = [new SoundCue(-9_600, EffectKind.Riser, 0, 1, null), new SoundCue(3 * Second - 9_600, EffectKind.Impact, 0, 1, null)],
            Room = new RoomPlan(Url2Video.Farm.Media.Audio.Spatial.RoomSize.Large, 80),
        };

        var mix = Signals.Mix(plan).Samples;

        Assert.InRange(Math.Abs(mix[0]), 0, StepMax);
        Assert.InRange(Math.Abs(mix[^2]), 0, StepMax);
        Assert.True(Signals.RmsDecibel(mix.AsSpan(2 * (Second / 2), Second)) > -30, "The clip that began before the film is heard.");
    }

    [Fact]
    public void Make_EveryEffect_BeginsAndEndsInSilence()
    {
        foreach (var kind in Enum.GetValues<EffectKind>())
        {
            foreach (var variant in Enumerable.Range(0, EffectBank.Variants))
            {
                var samples = EffectBank.Make(kind, variant);
                var largest = samples.Max(Math.Abs);
                Assert.InRange(Math.Abs(samples[0]), 0, StepMax * largest);
                Assert.InRange(Math.Abs(samples[^1]), 0, StepMax * largest);
            }
        }
    }

    /// <summary>
    /// A file of a pure tone, looped: away from its seams the tone bends as a tone does, and at the seams no more. The second
    /// difference of a step is the step; a hard cut of this file makes one of −15 dB.
    /// </summary>
    [RequiresFFmpegFact]
    public void Mix_LoopedFile_HasNoStepAtItsSeams()
    {
        var tone = Enumerable.Range(0, 5 * Second + 1_234).Select(i => 0.25 * Math.Sin(2 * Math.PI * 220.37 * i / Second)).ToArray();
        using var file = StereoSource.Decode(new MemoryStream(Recordings.Wav(tone, Second)), Path.GetTempPath(), 0, 60, default);
        var mix = Signals.Mix(new MixPlan(20 * Second, [], new MusicPlan(MusicMood.None, 0) { File = file }, -230)).Samples;

        var bend = 0.0;
        for (var i = 4; i < mix.Length; i += 2)
        {
            bend = Math.Max(bend, Math.Abs(mix[i] - 2 * mix[i - 2] + mix[i - 4]));
        }

        var peak = mix.Max(Math.Abs);
        var ofTone = peak * Math.Pow(2 * Math.PI * 220.37 / Second, 2);
        Assert.InRange(bend - ofTone, -1, StepMax * peak);
        Assert.True(HardCutBend(tone) > 0.05, "The test would see a cut.");
    }

    private static double HardCutBend(double[] tone) => Math.Abs(tone[0] - 2 * tone[^1] + tone[^2]) / 0.25;
}
