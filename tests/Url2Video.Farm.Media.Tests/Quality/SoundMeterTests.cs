using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Quality;

namespace Url2Video.Farm.Media.Tests.Quality;

public sealed class SoundMeterTests
{
    private const int Second = 48_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-37)]
    [InlineData(960)]
    [InlineData(4_700)]
    [InlineData(-4_700)]
    public void Find_ANarrationThatLiesElsewhere_TellsByHowMuch(int late)
    {
        var voice = Noise(2 * Second, 9_000, seed: 4);
        var track = new float[2 * 5 * Second];
        var bed = Noise(5 * Second, 2_000, seed: 5);
        for (var i = 0; i < 5 * Second; i++)
        {
            var sample = bed[i] + (i - Second - late is >= 0 and var at && at < voice.Length ? voice[at] : 0);
            (track[2 * i], track[(2 * i) + 1]) = (sample / 32_768f, sample / 32_768f);
        }

        Assert.Equal(late, SoundOffset.Find(PcmSource.FromSamples(voice), Stream(track), Second));
    }

    [Fact]
    public void Find_WhatIsNotInTheTrack_IsNotFound()
    {
        var other = Noise(5 * Second, 9_000, seed: 8).SelectMany(s => new[] { s / 32_768f, s / 32_768f }).ToArray();

        Assert.Null(SoundOffset.Find(PcmSource.FromSamples(Noise(2 * Second, 9_000, seed: 4)), Stream(other), Second));
        Assert.Null(SoundOffset.Find(PcmSource.FromSamples(new short[Second]), Stream(other), Second));
        Assert.Null(SoundOffset.Find(PcmSource.FromSamples(Noise(2 * Second, 9_000, seed: 4)), Stream(other[..1000]), Second));
    }

    [Fact]
    public void Levels_OfAToneThenNothing_AreItsLevelThenTheLeast()
    {
        var track = new float[2 * Second];
        Array.Fill(track, 0.1f, 0, Second);

        var levels = SoundMeter.Levels(Stream(track), 4_800, CancellationToken.None);

        Assert.Equal(10, levels.Levels.Length);
        Assert.All(levels.Levels[..5], l => Assert.InRange(l, -2_001, -1_999));
        Assert.All(levels.Levels[5..], l => Assert.Equal(SoundMeter.LevelMin, l));
        Assert.Equal((0, -1L), (levels.ClippedRuns, levels.FirstClip));
    }

    [Fact]
    public void Levels_WithRunsAtFullScale_CountThemOnceEach()
    {
        var track = new float[2 * Second];
        foreach (var (at, length) in ((int, int)[])[(1_000, 3), (2_000, 2), (3_000, 40)])
        {
            for (var i = at; i < at + length; i++)
            {
                track[2 * i] = i % 2 == 0 ? 1 : -1;
            }
        }

        var levels = SoundMeter.Levels(Stream(track), 4_800, CancellationToken.None);

        Assert.Equal((2, 1_000L), (levels.ClippedRuns, levels.FirstClip));
    }

    private static short[] Noise(int samples, int level, int seed)
    {
        var random = new Random(seed);
        var (noise, smooth) = (new short[samples], 0.0);
        for (var i = 0; i < samples; i++)
        {
            // Low like a voice, so that the coarse search finds it too.
            smooth = (0.9 * smooth) + (0.1 * ((random.NextDouble() * 2) - 1));
            noise[i] = (short)Math.Clamp(smooth * 4 * level, -32_000, 32_000);
        }

        return noise;
    }

    private static MemoryStream Stream(float[] samples) => new(MemoryMarshal.AsBytes<float>(samples).ToArray());
}
