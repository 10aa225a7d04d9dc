using System.Buffers.Binary;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class AudioDecoderTests
{
    [RequiresFFmpegFact]
    public void Decode_WavAtTheSameRate_IsExact()
    {
        short[] samples = [.. Enumerable.Range(0, 48_000).Select(i => (short)(i * 37 % 65_536 - 32_768))];

        var clip = AudioDecoder.Decode(Wav(samples, 2, 48_000));

        Assert.Equal(samples.Select(s => s / 32_768f), clip.Samples.ToArray());
    }

    [RequiresFFmpegFact]
    public void Decode_MonoAt16Kilohertz_ComesOutAsAsked()
    {
        var clip = AudioDecoder.Decode(Wav(new short[16_000], 1, 16_000), new AudioDecodeOptions { Output = new AudioFormat(1) });

        Assert.Equal((1, 48_000), (clip.Channels, clip.SampleRate));
        Assert.InRange(clip.Frames, 47_900, 48_100);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Decode_CompressedFiles_AreReadByContentWhateverTheirName()
    {
        using var scratch = new ScratchFolder();
        foreach (var extension in new[] { "mp3", "m4a", "ogg", "flac", "mka", "aac" })
        {
            var file = scratch[$"sound.{extension}"];
            Programs.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=440:r=44100:d=1.5,volume=4", "-ac", "2", file);

            var clip = AudioDecoder.Decode(File.ReadAllBytes(file));

            Assert.InRange(clip.Frames, 71_000, 76_500);
            Assert.InRange(Signal.Rms(clip.Samples.Span[20_000..100_000]), 0.2, 0.4);
        }
    }

    [RequiresFFmpegFact]
    public void Decode_LongerThanAllowed_IsTooLarge()
    {
        var wav = Wav(new short[48_000 * 3], 1, 48_000);

        var failure = Assert.Throws<FFmpegException>(() => AudioDecoder.Decode(wav, new AudioDecodeOptions { SecondsMax = 2 }));

        Assert.Equal(FFmpegErrorKind.TooLarge, failure.Kind);
    }

    [RequiresFFmpegFact]
    public void Decode_NoSoundOrDamaged_IsInvalidAndLeaksNothing()
    {
        var live = AvHandle.Live;
        using var picture = Pictures.Drawn(32, 32);
        var wav = Wav(new short[2_000], 2, 48_000);

        foreach (var bytes in new[] { [], "not sound"u8.ToArray(), ImageEncoder.EncodePng(picture), wav[..20], new byte[5_000] })
        {
            var failure = Assert.Throws<FFmpegException>(() => AudioDecoder.Decode(bytes));
            Assert.True(failure.Kind == FFmpegErrorKind.InvalidData, failure.Message);
        }

        Assert.Equal(live, AvHandle.Live);
    }

    [RequiresFFmpegFact]
    public void Decode_StreamThatFails_ThrowsItsOwnError()
    {
        using var stream = new FailingStream(Wav(new short[200_000], 2, 48_000));

        var failure = Assert.Throws<IOException>(() => AudioDecoder.Decode(stream));

        Assert.Contains("the disk is gone", failure.Message, StringComparison.Ordinal);
    }

    private static byte[] Wav(short[] samples, short channels, int rate)
    {
        var wav = new byte[44 + samples.Length * 2];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), rate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples.Length * 2);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes<short>(samples).CopyTo(wav.AsSpan(44));
        return wav;
    }

    private sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) =>
            Position < 150_000 ? base.Read(buffer) : throw new IOException("the disk is gone");
    }
}
