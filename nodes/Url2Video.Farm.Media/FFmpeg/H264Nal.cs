using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>H.264 byte streams (ITU-T H.264 Annex B) and their length-prefixed form (ISO/IEC 14496-15).</summary>
internal static class H264Nal
{
    internal const int Sei = 6;
    internal const int SequenceParameters = 7;
    internal const int PictureParameters = 8;
    internal const int Delimiter = 9;
    private const int LengthBytes = 4;

    private static ReadOnlySpan<byte> StartCode => [0, 0, 1];

    internal static int TypeOf(ReadOnlySpan<byte> unit) => unit[0] & 0x1F;

    /// <summary>Cuts the first unit off; false when there is none left.</summary>
    internal static bool TryNext(ref ReadOnlySpan<byte> stream, out ReadOnlySpan<byte> unit)
    {
        while (true)
        {
            unit = default;
            var start = stream.IndexOf(StartCode);
            if (start < 0)
            {
                return false;
            }

            var rest = stream[(start + StartCode.Length)..];
            var end = rest.IndexOf(StartCode);
            stream = end < 0 ? default : rest[end..];
            // Zeros before a start code belong to it; a unit itself ends in a stop bit, never in a zero.
            unit = (end < 0 ? rest : rest[..end]).TrimEnd((byte)0);
            if (unit.Length > 0)
            {
                return true;
            }
        }
    }

    /// <summary>Writes the picture's units to <paramref name="target"/>, without SEI (x264 signs its name there) and delimiters.</summary>
    /// <returns>Bytes written; <paramref name="target"/> is replaced by a larger array when too small.</returns>
    internal static int ToLengthPrefixed(ReadOnlySpan<byte> stream, ref byte[] target)
    {
        var written = 0;
        while (TryNext(ref stream, out var unit))
        {
            if (TypeOf(unit) is Sei or Delimiter)
            {
                continue;
            }

            var needed = written + LengthBytes + unit.Length;
            if (needed > target.Length)
            {
                Array.Resize(ref target, Math.Max(needed, target.Length * 2));
            }

            BinaryPrimitives.WriteInt32BigEndian(target.AsSpan(written), unit.Length);
            unit.CopyTo(target.AsSpan(written + LengthBytes));
            written = needed;
        }

        return written;
    }
}
