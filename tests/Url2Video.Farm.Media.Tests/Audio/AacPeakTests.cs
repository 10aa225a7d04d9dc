using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Tests.FFmpeg;

namespace Url2Video.Farm.Media.Tests.Audio;

[Collection(FFmpegCollection.Name)]
public class AacPeakTests
{
    private const int Second = 48_000;

    /// <summary>Beeps that were limited hard come out of the encoder higher than they went in; what we say of it is what decoders hear.</summary>
    [RequiresFFmpegFact]
    public void DbHundredths_LimitedBeeps_IsThePeakThatDecodersHear()
    {
        var beeps = Enumerable.Range(0, 6 * Second).Select(i => (short)(i % 48_000 < 1_500 ? 30_000 * Math.Sin(i * (0.06 + i % 48_000 / 12_000.0)) : 0)).ToArray();
        var (samples, report) = Signals.Mix(new MixPlan(6 * Second, [new(0, PcmSource.FromSamples(beeps))], MusicPlan.None, -100, -20));

        var packets = Encode(samples);
        var peak = AacPeak.DbHundredths(packets, 10, default);

        Assert.InRange(report.TruePeakDbHundredths, -210, -190);
        Assert.True(peak > report.TruePeakDbHundredths, "The encoder was expected to overshoot.");
        Assert.InRange(peak / 100.0, Decoded(samples) - 0.4, Decoded(samples) + 0.4);
    }

    [RequiresFFmpegFact]
    public void DbHundredths_SilenceAndNothing_IsTheFloor()
    {
        Assert.Equal(-20_000, AacPeak.DbHundredths([], 10, default));
        Assert.True(AacPeak.DbHundredths(Encode(new float[2 * Second]), 10, default) < -10_000);
    }

    private static double Decoded(float[] samples) => Signals.Ebur128(samples, "128k").TruePeak;

    private static List<ReadOnlyMemory<byte>> Encode(float[] samples)
    {
        using var encoder = AudioEncoder.Open();
        var packets = new List<ReadOnlyMemory<byte>>();
        encoder.Encode(samples, p => packets.Add(p.Data.ToArray()));
        encoder.Flush(p => packets.Add(p.Data.ToArray()));
        return packets;
    }
}
