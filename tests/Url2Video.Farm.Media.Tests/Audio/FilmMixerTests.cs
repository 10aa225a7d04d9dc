using System.Collections.Immutable;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Tests.Speech;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Audio;

public class FilmMixerTests(ITestOutputHelper output)
{
    private const int Second = 48_000;

    [FfmpegTheory]
    [InlineData(-140, MusicMood.Calm, true)]
    [InlineData(-140, MusicMood.None, true)]
    [InlineData(-140, MusicMood.Bright, false)]
    [InlineData(-230, MusicMood.Warm, true)]
    [InlineData(-160, MusicMood.Bright, true)]
    public void Mix_AnyTarget_MeasuresAsWantedByFfmpeg(int lufsTenths, MusicMood mood, bool speech)
    {
        var plan = Plan(20 * Second + 123, mood, speech ? [(Second, 6 * Second), (9 * Second, 7 * Second)] : []) with { LoudnessLufsTenths = lufsTenths };
        var (samples, report) = Signals.Mix(plan);
        var (lufs, peak) = Signals.Ebur128(samples);
        output.WriteLine($"ours {report}, ffmpeg {lufs} LUFS {peak} dBTP");
        Assert.InRange(lufs, lufsTenths / 10.0 - 0.1, lufsTenths / 10.0 + 0.1);
        Assert.InRange(report.LoudnessLufsHundredths / 100.0 - lufs, -0.11, 0.11);
        Assert.True(peak <= -1.0);
        Assert.True(report.TruePeakDbHundredths <= -140);
    }

    [FfmpegTheory]
    [InlineData("128k")]
    [InlineData("192k")]
    public void Mix_AfterAac_KeepsLoudnessAndStaysUnderMinusOne(string bitRate)
    {
        var plan = Plan(15 * Second, MusicMood.Bright, [(Second, 6 * Second), (8 * Second, 6 * Second)]);
        var (lufs, peak) = Signals.Ebur128(Signals.Mix(plan).Samples, bitRate);
        output.WriteLine($"{bitRate}: {lufs} LUFS, {peak} dBTP");
        Assert.InRange(lufs, -14.3, -13.7);
        Assert.True(peak <= -1.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_799)]
    [InlineData(4_800)]
    [InlineData(100_001)]
    public void Mix_AnyLength_WritesExactlyThatManyFrames(int samples)
    {
        var (mix, report) = Signals.Mix(Plan(samples, MusicMood.Calm, [(100, 3 * Second)]));
        Assert.Equal(2 * samples, mix.Length);
        Assert.Equal(samples, report.Samples);
        Assert.All(mix, s => Assert.InRange(s, -1f, 1f));
    }

    [Fact]
    public void Mix_Twice_IsTheSameToTheBit()
    {
        var plan = Plan(12 * Second, MusicMood.Bright, [(Second, 4 * Second), (6 * Second, 3 * Second)]);
        var first = Signals.Hash<float>(Signals.Mix(plan).Samples);
        Assert.Equal(first, Signals.Hash<float>(Signals.Mix(plan).Samples));
        Assert.NotEqual(first, Signals.Hash<float>(Signals.Mix(plan with { Music = plan.Music with { Seed = 8 } }).Samples));
    }

    [Fact]
    public void Mix_SpeechInFileOrMemoryInAnyOrder_IsTheSame()
    {
        var clip = Signals.Babble(4 * Second, 3);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, System.Runtime.InteropServices.MemoryMarshal.AsBytes(clip.AsSpan()).ToArray());
            var memory = new SpeechPlacement(Second, PcmSource.FromSamples(clip));
            var disk = new SpeechPlacement(6 * Second, PcmSource.FromFile(file));
            var plan = new MixPlan(11 * Second, [memory, disk], new MusicPlan(MusicMood.Calm, 1));
            var swapped = plan with { Speech = [disk with { Clip = memory.Clip }, memory with { Clip = disk.Clip }] };
            Assert.Equal(Signals.Hash<float>(Signals.Mix(plan).Samples), Signals.Hash<float>(Signals.Mix(swapped).Samples));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Mix_UnderSpeech_MusicIsTwelveDecibelsDown()
    {
        // Silent "speech" shows the music alone, ducked exactly where the clip lies.
        var silence = new SpeechPlacement(8 * Second, PcmSource.FromSamples(new short[8 * Second]));
        var ducked = Signals.Mix(new MixPlan(24 * Second, [silence], new MusicPlan(MusicMood.Calm, 5))).Samples;
        var free = Signals.Mix(new MixPlan(24 * Second, [], new MusicPlan(MusicMood.Calm, 5))).Samples;
        var outside = Difference(3);
        Assert.Equal(-12, Difference(9) - outside, 0.3);
        Assert.Equal(-12, Difference(14) - outside, 0.3);
        Assert.Equal(0, Difference(20) - outside, 0.3);

        double Difference(int second) => Signals.RmsDecibel(Part(ducked, second)) - Signals.RmsDecibel(Part(free, second));
    }

    [Fact]
    public void Mix_SpeechOverMusic_StandsWellAbove()
    {
        var clip = Signals.Babble(8 * Second, 2);
        Url2Video.Farm.Media.Speech.Signal.SpeechPolish.Apply(clip);
        var speech = Signals.Mix(new MixPlan(20 * Second, [new SpeechPlacement(6 * Second, PcmSource.FromSamples(clip))], new MusicPlan(MusicMood.None, 5))).Report;
        Assert.InRange(speech.LoudnessLufsHundredths, -1_410, -1_390);
        var plan = new MixPlan(20 * Second, [new SpeechPlacement(6 * Second, PcmSource.FromSamples(clip))], new MusicPlan(MusicMood.Calm, 5));
        var mix = Signals.Mix(plan).Samples;
        var under = Signals.RmsDecibel(Part(mix, 8)) - Signals.RmsDecibel(Part(mix, 3));
        Assert.InRange(under, 4, 20);
    }

    /// <summary>Both ends of what a storyboard may ask for.</summary>
    [Theory]
    [InlineData(-310)]
    [InlineData(-90)]
    public void Mix_LoudnessAtTheEdge_IsMade(int tenths)
    {
        var clip = PcmSource.FromSamples(Signals.Babble(4 * Second, 4));
        var (samples, _) = Signals.Mix(new MixPlan(5 * Second, [new(0, clip)], MusicPlan.None, tenths));
        Assert.Equal(10 * Second, samples.Length);
    }

    [Fact]
    public void Mix_Silence_StaysSilent()
    {
        var (samples, report) = Signals.Mix(new MixPlan(3 * Second, [], new MusicPlan(MusicMood.None, 1)));
        Assert.All(samples, s => Assert.Equal(0f, s));
        Assert.Equal(-7_000, report.LoudnessLufsHundredths);
    }

    [Fact]
    public void Mix_ClipsOutsideTheFilm_AreCutOff()
    {
        var clip = PcmSource.FromSamples(Signals.Babble(3 * Second, 4));
        var (samples, report) = Signals.Mix(new MixPlan(4 * Second, [new(-2 * Second, clip), new(3 * Second, clip), new(9 * Second, clip), new(-9 * Second, clip)], new MusicPlan(MusicMood.None, 1)));
        Assert.Equal(8 * Second, samples.Length);
        Assert.True(Signals.RmsDecibel(samples.AsSpan(0, Second)) > -60);
        Assert.True(Signals.RmsDecibel(samples.AsSpan(3 * Second, 2 * Second)) < -90);
        Assert.InRange(report.LoudnessLufsHundredths, -1_430, -1_370);
    }

    [Fact]
    public void Mix_HardPeaks_StayUnderTheCeilingWithoutClicks()
    {
        var clicks = new short[10 * Second];
        for (var i = 0; i < clicks.Length; i++)
        {
            clicks[i] = (short)(i % 12_000 < 40 ? (i % 2 == 0 ? 30_000 : -30_000) : 2_500 * Math.Sin(i / 20.0));
        }

        var (samples, report) = Signals.Mix(new MixPlan(10 * Second, [new(0, PcmSource.FromSamples(clicks))], new MusicPlan(MusicMood.None, 1)));
        Assert.InRange(report.TruePeakDbHundredths, -300, -140);
        Assert.True(samples.Max(Math.Abs) <= 0.8414);
    }

    [Fact]
    public void Mix_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => FilmMixer.Mix(new MixPlan(Second, [], new MusicPlan(MusicMood.Calm, 1)), Path.GetTempPath(), Stream.Null, cancelled.Token));
    }

    private static ReadOnlySpan<float> Part(float[] samples, int second) => samples.AsSpan(2 * second * Second, 2 * Second);

    private static MixPlan Plan(int samples, MusicMood mood, (int Start, int Length)[] speech) => new(
        samples, [.. speech.Select((s, i) => new SpeechPlacement(s.Start, PcmSource.FromSamples(Signals.Babble(s.Length, i))))], new MusicPlan(mood, 7));
}
