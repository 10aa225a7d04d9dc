namespace Url2Video.Farm.Core;

/// <content>Of the files that a film comes out as.</content>
public static partial class Limits
{
    /// <summary>The longer side of a GIF: its frames are hardly compressed, and messengers show it small.</summary>
    public const int GifSideMax = 480;

    /// <summary>Frames a second of a GIF: its times are hundredths of a second, and browsers slow down what is faster than 50.</summary>
    public const int GifFramesPerSecondMax = 12;

    /// <summary>A minute in 480 pixels is some 40 MB already.</summary>
    public const int GifSecondsMax = 60;

    /// <summary>Pictures of a PNG sequence: four minutes at 30 frames a second, some 15 GB in 1080p.</summary>
    public const int PngFramesMax = 7_200;

    /// <summary>A sequence of so many pixels in all: 7,200 frames of 1080p, or 1,800 of 2160p.</summary>
    public const long PngPixelsMax = 7_200L * 1920 * 1080;

    /// <summary>Pictures of the smallest rendition that I-frames and thumbnails are taken from: four hours of 1080p30. To decode them takes half an hour of a core, of the hour that joining may take.</summary>
    public const long TrickPlayPixelsMax = 4L * 3_600 * 30 * 1920 * 1080;

    /// <summary>RIFF files (WAV, AVI) count bytes in 32 bits; readers of the large variants are rare.</summary>
    public const long RiffBytesMax = uint.MaxValue - 1_048_576L;

    /// <summary>How far a rate factor may be moved: beyond it files become larger than what they were made from, or useless.</summary>
    public const int CrfShiftMax = 12;
}
