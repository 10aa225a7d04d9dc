namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>One coded frame or block of sound, lent for the length of a call: copy what must outlive it.</summary>
/// <param name="data">
/// H.264: NAL units, each behind its length in 4 bytes big-endian (as in MP4), without SEI and delimiters. AAC: one raw packet.
/// </param>
/// <param name="pts">Time of presentation in ticks of the encoder: video frames, or 48 kHz samples.</param>
/// <param name="dts">Time of decoding, same ticks; starts below zero when frames are reordered.</param>
/// <param name="isKey">Decoding can start here.</param>
public readonly ref struct EncodedPacket(ReadOnlySpan<byte> data, long pts, long dts, bool isKey)
{
    public ReadOnlySpan<byte> Data { get; } = data;

    public long Pts { get; } = pts;

    public long Dts { get; } = dts;

    public bool IsKey { get; } = isKey;
}

/// <summary>Receives packets in decoding order.</summary>
public delegate void PacketSink(EncodedPacket packet);
