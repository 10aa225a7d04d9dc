using System.Buffers.Binary;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Tests.FFmpeg;

namespace Url2Video.Farm.Media.Tests.Audio;

[Collection(FFmpegCollection.Name)]
public sealed class SoundFileTests
{
    [Fact]
    public void Pcm24_EverySampleThatIsOne_StaysItself()
    {
        var random = new Random(24);
        int[] edges = [0, 1, -1, 8_388_607, -8_388_608];
        foreach (var sample in edges.Concat(Enumerable.Range(0, 100_000).Select(_ => random.Next(-8_388_608, 8_388_608))))
        {
            Assert.Equal(sample, Pcm24.FromFloat(Pcm24.ToFloat(sample)));
        }

        Assert.Equal((8_388_607, -8_388_608), (Pcm24.FromFloat(1.5f), Pcm24.FromFloat(-1.5f)));
    }

    [Fact]
    public void Dither_OfASoundBelowOneStep_KeepsItInTheMean()
    {
        var dither = new Dither16();
        const int Sample = 77; // 0.3 of a step.

        var mean = Enumerable.Range(0, 200_000).Select(_ => (double)dither.Next(Sample)).Average();

        Assert.Equal(77 / 256.0, mean, 0.01);
        Assert.Equal((short.MaxValue, short.MinValue), (new Dither16().Next(8_388_607), new Dither16().Next(-8_388_608)));
    }

    [Theory]
    [InlineData(16, 44)]
    [InlineData(24, 68)]
    public void Wav_Header_CountsItsBytes(int bits, int headerBytes)
    {
        using var scratch = new ScratchFolder();
        Wav(scratch["a.wav"], bits, new float[2 * 1_000]);
        var bytes = File.ReadAllBytes(scratch["a.wav"]);

        Assert.Equal(headerBytes + 2_000 * bits / 8, bytes.Length);
        Assert.Equal((uint)bytes.Length - 8, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
        Assert.Equal((uint)(2_000 * bits / 8), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(headerBytes - 4)));
    }

    [RequiresFFmpegTheory]
    [InlineData(48_000)]
    [InlineData(1)]
    [InlineData(4_609)]
    public void Flac_AndWav24_GiveBackExactlyTheSamplesOf24Bits(int frames)
    {
        using var scratch = new ScratchFolder();
        var samples = Noise(frames * 2);
        var wanted = new float[samples.Length];
        Pcm24.Quantise(samples, wanted);
        using (var encoder = SoundFileEncoder.Create(SoundFileKind.Flac, scratch["a.flac"]))
        {
            encoder.Write(samples);
            encoder.Finish();
        }

        Wav(scratch["a.wav"], 24, samples);

        foreach (var name in new[] { "a.flac", "a.wav" })
        {
            using var file = File.OpenRead(scratch[name]);
            Assert.Equal(wanted, AudioDecoder.Decode(file).Samples.ToArray());
        }
    }

    [RequiresFFmpegTheory]
    [InlineData(SoundFileKind.Flac)]
    [InlineData(SoundFileKind.OpusWebM)]
    [InlineData(SoundFileKind.Mp3)]
    public void Create_SameSoundInOtherPieces_GivesTheSameFile(SoundFileKind kind)
    {
        using var scratch = new ScratchFolder();
        var samples = Noise(2 * 30_000);
        foreach (var (name, step) in new[] { ("one", samples.Length), ("two", 2 * 777) })
        {
            using var encoder = SoundFileEncoder.Create(kind, scratch[name]);
            foreach (var piece in samples.Chunk(step))
            {
                encoder.Write(piece);
            }

            encoder.Finish();
        }

        Assert.Equal(File.ReadAllBytes(scratch["one"]), File.ReadAllBytes(scratch["two"]));
    }

    private static void Wav(string path, int bits, float[] samples)
    {
        using var writer = new WavWriter(path, 2, bits);
        writer.Write(samples);
        writer.Finish();
    }

    private static float[] Noise(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 1.9 - 0.95))];
    }
}
