using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvLayout;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>An AVPacket: one coded picture or block of sound.</summary>
internal sealed unsafe class AvPacket : AvHandle
{
    private const int KeyFlag = 1;
    private const int CorruptFlag = 2;
    private const int DiscardFlag = 4;

    private AvPacket(nint owned) : base(owned) { }

    internal ref long Pts => ref At<long>(PacketPts);

    internal ref long Dts => ref At<long>(PacketDts);

    internal ref long Duration => ref At<long>(PacketDuration);

    /// <summary>Byte position in the source file; −1 for unknown.</summary>
    internal ref long Position => ref At<long>(PacketPosition);

    internal ref int StreamIndex => ref At<int>(PacketStreamIndex);

    internal bool IsKey => (At<int>(PacketFlags) & KeyFlag) != 0;

    /// <summary>The container could not read all of it.</summary>
    internal bool IsCorrupt => (At<int>(PacketFlags) & CorruptFlag) != 0;

    /// <summary>Decoded for others' sake, never shown: before the beginning that an edit list says.</summary>
    internal bool IsDiscarded => (At<int>(PacketFlags) & DiscardFlag) != 0;

    /// <summary>The coded bytes; gone after the next use of the packet.</summary>
    internal Span<byte> Data => new((void*)At<nint>(PacketData), At<int>(PacketSize));

    internal static AvPacket Allocate() => new(AvResult.CheckPointer(av_packet_alloc()));

    /// <summary>Gives the packet fresh memory of <paramref name="bytes"/> bytes (plus the padding that decoders over-read).</summary>
    internal Span<byte> Renew(int bytes)
    {
        av_packet_unref(this);
        AvResult.Check(av_new_packet(this, bytes));
        return Data;
    }

    protected override void Free(nint owned) => av_packet_free(ref owned);

    private ref T At<T>(int offset) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return ref *(T*)(handle + offset);
    }
}
