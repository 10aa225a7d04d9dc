using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Audio.Spatial;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Tests.FFmpeg;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>Twenty films that have nothing in common but that FFmpeg's own meter must find them at their target.</summary>
[Collection(FFmpegCollection.Name)]
public sealed class LoudnessTests(ITestOutputHelper output)
{
    private const int Second = 48_000;

    [RequiresFFmpegTheory]
    [InlineData("speech only", -140)]
    [InlineData("speech only", -160)]
    [InlineData("speech only", -230)]
    [InlineData("music only", -140)]
    [InlineData("music only", -230)]
    [InlineData("epic beats", -140)]
    [InlineData("ambient", -160)]
    [InlineData("speech and music", -140)]
    [InlineData("speech and music", -160)]
    [InlineData("speech and music", -230)]
    [InlineData("mostly silence", -140)]
    [InlineData("mostly silence", -230)]
    [InlineData("very loud", -140)]
    [InlineData("very quiet", -140)]
    [InlineData("clipped", -140)]
    [InlineData("one second", -140)]
    [InlineData("one second", -230)]
    [InlineData("half a second", -160)]
    [InlineData("hard peaks", -140)]
    [InlineData("effects only", -140)]
    [InlineData("effects in a hall", -160)]
    [InlineData("quiet then loud", -230)]
    [InlineData("low bass", -140)]
    [InlineData("one side", -140)]
    public void Mix_AnyFilm_IsAtItsTargetAndUnderItsPeak(string film, int lufsTenths)
    {
        var (samples, report) = Signals.Mix(Film(film) with { LoudnessLufsTenths = lufsTenths });

        var measured = LoudnessMeter.Measure(new AudioClip(samples, 2));

        output.WriteLine(FormattableString.Invariant(
            $"{film,-18} wanted {lufsTenths / 10.0:0.0} ffmpeg {measured.IntegratedLufs:0.000} LUFS {measured.TruePeakDb:0.00} dBTP, ours {report.LoudnessLufsHundredths / 100.0:0.00} {report.TruePeakDbHundredths / 100.0:0.00}"));
        Assert.InRange(measured.IntegratedLufs, lufsTenths / 10.0 - 0.1, lufsTenths / 10.0 + 0.1);
        Assert.True(measured.TruePeakDb <= -1, $"The true peak is {measured.TruePeakDb} dBTP.");
    }

    private static MixPlan Film(string film) => film switch
    {
        "speech only" => Speech(20, Signals.Babble(16 * Second, 1)),
        "music only" => new MixPlan(25 * Second, [], new MusicPlan(MusicMood.Calm, 3)),
        "epic beats" => new MixPlan(25 * Second, [], new MusicPlan(MusicMood.Epic, 3)),
        "ambient" => new MixPlan(30 * Second, [], new MusicPlan(MusicMood.Ambient, 9)),
        "speech and music" => Speech(20, Signals.Babble(8 * Second, 2)) with { Music = new MusicPlan(MusicMood.Corporate, 4) },
        "mostly silence" => Speech(40, Signals.Babble(3 * Second, 3)),
        "very loud" => Speech(10, Scaled(Signals.Babble(9 * Second, 4), 12)),
        "very quiet" => Speech(10, Scaled(Signals.Babble(9 * Second, 5), 0.02)),
        "clipped" => Speech(10, Tone(9 * Second, i => 3 * Math.Sin(i / 31.0) + Math.Sin(i / 7.0))),
        "one second" => Speech(1, Signals.Babble(Second, 6)) with { Music = new MusicPlan(MusicMood.Bright, 1) },
        "half a second" => new MixPlan(Second / 2, [new(0, PcmSource.FromSamples(Signals.Babble(Second / 2, 7)))], MusicPlan.None),
        "hard peaks" => Speech(10, Tone(9 * Second, i => i % 12_000 < 40 ? (i % 2 == 0 ? 0.92 : -0.92) : 0.08 * Math.Sin(i / 20.0))),
        "effects only" => new MixPlan(12 * Second, [], MusicPlan.None) { Sounds = Effects(null) },
        "effects in a hall" => new MixPlan(12 * Second, [], MusicPlan.None) { Sounds = Effects(new SoundPosition(60, 0, 150)), Room = new RoomPlan(RoomSize.Large, 50) },
        "quiet then loud" => Speech(24, [.. Scaled(Signals.Babble(12 * Second, 8), 0.05), .. Signals.Babble(11 * Second, 9)]),
        "low bass" => Speech(10, Tone(9 * Second, i => 0.9 * Math.Sin(2 * Math.PI * 45 * i / Second))),
        "one side" => Speech(10, Signals.Babble(9 * Second, 10)) with { Voice = new SoundPosition(90, 0, 100) },
        _ => throw new ArgumentOutOfRangeException(nameof(film), film, "No such film."),
    };

    private static MixPlan Speech(int seconds, short[] clip) =>
        new(seconds * (long)Second, [new(seconds == 1 ? 0 : Second / 2, PcmSource.FromSamples(clip))], MusicPlan.None);

    private static System.Collections.Immutable.ImmutableArray<SoundCue> Effects(SoundPosition? position) =>
        [.. Enumerable.Range(0, 24).Select(i => new SoundCue(i * 22_000, (EffectKind)(i % 8), 0, (ulong)i, position))];

    private static short[] Scaled(short[] samples, double gain) =>
        [.. samples.Select(s => (short)Math.Clamp(s * gain, short.MinValue, short.MaxValue))];

    private static short[] Tone(int samples, Func<int, double> at) =>
        [.. Enumerable.Range(0, samples).Select(i => (short)Math.Clamp(32_767 * at(i), short.MinValue, short.MaxValue))];
}
