using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Audio;

public class EffectTests(ITestOutputHelper output)
{
    private const int Second = 48_000;

    public static TheoryData<EffectKind> Kinds { get; } = new(Enum.GetValues<EffectKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Make_SameKindAndTake_IsTheSameToTheBitAndTakesDiffer(EffectKind kind)
    {
        var takes = Enumerable.Range(0, EffectBank.Variants).Select(v => Signals.Hash<int>(EffectBank.Make(kind, v))).ToArray();

        Assert.Equal(takes, Enumerable.Range(0, EffectBank.Variants).Select(v => Signals.Hash<int>(EffectBank.Make(kind, v))));
        Assert.Equal(takes.Length, takes.Distinct().Count());
    }

    /// <summary>What tells the effects apart: how long they are, where their energy lies in time and in pitch.</summary>
    [Theory]
    [InlineData(EffectKind.Key, 30, 120, 0.0, 0.25)]
    [InlineData(EffectKind.Click, 10, 60, 0.0, 0.25)]
    [InlineData(EffectKind.Pop, 60, 200, 0.0, 0.4)]
    [InlineData(EffectKind.Ding, 800, 2_000, 0.0, 0.35)]
    [InlineData(EffectKind.Impact, 800, 2_000, 0.0, 0.35)]
    [InlineData(EffectKind.Whoosh, 400, 1_000, 0.35, 0.65)]
    [InlineData(EffectKind.Riser, 1_800, 2_200, 0.7, 1.0)]
    [InlineData(EffectKind.Sparkle, 600, 1_500, 0.05, 0.6)]
    public void Make_Effect_HasItsLengthAndItsWeightInTime(EffectKind kind, int msMin, int msMax, double earliest, double latest)
    {
        var samples = EffectBank.Make(kind, 3);
        var energy = samples.Sum(s => (double)s * s);
        var centre = samples.Select((s, i) => (double)s * s * i).Sum() / energy / samples.Length;
        output.WriteLine($"{kind}: {samples.Length / 48} ms, centre {centre:0.00}, brightness {Brightness(samples):0} Hz");

        Assert.InRange(samples.Length / 48, msMin, msMax);
        Assert.InRange(centre, earliest, latest);
        Assert.InRange(samples.Max(Math.Abs), 0.1 * (1 << 23), 0.5 * (1 << 23));
    }

    [Fact]
    public void Make_Pitches_AreInOrder()
    {
        var impact = Brightness(EffectBank.Make(EffectKind.Impact, 0));
        var pop = Brightness(EffectBank.Make(EffectKind.Pop, 0));
        var ding = Brightness(EffectBank.Make(EffectKind.Ding, 0));
        var sparkle = Brightness(EffectBank.Make(EffectKind.Sparkle, 0));

        Assert.True(impact < 300 && impact < pop && pop < ding && ding < sparkle, $"{impact} {pop} {ding} {sparkle}");
    }

    /// <summary>50 strokes a second, as the typewriter has them.</summary>
    [Fact]
    public void Mix_FortyKeysEveryTwentyMillis_AreFortyStrokes()
    {
        var keys = Enumerable.Range(0, 40).Select(i => new SoundCue(Second + i * 960, EffectKind.Key, 0, (ulong)i, null));
        var mix = Signals.Mix(new MixPlan(4 * Second, [], MusicPlan.None, -230) { Sounds = [.. keys] }).Samples;

        for (var i = 0; i < 40; i++)
        {
            var at = 2 * (Second + i * 960);
            Assert.True(Signals.RmsDecibel(mix.AsSpan(at, 400)) > Signals.RmsDecibel(mix.AsSpan(at + 1_400, 400)) + 1.5, $"No stroke at {i}.");
        }

        Assert.True(Signals.RmsDecibel(mix.AsSpan(0, 2 * Second - 20)) < -150);
    }

    [Fact]
    public void Mix_EffectsInAnyOrderAndOutsideTheFilm_AreTheSame()
    {
        SoundCue[] cues =
        [
            new(Second, EffectKind.Ding, 0, 1, null), new(Second, EffectKind.Pop, -60, 2, null), new(-4_000, EffectKind.Whoosh, 0, 3, null),
            new(90 * Second, EffectKind.Impact, 0, 4, null), new(3 * Second - 100, EffectKind.Riser, 30, 5, null), new(-90 * Second, EffectKind.Key, 0, 6, null),
        ];
        var plan = new MixPlan(3 * Second, [], MusicPlan.None);

        var forward = Signals.Mix(plan with { Sounds = [.. cues] }).Samples;

        Assert.Equal(Signals.Hash<float>(forward), Signals.Hash<float>(Signals.Mix(plan with { Sounds = [.. cues.Reverse()] }).Samples));
        Assert.Contains(forward, s => s != 0);
    }

    /// <summary>Rms frequency: √(energy of the slope / energy).</summary>
    private static double Brightness(int[] samples)
    {
        var (slope, energy) = (0.0, 0.0);
        for (var i = 1; i < samples.Length; i++)
        {
            slope += Math.Pow((double)samples[i] - samples[i - 1], 2);
            energy += (double)samples[i] * samples[i];
        }

        return Math.Sqrt(slope / energy) * Second / (2 * Math.PI);
    }
}
