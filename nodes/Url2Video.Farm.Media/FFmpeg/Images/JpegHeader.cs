using System.Buffers.Binary;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>JPEG (ITU-T T.81): segments behind markers, and coded data after each start of scan.</summary>
internal static class JpegHeader
{
    /// <summary>A progressive file has about ten scans; thousands of tiny ones are an attack on time.</summary>
    private const int ScansMax = 64;

    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Exif = 0xE1;

    /// <summary>Walks the whole file, so that a second frame header or a missing end cannot surprise the decoder.</summary>
    internal static ImageInfo Read(ReadOnlySpan<byte> bytes)
    {
        var (width, height, orientation, scans) = (0, 0, 1, 0);
        var at = 2L;
        while (true)
        {
            at = NextMarker(bytes, at);
            var marker = bytes[(int)at - 1];
            if (marker == EndOfImage)
            {
                break;
            }

            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(ImageInfo.Part(bytes, at, 2));
            var segment = ImageInfo.Part(bytes, at + 2, length - 2);
            at += length;
            if (IsFrame(marker))
            {
                (width, height) = Frame(segment, width, height);
            }
            else if (marker == Exif)
            {
                orientation = ExifOrientation.Read(segment) ?? orientation;
            }
            else if (marker == StartOfScan && ++scans > ScansMax)
            {
                throw new FFmpegException(FFmpegErrorKind.TooLarge, $"The JPEG has more than {ScansMax} scans.");
            }
        }

        return scans > 0 && width > 0
            ? new ImageInfo(ImageFormat.Jpeg, width, height, 32, orientation)
            : throw ImageInfo.Damaged("a JPEG without a picture");
    }

    // The position after the next marker that is neither stuffing (FF 00), fill (FF FF) nor a restart inside coded data.
    private static long NextMarker(ReadOnlySpan<byte> bytes, long at)
    {
        while (true)
        {
            var found = at < bytes.Length ? bytes[(int)at..].IndexOf((byte)0xFF) : -1;
            if (found < 0 || at + found + 1 >= bytes.Length)
            {
                throw ImageInfo.Damaged("a JPEG that is cut off");
            }

            at += found + 1;
            if (bytes[(int)at] is not (0x00 or 0xFF))
            {
                return at + 1;
            }
        }
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static (int Width, int Height) Frame(ReadOnlySpan<byte> segment, int width, int height)
    {
        var sides = ImageInfo.Part(segment, 1, 4);
        var (newHeight, newWidth) = (BinaryPrimitives.ReadUInt16BigEndian(sides), BinaryPrimitives.ReadUInt16BigEndian(sides[2..]));
        if (newWidth == 0 || newHeight == 0)
        {
            throw ImageInfo.Damaged($"an image of {newWidth}x{newHeight} pixels");
        }

        return width == 0 || (width, height) == (newWidth, newHeight)
            ? (newWidth, newHeight)
            : throw ImageInfo.Damaged("a JPEG with frames of two sizes");
    }
}
