namespace Url2Video.Farm.Core;

public static partial class Limits
{
    /// <summary>As much as all files of a bundle together; ten minutes of 1080p at 7 Mbit/s.</summary>
    public const long ClipBytesMax = BundleBytesMax;

    /// <summary>A film rarely shows minutes of a clip; an hour still leaves any recording its place.</summary>
    public const int ClipSecondsMax = 3_600;

    /// <summary>An hour at 120 frames a second. A GIF or a container can promise millions of pictures of no length.</summary>
    public const int ClipPacketsMax = 432_000;

    /// <summary>
    /// 4096×2304. An H.264 decoder keeps up to 17 pictures, so at 10 bits this is half a gigabyte: it fits a worker's memory beside the film.
    /// </summary>
    public const int ClipPixelsMax = 4_096 * 2_304;
}
