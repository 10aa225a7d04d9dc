namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The kinds of image that are read; nothing else reaches a decoder.</summary>
public enum ImageFormat
{
    Png,
    Jpeg,
    Webp,

    /// <summary>The first picture only.</summary>
    Gif,
    Bmp,
}

/// <summary>What an image says of itself before any pixel is decoded.</summary>
/// <param name="Width">Pixels as stored, 1 and up.</param>
/// <param name="Height">Pixels as stored, 1 and up.</param>
/// <param name="BitsPerPixel">Of the decoded form, the worst case where the header does not tell.</param>
/// <param name="Orientation">EXIF 1..8, 1 for upright; how the stored picture is to be turned.</param>
public readonly record struct ImageInfo(ImageFormat Format, int Width, int Height, int BitsPerPixel, int Orientation = 1)
{
    public const int SideMax = 16_384;

    /// <summary>True when width and height trade places on the screen.</summary>
    public bool IsTurned => Orientation >= 5;

    /// <summary>Reads headers only; the kind is told by content, never by name.</summary>
    /// <exception cref="FFmpegException">
    /// InvalidData when it is no image of a known kind, damaged or cut off; Unsupported for an animated WebP.
    /// </exception>
    public static ImageInfo Probe(ReadOnlySpan<byte> bytes)
    {
        var info = bytes switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngHeader.Read(bytes),
            [0xFF, 0xD8, 0xFF, ..] => JpegHeader.Read(bytes),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
                WebpHeader.Read(bytes),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifHeader.Read(bytes),
            [(byte)'B', (byte)'M', ..] => BmpHeader.Read(bytes),
            _ => throw Damaged("not an image of a known kind"),
        };
        return info.Width > 0 && info.Height > 0 ? info : throw Damaged($"an image of {info.Width}x{info.Height} pixels");
    }

    internal static FFmpegException Damaged(string what) => new(FFmpegErrorKind.InvalidData, $"The bytes are {what}.");

    /// <summary>The part at that place, or an error where the file ends before.</summary>
    internal static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, long at, long length) =>
        at >= 0 && length >= 0 && at + length <= bytes.Length
            ? bytes.Slice((int)at, (int)length)
            : throw Damaged("an image that is cut off");
}
