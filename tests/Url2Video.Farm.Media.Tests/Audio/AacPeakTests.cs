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

        using var packets = Encode(samples);
        var peak = AacPeak.DbHundredths(packets, 10, default);

        Assert.InRange(report.TruePeakDbHundredths, -210, -190);
        Assert.True(peak > report.TruePeakDbHundredths, "The encoder was expected to overshoot.");
        // The ffmpeg program lays its packets otherwise, so its overshoot is another one of the same size.
        Assert.InRange(peak / 100.0, Decoded(samples) - 0.8, Decoded(samples) + 0.8);
    }

    [RequiresFFmpegFact]
    public void DbHundredths_SilenceAndNothing_IsTheFloor()
    {
        using var nothing = AacPackets.Create(Path.GetTempPath());
        using var silence = Encode(new float[2 * Second]);
        Assert.Equal(-20_000, AacPeak.DbHundredths(nothing, 10, default));
        Assert.True(AacPeak.DbHundredths(silence, 10, default) < -10_000);
    }

    [Fact]
    public void Packets_ReadInAnyOrder_AreWhatWasAdded()
    {
        using var packets = AacPackets.Create(Path.GetTempPath());
        packets.Add([9, 9]);
        packets.Clear();
        byte[][] added = [[1, 2, 3], [], new byte[8_184], [4]];
        foreach (var packet in added)
        {
            packets.Add(packet);
        }

        Assert.Equal(4, packets.Count);
        Assert.Equal(added[1..], packets.Read(1, 3).Select(p => p.ToArray()));
        Assert.Equal(added[..2], packets.Read(0, 2).Select(p => p.ToArray()));
        Assert.Throws<ArgumentOutOfRangeException>(() => packets.Add(new byte[8_185]));
        packets.Add([5]);
        Assert.Equal([5], packets.Read(4, 1)[0].ToArray());
    }

    private static double Decoded(float[] samples) => Signals.Ebur128(samples, "128k").TruePeak;

    private static AacPackets Encode(float[] samples)
    {
        using var encoder = AudioEncoder.Open();
        var packets = AacPackets.Create(Path.GetTempPath());
        encoder.Encode(samples, p => packets.Add(p.Data));
        encoder.Flush(p => packets.Add(p.Data));
        return packets;
    }
}
