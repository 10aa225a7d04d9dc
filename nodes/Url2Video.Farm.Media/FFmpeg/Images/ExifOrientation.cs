using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The one EXIF tag that changes how a picture is seen (CIPA DC-008, tag 0x0112).</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112;
    private const int EntriesMax = 256;
    private const int EntryBytes = 12;

    /// <param name="segment">An APP1 segment without marker and length.</param>
    /// <returns>1..8, or null when the segment says nothing sensible: a bad tag is no reason to refuse a picture.</returns>
    internal static int? Read(ReadOnlySpan<byte> segment)
    {
        if (!segment.StartsWith("Exif\0\0"u8) || segment.Length < 14)
        {
            return null;
        }

        var tiff = segment[6..];
        var isLittle = tiff[0] == 'I';
        var directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        var entries = tiff[(int)directory..];
        var count = Math.Min(EntriesMax, Read16(entries, isLittle));
        for (var i = 0; i < count && 2 + (i + 1) * EntryBytes <= entries.Length; i++)
        {
            var entry = entries.Slice(2 + i * EntryBytes, EntryBytes);
            if (Read16(entry, isLittle) == Tag)
            {
                return Read16(entry[8..], isLittle) is >= 1 and <= 8 and var value ? value : null;
            }
        }

        return null;
    }

    private static int Read16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
