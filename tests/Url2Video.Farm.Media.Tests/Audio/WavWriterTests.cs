using System.Buffers.Binary;
using Url2Video.Farm.Media.Audio.Wav;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Tests.FFmpeg;

namespace Url2Video.Farm.Media.Tests.Audio;

[Collection(FFmpegCollection.Name)]
public class WavWriterTests
{
    [RequiresFFmpegFact]
    public void Write_24Bits_AreTheMixExactly()
    {
        var samples = Enumerable.Range(0, 9_601).Select(i => (i * 7_919 % (1 << 24) - (1 << 23)) / (float)(1 << 23)).ToArray();
        var decoded = AudioDecoder.Decode(File(samples, 1, 24), new AudioDecodeOptions { Output = new AudioFormat(1) });

        Assert.Equal(samples, decoded.Samples.ToArray());
    }

    /// <summary>A tone of half a step is gone without dither; with it, it is still there in the mean.</summary>
    [Fact]
    public void Write_16Bits_AreDithered()
    {
        var quiet = Enumerable.Range(0, 96_000).Select(i => (float)(0.5 / 32_767 * Math.Sin(2 * Math.PI * 440 * i / 48_000))).ToArray();
        var pcm = Samples16(File(quiet, 1, 16));

        Assert.InRange(Signals.Level(pcm, 440), 0.45, 0.55);
        Assert.All(pcm, s => Assert.InRange(s, -2, 2));
        // No distortion: the harmonic that rounding alone would make is not there.
        Assert.True(Signals.Level(pcm, 1_320) < 0.02);
    }

    [Fact]
    public void Write_SameSeed_IsTheSameFile()
    {
        float[] sound = [0.1f, -0.2f, float.NaN, 2f, -2f, float.PositiveInfinity];
        Assert.Equal(File(sound, 2, 16, 5), File(sound, 2, 16, 5));
        Assert.NotEqual(File(new float[200], 2, 16, 5), File(new float[200], 2, 16, 6));
        var pcm = Samples16(File(sound, 2, 16, 5));
        Assert.InRange(pcm[2], -1, 1);
        Assert.Equal([short.MaxValue, short.MinValue, short.MaxValue], pcm[3..]);
    }

    [Fact]
    public void Finish_OddNumberOfBytes_IsPadded()
    {
        var file = File([0.5f], 1, 24);
        Assert.Equal(48, file.Length);
        Assert.Equal(40u, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(3u, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(40)));
        Assert.Equal(1 << 22, Recordings.Sample24(file, 0));
    }

    [Fact]
    public void Write_MoreOrFewerThanTheHeaderSays_Throws()
    {
        var writer = new WavWriter(new MemoryStream(), 1, 2, 16);
        Assert.Throws<InvalidOperationException>(() => writer.Write([0f, 0f, 0f]));
        Assert.Throws<InvalidOperationException>(writer.Finish);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WavWriter(Stream.Null, 2, 1L << 40, 24));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WavWriter(Stream.Null, 2, 1, 20));
    }

    private static byte[] File(float[] samples, int channels, int bits, ulong seed = 1)
    {
        using var file = new MemoryStream();
        var writer = new WavWriter(file, channels, samples.Length / channels, bits, seed);
        writer.Write(samples);
        writer.Finish();
        return file.ToArray();
    }

    private static short[] Samples16(byte[] file) =>
        [.. Enumerable.Range(0, (file.Length - 44) / 2).Select(i => BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(44 + 2 * i)))];
}
