namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>How large a clip's pictures are when they are seen.</summary>
/// <param name="Width">Even.</param>
/// <param name="Height">Even.</param>
internal readonly record struct ClipShape(int Width, int Height, int Orientation)
{
    /// <summary>A pixel that is longer than this is a mistake of a header.</summary>
    private const int RatioMax = 16;
    private const int SideMax = 16_384;

    /// <param name="pixel">Width to height of a pixel; 0/1 for unknown, which is square.</param>
    /// <param name="orientation">EXIF 1..8.</param>
    internal static ClipShape Of(int width, int height, AvRational pixel, int orientation)
    {
        var isSane = pixel is { Num: > 0, Den: > 0 } && pixel.Num <= (long)pixel.Den * RatioMax && pixel.Den <= (long)pixel.Num * RatioMax;
        if (isSane && pixel.Num > pixel.Den)
        {
            width = Scale(width, pixel.Num, pixel.Den);
        }
        else if (isSane && pixel.Num < pixel.Den)
        {
            height = Scale(height, pixel.Den, pixel.Num);
        }

        (width, height) = orientation >= 5 ? (height, width) : (width, height);
        return new ClipShape(Even(width), Even(height), orientation);
    }

    private static int Scale(int side, int numerator, int denominator) =>
        (int)Math.Min(SideMax, ((long)side * numerator + denominator / 2) / denominator);

    private static int Even(int side) => Math.Clamp(side & ~1, 2, SideMax);
}
