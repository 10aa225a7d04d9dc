namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// AAC packets in a scratch file, each under a header of ISO/IEC 13818-7 (ADTS), which decoders take as a file. Two hours of sound are 115 MB that nobody needs at once:
/// they are written in order, heard in order and cut in order. What stays in memory is 8 bytes a packet.
/// </summary>
public sealed class AacPackets : IDisposable
{
    private const int HeaderBytes = 7;

    /// <summary>The header says the length in 13 bits.</summary>
    private const int PacketBytesMax = (1 << 13) - 1 - HeaderBytes;
    private const int Channels = 2;
    private readonly FileStream _file;
    private readonly List<long> _ends = [];

    private AacPackets(FileStream file) => _file = file;

    public int Count => _ends.Count;

    /// <param name="directory">Existing; the file goes with this object.</param>
    public static AacPackets Create(string directory) => new(new FileStream(
        Path.Combine(directory, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose));

    /// <param name="packet">AAC-LC of 48 kHz stereo, 0..8184 bytes.</param>
    public void Add(ReadOnlySpan<byte> packet)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(packet.Length, PacketBytesMax, nameof(packet));
        var length = packet.Length + HeaderBytes;
        _file.Position = Start(Count);
        _file.Write(
        [
            0xFF,
            0xF1, // MPEG-4, no checksum.
            1 << 6 | 3 << 2, // Low complexity, 48 kHz.
            (byte)(Channels << 6 | length >> 11),
            (byte)(length >> 3),
            (byte)((length & 7) << 5 | 0x1F),
            0xFC,
        ]);
        _file.Write(packet);
        _ends.Add(_file.Position);
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _ends.Clear();
        _file.SetLength(0);
    }

    /// <summary>Packets without their headers.</summary>
    public ReadOnlyMemory<byte>[] Read(int first, int count)
    {
        var packets = new ReadOnlyMemory<byte>[count];
        _file.Position = Start(first);
        var bytes = new byte[Start(first + count) - Start(first)];
        _file.ReadExactly(bytes);
        for (var i = 0; i < count; i++)
        {
            var (from, to) = ((int)(Start(first + i) - Start(first)) + HeaderBytes, (int)(_ends[first + i] - Start(first)));
            packets[i] = bytes.AsMemory(from, to - from);
        }

        return packets;
    }

    /// <summary>The whole, from its beginning; belongs to this object, which is not to be used until it has been read.</summary>
    internal Stream AsAdts()
    {
        _file.Position = 0;
        return _file;
    }

    public void Dispose() => _file.Dispose();

    private long Start(int packet) => packet == 0 ? 0 : _ends[packet - 1];
}
