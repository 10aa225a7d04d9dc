using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Music;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Audio;

public class MusicBedTests(ITestOutputHelper output)
{
    private const int Second = 48_000;

    [Theory]
    [InlineData(MusicMood.Calm)]
    [InlineData(MusicMood.Bright)]
    [InlineData(MusicMood.Corporate)]
    public void Next_AnyBlockSizes_GiveTheSameBytes(MusicMood mood)
    {
        var whole = Render(mood, 42, 5 * Second, 5 * Second);
        Assert.Equal(Signals.Hash<int>(whole), Signals.Hash<int>(Render(mood, 42, 5 * Second, 4_801)));
        Assert.NotEqual(Signals.Hash<int>(whole), Signals.Hash<int>(Render(mood, 43, 5 * Second, 5 * Second)));
    }

    [Theory]
    [InlineData(MusicMood.Calm)]
    [InlineData(MusicMood.Bright)]
    [InlineData(MusicMood.Corporate)]
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

    private static int[] Render(MusicMood mood, ulong seed, int frames, int block)
    {
        var bed = new MusicBed(mood, seed, frames);
        var result = new int[2 * frames];
        for (var at = 0; at < frames; at += block)
        {
            bed.Next(result.AsSpan(2 * at, 2 * Math.Min(block, frames - at)));
        }

        return result;
    }
}
