using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class LoudnessMeterTests
{
    /// <summary>EBU Tech 3341, case 1: a stereo sine of 1 kHz at −23 dBFS is −23 LUFS.</summary>
    [RequiresFFmpegTheory]
    [InlineData(-23.0)]
    [InlineData(-33.0)]
    public void Measure_StereoSine_IsItsLevel(double level)
    {
        var loudness = LoudnessMeter.Measure(Signal.Sine(1000, Math.Pow(10, level / 20), 5));

        Assert.Equal(level, loudness.IntegratedLufs, 0.1);
        Assert.Equal(level, loudness.TruePeakDb, 0.3);
        Assert.Equal(0, loudness.RangeLu, 0.1);
    }

    [RequiresFFmpegFact]
    public void Measure_PeakInTheSecondChannelOnly_IsSeen()
    {
        var clip = Signal.Sine(1000, 0.1, 2);
        var samples = clip.Samples.ToArray();
        samples[40_001] = 0.9f;

        var loudness = LoudnessMeter.Measure(new AudioClip(samples, 2));

        Assert.InRange(loudness.TruePeakDb, -2, 0.5);
    }

    [RequiresFFmpegFact]
    public void Measure_Silence_IsTheFloor()
    {
        var loudness = LoudnessMeter.Measure(Signal.Silence(1));

        Assert.True(loudness.IntegratedLufs <= -70);
        Assert.Equal(double.NegativeInfinity, loudness.TruePeakDb);
    }
}
