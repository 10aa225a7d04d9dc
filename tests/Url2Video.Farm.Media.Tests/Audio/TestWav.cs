using System.Buffers.Binary;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>
/// Recordings as people bring them: sound as a WAV file of 16 or 24 bits, at any rate. 24 bits hold a mix exactly; 16 bits are dithered with triangular noise (TPDF) from a seed,
/// so that quiet passages fade into noise and not into distortion, and the same sound gives the same file. Not thread-safe.
/// </summary>
internal sealed class TestWav
{
    /// <summary>A RIFF file counts its bytes in 32 bits.</summary>
    private const long BytesMax = uint.MaxValue - 64;
    private readonly Stream _destination;
    private readonly int _channels;
    private readonly int _bytesPerSample;
    private readonly byte[] _bytes = new byte[4 * 4_096];
    private long _samplesLeft;
    private bool _isOdd;
    private Noise _noise;

    /// <summary>Writes the header at once: the length is known before the sound is.</summary>
    /// <param name="destination">Written in order, never read or sought; not disposed.</param>
    /// <param name="frames">Samples of one channel that will follow.</param>
    /// <param name="bits">16 or 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range, or the file would have more than 4 GiB.</exception>
    public TestWav(Stream destination, int channels, long frames, int bits, ulong seed = 0, int rateHertz = 48_000)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        ArgumentOutOfRangeException.ThrowIfLessThan(rateHertz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rateHertz, 192_000);
        if (bits is not (16 or 24))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "A sample has 16 or 24 bits here.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, BytesMax / (channels * bits / 8));
        (_destination, _channels, _bytesPerSample) = (destination, channels, bits / 8);
        (_samplesLeft, _noise) = (frames * channels, new Noise(seed));
        WriteHeader(frames, rateHertz);
    }

    /// <summary>More sound.</summary>
    /// <param name="samples">Interleaved, ±1; what is beyond is clipped, what is not a number is silence.</param>
    /// <exception cref="InvalidOperationException">More samples than the header says.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (samples.Length > _samplesLeft)
        {
            throw new InvalidOperationException($"The header says that {_samplesLeft} samples are left; {samples.Length} came.");
        }

        _samplesLeft -= samples.Length;
        while (samples.Length > 0)
        {
            var count = Math.Min(samples.Length, 4_096);
            for (var i = 0; i < count; i++)
            {
                Put(_bytes.AsSpan(i * _bytesPerSample), float.IsNaN(samples[i]) ? 0 : samples[i]);
            }

            _destination.Write(_bytes.AsSpan(0, count * _bytesPerSample));
            samples = samples[count..];
        }
    }

    /// <summary>The end: a file of an odd number of bytes gets one more.</summary>
    /// <exception cref="InvalidOperationException">Fewer samples came than the header says.</exception>
    public void Finish()
    {
        if (_samplesLeft != 0)
        {
            throw new InvalidOperationException($"{_samplesLeft} samples are missing.");
        }

        if (_isOdd)
        {
            _destination.WriteByte(0);
        }
    }

    private void Put(Span<byte> bytes, double sample)
    {
        if (_bytesPerSample == 2)
        {
            // Two even draws of ±½ step: their sum is triangular over ±1 step.
            var dither = (_noise.Next() + _noise.Next()) / 2;
            var value = Math.Clamp(Math.Round(sample * short.MaxValue + dither), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)value);
            return;
        }

        var whole = (int)Math.Clamp(Math.Round(sample * ScratchSamples.FullScale), -ScratchSamples.FullScale, ScratchSamples.FullScale - 1);
        (bytes[0], bytes[1], bytes[2]) = ((byte)whole, (byte)(whole >> 8), (byte)(whole >> 16));
    }

    private void WriteHeader(long frames, int rateHertz)
    {
        var frameBytes = _channels * _bytesPerSample;
        var data = frames * frameBytes;
        _isOdd = (data & 1) != 0;
        Span<byte> header = stackalloc byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(36 + data + (data & 1)));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)_channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)rateHertz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(rateHertz * frameBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)frameBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], (ushort)(8 * _bytesPerSample));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], (uint)data);
        _destination.Write(header);
    }
}
