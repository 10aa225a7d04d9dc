using System.Buffers.Binary;

namespace Url2Video.Farm.Media.Audio;

/// <summary>A WAV file of 16 or 24 bits, 48 kHz, written piece by piece. Its length is put in at the end.</summary>
public sealed class WavWriter : IDisposable
{
    private const int SamplesPerSecond = 48_000, HeaderBytes16 = 44, HeaderBytes24 = 68;
    private readonly FileStream _file;
    private readonly Dither16 _dither = new();
    private readonly byte[] _buffer = new byte[48 * 1024];
    private readonly int _channels;
    private readonly int _bits;
    private long _bytes;

    /// <param name="path">Created or emptied.</param>
    /// <param name="channels">1 or 2.</param>
    /// <param name="bits">16 or 24.</param>
    public WavWriter(string path, int channels, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 2);
        if (bits is not (16 or 24))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "16 or 24.");
        }

        (_channels, _bits) = (channels, bits);
        _file = File.Create(path);
        _file.Write(new byte[bits == 16 ? HeaderBytes16 : HeaderBytes24]);
    }

    /// <param name="samples">Interleaved.</param>
    public void Write(ReadOnlySpan<float> samples)
    {
        var used = 0;
        foreach (var value in samples)
        {
            if (used + 3 > _buffer.Length)
            {
                Flush(used);
                used = 0;
            }

            var sample = Pcm24.FromFloat(value);
            if (_bits == 16)
            {
                BinaryPrimitives.WriteInt16LittleEndian(_buffer.AsSpan(used), _dither.Next(sample));
                used += 2;
                continue;
            }

            _buffer[used] = (byte)sample;
            _buffer[used + 1] = (byte)(sample >> 8);
            _buffer[used + 2] = (byte)(sample >> 16);
            used += 3;
        }

        Flush(used);
    }

    /// <summary>Puts the header in; the file is whole after that.</summary>
    /// <exception cref="IOException">More than the 4 GiB that the format can count.</exception>
    public void Finish()
    {
        var header = _bits == 16 ? Header16() : Header24();
        _file.Position = 0;
        _file.Write(header);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private void Flush(int bytes)
    {
        _bytes += bytes;
        if (_bytes > uint.MaxValue - HeaderBytes24)
        {
            throw new IOException("The sound is longer than a WAV file can hold.");
        }

        _file.Write(_buffer.AsSpan(0, bytes));
    }

    private byte[] Header16()
    {
        var header = new byte[HeaderBytes16];
        Start(header, formatBytes: 16, tag: 1);
        Data(header.AsSpan(36));
        return header;
    }

    // More than 16 bits ask for the extensible form, which says how many of them count and for which loudspeakers.
    private byte[] Header24()
    {
        const ushort Extensible = 0xFFFE;
        var header = new byte[HeaderBytes24];
        Start(header, formatBytes: 40, Extensible);
        var more = header.AsSpan(36);
        BinaryPrimitives.WriteUInt16LittleEndian(more, 22);
        BinaryPrimitives.WriteUInt16LittleEndian(more[2..], (ushort)_bits);
        BinaryPrimitives.WriteUInt32LittleEndian(more[4..], _channels == 2 ? 3u : 4u);
        ReadOnlySpan<byte> pcm = [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        pcm.CopyTo(more[8..]);
        Data(header.AsSpan(60));
        return header;
    }

    private void Start(Span<byte> header, int formatBytes, ushort tag)
    {
        var frame = _channels * _bits / 8;
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(header.Length - 8 + _bytes));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], (uint)formatBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], tag);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)_channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], SamplesPerSecond);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(SamplesPerSecond * frame));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)frame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], (ushort)_bits);
    }

    private void Data(Span<byte> chunk)
    {
        "data"u8.CopyTo(chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[4..], (uint)_bytes);
    }
}
