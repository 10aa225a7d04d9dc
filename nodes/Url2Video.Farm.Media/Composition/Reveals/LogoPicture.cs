using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A logo multiplied out (premultiplied Y'CbCr, 4:2:0), readable at any place between its pixels; nothing is outside of it.
/// </summary>
internal sealed class LogoPicture : IDisposable
{
    private LogoPicture(Plane8 y, Plane8 u, Plane8 v, Plane8 opacity, Plane8 opacityC) =>
        (Y, U, V, Opacity, OpacityC) = (y, u, v, opacity, opacityC);

    public Plane8 Y { get; }

    public Plane8 U { get; }

    public Plane8 V { get; }

    public Plane8 Opacity { get; }

    public Plane8 OpacityC { get; }

    public int Width => Y.Width;

    public int Height => Y.Height;

    public PixelRect Whole => new(0, 0, Width, Height);

    /// <param name="picture">Not premultiplied; neither is kept.</param>
    public static LogoPicture Create(YuvImage picture, Plane8 opacity)
    {
        var (width, height) = (picture.Width, picture.Height);
        var all = new Plane8(width, height);
        CopyInto(opacity, all, 0);
        var logo = new LogoPicture(
            new Plane8(width, height), new Plane8(width / 2, height / 2), new Plane8(width / 2, height / 2), all, ColourOpacity(opacity, width, height));
        for (var row = 0; row < height; row++)
        {
            Multiply(picture.RowY(row), all.Row(row), logo.Y.Row(row));
        }

        for (var row = 0; row < height / 2; row++)
        {
            Multiply(picture.RowU(row), logo.OpacityC.Row(row), logo.U.Row(row));
            Multiply(picture.RowV(row), logo.OpacityC.Row(row), logo.V.Row(row));
        }

        return logo;
    }

    /// <summary>A softer copy with a margin on every side for what runs out.</summary>
    /// <param name="margin">Even; at least twice the radius.</param>
    public LogoPicture Softened(int radius, int margin) => new(
        Soft(Y, radius, margin), Soft(U, radius / 2, margin / 2), Soft(V, radius / 2, margin / 2), Soft(Opacity, radius, margin),
        Soft(OpacityC, radius / 2, margin / 2));

    public void Dispose()
    {
        foreach (var plane in (Plane8[])[Y, U, V, Opacity, OpacityC])
        {
            plane.Dispose();
        }
    }

    /// <summary>Between four pixels, in 1/65536 of a pixel counted from the middle of the first; nothing outside of <paramref name="part"/>.</summary>
    public static int At(Plane8 plane, PixelRect part, long xQ16, long yQ16)
    {
        var (x, y) = ((int)(xQ16 >> 16), (int)(yQ16 >> 16));
        var (fx, fy) = ((int)(xQ16 >> 8) & 255, (int)(yQ16 >> 8) & 255);
        var upper = (Pixel(plane, part, x, y) * (256 - fx)) + (Pixel(plane, part, x + 1, y) * fx);
        var lower = fy == 0 ? 0 : (Pixel(plane, part, x, y + 1) * (256 - fx)) + (Pixel(plane, part, x + 1, y + 1) * fx);
        return ((upper * (256 - fy)) + (lower * fy) + 0x8000) >> 16;
    }

    private static int Pixel(Plane8 plane, PixelRect part, int x, int y) =>
        x >= part.X && x < part.Right && y >= part.Y && y < part.Bottom ? plane.Row(y)[x] : 0;

    // Sited as chroma is: level with the left luma pixel.
    private static Plane8 ColourOpacity(Plane8 opacity, int width, int height)
    {
        var (own, colour) = (new Plane8(width, height), new Plane8(width / 2, height / 2));
        CopyInto(opacity, own, 0);
        using var sited = new Mask(own, 0, 0);
        for (var row = 0; row < colour.Height; row++)
        {
            sited.Chroma.Row(row)[..colour.Width].CopyTo(colour.Row(row));
        }

        return colour;
    }

    private static Plane8 Soft(Plane8 plane, int radius, int margin)
    {
        var soft = new Plane8(plane.Width + (2 * margin), plane.Height + (2 * margin));
        CopyInto(plane, soft, margin);
        for (var pass = 0; pass < 2 && radius > 0; pass++)
        {
            BoxBlur.Rows(soft, radius);
            BoxBlur.Columns(soft, radius);
        }

        return soft;
    }

    private static void CopyInto(Plane8 from, Plane8 to, int margin)
    {
        for (var row = 0; row < from.Height; row++)
        {
            from.Row(row).CopyTo(to.Row(row + margin)[margin..]);
        }
    }

    private static void Multiply(ReadOnlySpan<byte> colours, ReadOnlySpan<byte> opacity, Span<byte> product)
    {
        for (var i = 0; i < colours.Length; i++)
        {
            product[i] = (byte)MulHrs(colours[i], W15(opacity[i]));
        }
    }
}
