using System.Security.Cryptography;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class AudioEncoderTests
{
    [RequiresFFmpegTheory]
    [InlineData(1024 * 10, 11)]
    [InlineData(1024 * 10 + 1, 12)]
    [InlineData(5, 2)]
    public void Encode_AnyLength_GivesItsPacketsAndOneOfPriming(int samples, int packets)
    {
        using var encoder = AudioEncoder.Open();
        var all = Encode(encoder, Signal.Sine(440, 0.4, 1).Samples.Span[..(samples * 2)]);

        Assert.Equal(packets, all.Count);
        Assert.Equal(Enumerable.Range(0, packets).Select(i => (i - 1) * 1024L), all.Select(p => p.Pts));
    }

    [RequiresFFmpegFact]
    public void Encode_InOtherPieces_GivesTheSameBytes()
    {
        var samples = Signal.Sine(440, 0.4, 1.7).Samples;
        using var whole = AudioEncoder.Open();
        using var pieces = AudioEncoder.Open();
        var expected = Encode(whole, samples.Span);

        var actual = new List<(byte[] Data, long Pts)>();
        for (var at = 0; at < samples.Length; at += 3_334)
        {
            pieces.Encode(samples.Span.Slice(at, Math.Min(3_334, samples.Length - at)), p => actual.Add((p.Data.ToArray(), p.Pts)));
        }

        pieces.Flush(p => actual.Add((p.Data.ToArray(), p.Pts)));

        Assert.Equal(Hash(expected), Hash(actual));
    }

    [RequiresFFmpegFact]
    public void Open_Stereo_DescribesItselfAsAacLc()
    {
        using var encoder = AudioEncoder.Open();

        // Object type 2 (5 bits), rate index 3 = 48 kHz (4 bits), 2 channels (4 bits).
        Assert.Equal([0x11, 0x90], encoder.AudioSpecificConfig[..2].ToArray());
        Assert.Equal("mp4a.40.2", encoder.CodecString);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Encode_DecodedFromOutside_IsTheSignalAfterThePriming()
    {
        using var scratch = new ScratchFolder();
        using var encoder = AudioEncoder.Open(bitRate: 192_000);
        var clip = Signal.Sine(440, 0.4, 1);
        File.WriteAllBytes(scratch["a.aac"], [.. Encode(encoder, clip.Samples.Span).SelectMany(p => Adts(p.Data))]);

        Programs.Run("ffmpeg", "-v", "error", "-xerror", "-i", scratch["a.aac"], "-f", "f32le", scratch["a.pcm"]);
        var decoded = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(scratch["a.pcm"]));

        var error = 0.0;
        for (var i = 4_000; i < 80_000; i++)
        {
            error = Math.Max(error, Math.Abs(decoded[AudioEncoder.PrimingSamples * 2 + i] - clip.Samples.Span[i]));
        }

        Assert.InRange(error, 0, 0.02);
    }

    [RequiresFFmpegFact]
    public void OpenAndDispose_LeavesNoNativeObject()
    {
        var before = AvHandle.Live;

        AudioEncoder.Open(1, 64_000).Dispose();

        Assert.Equal(before, AvHandle.Live);
    }

    private static List<(byte[] Data, long Pts)> Encode(AudioEncoder encoder, ReadOnlySpan<float> samples)
    {
        var packets = new List<(byte[], long)>();
        encoder.Encode(samples, p => packets.Add((p.Data.ToArray(), p.Pts)));
        encoder.Flush(p => packets.Add((p.Data.ToArray(), p.Pts)));
        return packets;
    }

    private static string Hash(List<(byte[] Data, long Pts)> packets) =>
        Convert.ToHexString(SHA256.HashData(packets.SelectMany(p => p.Data).ToArray()));

    // A raw packet behind the seven bytes that make it a stream (ISO/IEC 14496-3 1.A.2.2): LC, 48 kHz, stereo.
    private static byte[] Adts(byte[] packet)
    {
        var length = packet.Length + 7;
        return [0xFF, 0xF1, 0x4C, (byte)(0x80 | (length >> 11)), (byte)(length >> 3), (byte)((length & 7) << 5 | 0x1F), 0xFC, .. packet];
    }
}
