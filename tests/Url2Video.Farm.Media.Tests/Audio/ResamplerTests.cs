using Url2Video.Farm.Media.Audio;

namespace Url2Video.Farm.Media.Tests.Audio;

public class ResamplerTests
{
    [Theory]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(8_000)]
    [InlineData(48_000)]
    public void Run_Tone_KeepsPitchLevelAndPhase(int rate)
    {
        var input = Tone(rate, rate, 1_000, 16_000);
        var output = new Resampler(rate).Run(input);
        Assert.Equal(48_000, output.Length);
        for (var n = 500; n < output.Length - 500; n++)
        {
            var expected = 16_000 * Math.Sin(2 * Math.PI * 1_000 * n / 48_000.0);
            Assert.InRange(output[n] - expected, -8, 8);
        }
    }

    [Fact]
    public void Run_Tone_LeavesNoImage()
    {
        // 1 kHz at 16 kHz has its first images at 15 and 17 kHz.
        var output = new Resampler(16_000).Run(Tone(16_000, 16_000, 1_000, 16_000));
        var wanted = Signals.Level(output, 1_000);
        Assert.True(Signals.Level(output, 15_000) < wanted / 3_000);
        Assert.True(Signals.Level(output, 17_000) < wanted / 3_000);
    }

    [Fact]
    public void Run_FullScaleSteps_ClampsInsteadOfWrapping()
    {
        var input = Enumerable.Range(0, 4_000).Select(i => i / 40 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        var output = new Resampler(16_000).Run(input);
        Assert.All(Enumerable.Range(60, 11_000), n => Assert.True(Math.Abs(output[n] - output[n - 1]) < 60_000));
        Assert.Contains(short.MaxValue, output);
    }

    private static short[] Tone(int rate, int samples, int hertz, int amplitude) =>
        [.. Enumerable.Range(0, samples).Select(i => (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * hertz * i / rate)))];
}
