using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Windows and OS/2 bitmaps.</summary>
internal static class BmpHeader
{
    internal static ImageInfo Read(ReadOnlySpan<byte> bytes)
    {
        var header = ImageInfo.Part(bytes, 14, 12);
        var size = BinaryPrimitives.ReadInt32LittleEndian(header);
        var (width, height) = size switch
        {
            12 => (BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..])),
            40 or 52 or 56 or 64 or 108 or 124 =>
                (BinaryPrimitives.ReadInt32LittleEndian(header[4..]), BinaryPrimitives.ReadInt32LittleEndian(header[8..])),
            _ => throw ImageInfo.Damaged("not an image of a known kind"),
        };
        // A negative height means rows from the top down; the most negative number has no opposite.
        return height == int.MinValue
            ? throw ImageInfo.Damaged("a bitmap without a height")
            : new ImageInfo(ImageFormat.Bmp, width, Math.Abs(height), 32);
    }
}
