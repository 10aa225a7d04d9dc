using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Music;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Audio;

public class MusicBedTests(ITestOutputHelper output)
{
    private const int Second = 48_000;

    public static TheoryData<MusicMood> Moods { get; } = new(Enum.GetValues<MusicMood>().Where(m => m != MusicMood.None));

    [Theory]
    [MemberData(nameof(Moods))]
    public void Next_AnyBlockSizes_GiveTheSameBytes(MusicMood mood)
    {
        var whole = Render(mood, 42, 5 * Second, 5 * Second);
        Assert.Equal(Signals.Hash<int>(whole), Signals.Hash<int>(Render(mood, 42, 5 * Second, 4_801)));
        Assert.NotEqual(Signals.Hash<int>(whole), Signals.Hash<int>(Render(mood, 43, 5 * Second, 5 * Second)));
    }

    [Theory]
    [MemberData(nameof(Moods))]
    public void Next_HalfAMinute_IsSoftMusicNotBeeps(MusicMood mood)
    {
        var bed = Render(mood, (ulong)mood, 24 * Second, 24 * Second);
        var left = new double[bed.Length / 2];
        var (mid, side, peak, step) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = bed[2 * i] / (double)(1 << 23);
            var right = bed[2 * i + 1] / (double)(1 << 23);
            mid += (left[i] + right) * (left[i] + right);
            side += (left[i] - right) * (left[i] - right);
            peak = Math.Max(peak, Math.Max(Math.Abs(left[i]), Math.Abs(right)));
            step = Math.Max(step, i == 0 ? 0 : Math.Abs(left[i] - left[i - 1]));
        }

        output.WriteLine($"{mood}: peak {peak:0.000} step {step:0.0000} dc {left.Average():0.00000} side/mid {side / mid:0.00}");
        Assert.InRange(peak, 0.02, 0.9);
        Assert.InRange(left.Average(), -0.001, 0.001);
        // A click would be a step near the peak; slow attacks and a low-pass leave nothing of the kind.
        Assert.True(step < 0.2 * peak);
        Assert.InRange(side / mid, 0.05, 0.9);
        // Never still, never pumping: every second is within a few decibels of the whole.
        var seconds = Enumerable.Range(3, 15).Select(s => Rms(left.AsSpan(s * Second, Second))).ToArray();
        Assert.True(seconds.Max() / seconds.Min() < 5);
    }

    private static double Rms(ReadOnlySpan<double> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += sample * sample;
        }

        return Math.Sqrt(sum / samples.Length);
    }

    [Fact]
    public void Next_EndOfFilm_HasFadedOut()
    {
        var bed = Render(MusicMood.Calm, 1, 10 * Second, 4_800);
        Assert.True(Math.Abs(bed[0]) < 10 && Math.Abs(bed[^1]) < 10);
        var loud = bed.AsSpan(4 * 2 * Second, 2 * Second).ToArray().Max(Math.Abs);
        Assert.True(bed.AsSpan(bed.Length - 2_000).ToArray().Max(Math.Abs) < loud / 50);
    }

    /// <summary>What makes a mood is in the notes: minor moods have minor thirds, quick ones more beats.</summary>
    [Theory]
    [InlineData(MusicMood.Sad, MusicMode.Minor, 50, 70)]
    [InlineData(MusicMood.Tense, MusicMode.Minor, 60, 85)]
    [InlineData(MusicMood.Epic, MusicMode.Minor, 75, 100)]
    [InlineData(MusicMood.Calm, MusicMode.Major, 55, 80)]
    [InlineData(MusicMood.Warm, MusicMode.Major, 80, 100)]
    [InlineData(MusicMood.Bright, MusicMode.Major, 95, 115)]
    [InlineData(MusicMood.Playful, MusicMode.Major, 110, 130)]
    [InlineData(MusicMood.Corporate, MusicMode.Major, 100, 120)]
    [InlineData(MusicMood.Ambient, MusicMode.Open, 45, 60)]
    internal void Of_Mood_HasItsModeAndTempo(MusicMood mood, MusicMode mode, int slowest, int fastest)
    {
        var music = Harmony.Of(mood);
        Assert.Equal(mode, music.Mode);
        Assert.InRange(music.BeatsPerMinute, slowest, fastest);
        Assert.InRange(music.BeatsPerMinute + music.BeatsSpread, slowest, fastest);
        var tonic = music.Chords.First(c => c[0] == 0);
        var thirds = tonic.Select(n => n % 12).Where(n => n is 3 or 4).Distinct().ToArray();
        Assert.Equal(mode switch { MusicMode.Minor => [3], MusicMode.Major => [4], _ => Array.Empty<int>() }, thirds);
    }

    [Fact]
    public void Of_AllMoods_AreDifferentMusic()
    {
        var hashes = Enum.GetValues<MusicMood>().Where(m => m != MusicMood.None).Select(m => Signals.Hash<int>(Render(m, 5, 4 * Second, 4_800))).ToArray();
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.True(hashes.Length >= 9);
    }

    /// <summary>The beds that films of before have: not a bit of them may change.</summary>
    [Theory]
    [InlineData(MusicMood.Calm, "94D7EAE2B50C7545")]
    [InlineData(MusicMood.Bright, "03C2D5373BE68EBD")]
    [InlineData(MusicMood.Warm, "25AF756B4C6065F4")]
    public void Next_MoodsOfTheFirstRelease_KeepTheirBits(MusicMood mood, string hash) =>
        Assert.Equal(hash, Signals.Hash<int>(Render(mood, 42, 20 * Second, 4_800))[..16]);

    private static int[] Render(MusicMood mood, ulong seed, int frames, int block)
    {
        var bed = new MusicBed(mood, seed, new MusicFade(frames, 2 * Second, 4 * Second));
        var result = new int[2 * frames];
        for (var at = 0; at < frames; at += block)
        {
            bed.Next(result.AsSpan(2 * at, 2 * Math.Min(block, frames - at)));
        }

        return result;
    }
}
