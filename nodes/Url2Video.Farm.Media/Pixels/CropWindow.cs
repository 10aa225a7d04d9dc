namespace Url2Video.Farm.Media.Pixels;

/// <summary>A rectangle of a picture in 32.32 fixed-point luma pixels: (0, 0) is the outer corner of the first pixel.</summary>
public readonly record struct CropWindow(long XQ32, long YQ32, long WidthQ32, long HeightQ32)
{
    /// <summary>The whole of a picture.</summary>
    public static CropWindow Full(int width, int height) => new(0, 0, (long)width << 32, (long)height << 32);

    /// <summary>True when the window lies within a picture and is not empty.</summary>
    public bool IsWithin(int width, int height) =>
        XQ32 >= 0 && YQ32 >= 0 && WidthQ32 > 0 && HeightQ32 > 0
        && XQ32 + WidthQ32 <= (long)width << 32 && YQ32 + HeightQ32 <= (long)height << 32;
}

/// <summary>A rectangle of whole pixels; even where it cuts chroma.</summary>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    /// <summary>The common part, empty (zero width or height) when there is none.</summary>
    public PixelRect Intersect(PixelRect other)
    {
        var (x, y) = (Math.Max(X, other.X), Math.Max(Y, other.Y));
        return new PixelRect(x, y, Math.Max(0, Math.Min(Right, other.Right) - x), Math.Max(0, Math.Min(Bottom, other.Bottom) - y));
    }

    public PixelRect Inflate(int by) => new(X - by, Y - by, Width + (2 * by), Height + (2 * by));
}
