using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Turns and mirrors pictures as EXIF asks: 1 upright, 2 mirrored, 3 half turn, 4 flipped, 5 to 8 with the sides swapped.
/// </summary>
internal static unsafe class Turn
{
    internal static YuvImage Upright(YuvImage source, int orientation)
    {
        var (width, height) = Sides(source.Width, source.Height, orientation);
        var target = new YuvImage(width, height);
        Upright(source, target, orientation);
        return target;
    }

    /// <param name="target">Has the sides swapped where the orientation swaps them.</param>
    internal static void Upright(YuvImage source, YuvImage target, int orientation)
    {
        var (width, height) = (target.Width, target.Height);
        Plane(source.Y, source.StrideY, target.Y, target.StrideY, width, height, orientation);
        Plane(source.U, source.StrideC, target.U, target.StrideC, width / 2, height / 2, orientation);
        Plane(source.V, source.StrideC, target.V, target.StrideC, width / 2, height / 2, orientation);
    }

    internal static Plane8 Upright(Plane8 source, int orientation)
    {
        var (width, height) = Sides(source.Width, source.Height, orientation);
        var target = new Plane8(width, height);
        Plane(source.Pixels, source.Stride, target.Pixels, target.Stride, width, height, orientation);
        return target;
    }

    private static (int Width, int Height) Sides(int width, int height, int orientation) =>
        orientation >= 5 ? (height, width) : (width, height);

    // Every target pixel's source is start + x * stepX + y * stepY.
    private static void Plane(byte* source, nint stride, byte* target, nint targetStride, int width, int height, int orientation)
    {
        var (right, down) = ((nint)(orientation >= 5 ? height : width) - 1, (nint)(orientation >= 5 ? width : height) - 1);
        var (start, stepX, stepY) = orientation switch
        {
            2 => (right, -1, stride),
            3 => (right + down * stride, -1, -stride),
            4 => (down * stride, 1, -stride),
            5 => (0, stride, 1),
            6 => (down * stride, -stride, 1),
            7 => (right + down * stride, -stride, -1),
            8 => (right, stride, -1),
            _ => ((nint)0, (nint)1, stride),
        };
        for (var y = 0; y < height; y++)
        {
            var from = source + start + y * stepY;
            var row = target + y * targetStride;
            for (var x = 0; x < width; x++)
            {
                row[x] = from[x * stepX];
            }
        }
    }
}
