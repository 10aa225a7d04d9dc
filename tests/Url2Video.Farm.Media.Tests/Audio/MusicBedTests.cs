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
        var whole = Render(mood, 42, 10 * Second, 10 * Second);
        Assert.Equal(Signals.Hash<int>(whole), Signals.Hash<int>(Render(mood, 42, 10 * Second, 4_801)));
        Assert.NotEqual(Signals.Hash<int>(whole), Signals.Hash<int>(Render(mood, 43, 10 * Second, 10 * Second)));
    }

    [Theory]
    [InlineData(MusicMood.Calm)]
    [InlineData(MusicMood.Bright)]
    [InlineData(MusicMood.Corporate)]
    public void Next_Minute_IsSoftMusicNotBeeps(MusicMood mood)
    {
        for (var seed = 0UL; seed < 4; seed++)
        {
            var bed = Render(mood, seed, 40 * Second, 40 * Second);
            var left = bed.Where((_, i) => i % 2 == 0).Select(s => s / (double)(1 << 23)).ToArray();
            var right = bed.Where((_, i) => i % 2 == 1).Select(s => s / (double)(1 << 23)).ToArray();
            var peak = bed.Max(s => Math.Abs((long)s)) / (double)(1 << 23);
            var steps = left.Zip(left.Skip(1), (a, b) => Math.Abs(a - b)).Max();
            var mid = left.Zip(right, (l, r) => (l + r) * (l + r)).Average();
            var side = left.Zip(right, (l, r) => (l - r) * (l - r)).Average();
            output.WriteLine($"{mood} {seed}: peak {peak:0.000} rms {Math.Sqrt(left.Select(s => s * s).Average()):0.000} step {steps:0.0000} dc {left.Average():0.00000} side/mid {side / mid:0.00}");
            Assert.InRange(peak, 0.02, 0.9);
            Assert.InRange(left.Average(), -0.001, 0.001);
            // A click would be a step near the peak; slow attacks and a low-pass leave nothing of the kind.
            Assert.True(steps < 0.2 * peak);
            Assert.InRange(side / mid, 0.05, 0.9);
            // Never still, never pumping: every second is within a few decibels of the whole.
            var seconds = Enumerable.Range(4, 30).Select(s => Math.Sqrt(left.AsSpan(s * Second, Second).ToArray().Select(v => v * v).Average())).ToArray();
            Assert.True(seconds.Max() / seconds.Min() < 5);
        }
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
