using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>WebP (RFC 9649): RIFF with a lossy, a lossless or an extended first chunk.</summary>
internal static class WebpHeader
{
    private const int FirstChunk = 12;
    private const int AnimationFlag = 0x02;

    internal static ImageInfo Read(ReadOnlySpan<byte> bytes)
    {
        var riffBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        _ = ImageInfo.Part(bytes, 8, riffBytes);
        var type = ImageInfo.Part(bytes, FirstChunk, 4);
        var data = ImageInfo.Part(bytes, FirstChunk + 8, 10);
        var (width, height) = type switch
        {
            [(byte)'V', (byte)'P', (byte)'8', (byte)' '] => Lossy(data),
            [(byte)'V', (byte)'P', (byte)'8', (byte)'L'] => Lossless(data),
            [(byte)'V', (byte)'P', (byte)'8', (byte)'X'] => Extended(data),
            _ => throw ImageInfo.Damaged("a WebP without a picture"),
        };
        return new ImageInfo(ImageFormat.Webp, width, height, 32);
    }

    private static (int Width, int Height) Lossy(ReadOnlySpan<byte> data) =>
        data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF)
            : throw ImageInfo.Damaged("a WebP without a key frame");

    private static (int Width, int Height) Lossless(ReadOnlySpan<byte> data)
    {
        if (data[0] != 0x2F)
        {
            throw ImageInfo.Damaged("a WebP without a lossless header");
        }

        var sides = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        return ((int)(sides & 0x3FFF) + 1, (int)((sides >> 14) & 0x3FFF) + 1);
    }

    private static (int Width, int Height) Extended(ReadOnlySpan<byte> data) =>
        (data[0] & AnimationFlag) == 0
            ? (Read24(data[4..]) + 1, Read24(data[7..]) + 1)
            : throw new FFmpegException(FFmpegErrorKind.Unsupported, "The WebP is animated.");

    private static int Read24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
