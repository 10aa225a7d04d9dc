namespace Url2Video.Farm.Core;

public static partial class Limits
{
    /// <summary>Leaves 64 MiB of its bundle for the storyboard, pictures and music beside it; almost nine minutes of 1080p at 7 Mbit/s.</summary>
    public const long ClipBytesMax = BundleBytesMax - (64L * 1024 * 1024);

    /// <summary>A film rarely shows minutes of a clip; an hour still leaves any recording its place.</summary>
    public const int ClipSecondsMax = 3_600;

    /// <summary>An hour at 120 frames a second. A GIF or a container can promise millions of pictures of no length.</summary>
    public const int ClipPacketsMax = 432_000;

    /// <summary>
    /// 4096×2304. An H.264 decoder keeps up to 17 pictures, so at 10 bits this is half a gigabyte: it fits a worker's memory beside the film.
    /// </summary>
    public const int ClipPixelsMax = 4_096 * 2_304;

    /// <summary>
    /// Coded pixels of all clips that are decoded at once, those of a scene and of the one before it: four of the largest, eighteen of 1080p. At worst
    /// two gigabytes, half of what a worker has unless it is told otherwise.
    /// </summary>
    public const long ClipPixelsAtOnceMax = 4L * ClipPixelsMax;
}
