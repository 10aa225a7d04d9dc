using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Tells pictures at which decoding really begins anew (IDR) from those that a container only calls key pictures: after an open group or
/// an intra refresh, a decoder that starts there shows other bits than one that came from the beginning.
/// </summary>
internal static class H264Idr
{
    private const int IdrSlice = 5;
    private const int TypeMask = 0x1F;

    /// <param name="extraData">Of the stream: begins with 1 when NAL units have lengths before them, else they have start codes.</param>
    internal static bool IsIn(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> extraData) =>
        extraData is [1, _, _, _, var lengths, ..] ? InLengths(packet, (lengths & 3) + 1) : InStartCodes(packet);

    private static bool InLengths(ReadOnlySpan<byte> packet, int lengthBytes)
    {
        Span<byte> wide = stackalloc byte[sizeof(uint)];
        while (packet.Length > lengthBytes)
        {
            wide.Clear();
            packet[..lengthBytes].CopyTo(wide[(sizeof(uint) - lengthBytes)..]);
            var length = BinaryPrimitives.ReadUInt32BigEndian(wide);
            if ((packet[lengthBytes] & TypeMask) == IdrSlice)
            {
                return true;
            }

            if (length >= packet.Length - lengthBytes)
            {
                return false;
            }

            packet = packet[(lengthBytes + (int)length)..];
        }

        return false;
    }

    private static bool InStartCodes(ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> code = [0, 0, 1];
        for (var at = packet.IndexOf(code); at >= 0; at = packet.IndexOf(code))
        {
            packet = packet[(at + code.Length)..];
            if (packet.Length > 0 && (packet[0] & TypeMask) == IdrSlice)
            {
                return true;
            }
        }

        return false;
    }
}
