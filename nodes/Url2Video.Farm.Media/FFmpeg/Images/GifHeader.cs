using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>GIF 87a and 89a: the logical screen is the size of the decoded picture.</summary>
internal static class GifHeader
{
    internal static ImageInfo Read(ReadOnlySpan<byte> bytes)
    {
        var screen = ImageInfo.Part(bytes, 6, 7);
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(screen), BinaryPrimitives.ReadUInt16LittleEndian(screen[2..]));
        return new ImageInfo(ImageFormat.Gif, width, height, 32);
    }
}
