using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// A picture with opacity, multiplied out once (premultiplied Y'CbCr, 4:2:0), so that laying it over a frame is one multiply and
/// one add a sample. Chroma has its own opacity in its own resolution.
/// </summary>
internal sealed unsafe class Overlay : IDisposable
{
    // Planes whose padding is zero: a vector past the right edge then adds nothing to what it writes back.
    private readonly Plane8 _y, _u, _v, _opacity, _opacityC;

    /// <param name="picture">Not premultiplied; not kept.</param>
    /// <param name="opacity">Of the picture's size; not kept.</param>
    public Overlay(YuvImage picture, Plane8 opacity)
    {
        if (picture.Width != opacity.Width || picture.Height != opacity.Height)
        {
            throw new ArgumentException("A picture and its opacity must have one size.", nameof(opacity));
        }

        var (halfWidth, halfHeight) = (picture.Width / 2, picture.Height / 2);
        (_y, _opacity) = (new Plane8(picture.Width, picture.Height), new Plane8(picture.Width, picture.Height));
        (_u, _v, _opacityC) = (new Plane8(halfWidth, halfHeight), new Plane8(halfWidth, halfHeight), new Plane8(halfWidth, halfHeight));
        for (var y = 0; y < picture.Height; y++)
        {
            opacity.Row(y).CopyTo(_opacity.Row(y));
            Multiply(picture.RowY(y), opacity.Row(y), _y.Row(y));
        }

        using var sited = new Mask(Copy(_opacity), 0, 0);
        for (var y = 0; y < halfHeight; y++)
        {
            sited.Chroma.Row(y)[..halfWidth].CopyTo(_opacityC.Row(y));
            Multiply(picture.RowU(y), _opacityC.Row(y), _u.Row(y));
            Multiply(picture.RowV(y), _opacityC.Row(y), _v.Row(y));
        }
    }

    public int Width => _y.Width;

    public int Height => _y.Height;

    /// <summary>Lays it over a frame, clipped to it.</summary>
    /// <param name="x">Even; may be negative.</param>
    /// <param name="y">Even; may be negative.</param>
    /// <param name="alpha">0..32767 for all of it.</param>
    public void Draw(YuvImage target, int x, int y, int alpha, Lanes lanes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((x | y) & 1, 0, nameof(x));
        var area = new PixelRect(x, y, Width, Height).Intersect(new PixelRect(0, 0, target.Width, target.Height));
        var (skipX, skipY) = (area.X - x, area.Y - y);
        for (nint row = 0; row < area.Height; row++)
        {
            var from = ((skipY + row) * _y.Stride) + skipX;
            RowKernels.Over(target.Y + ((area.Y + row) * target.StrideY) + area.X, _y.Pixels + from, _opacity.Pixels + from, area.Width,
                alpha, lanes);
        }

        for (nint row = 0; row < area.Height / 2; row++)
        {
            var to = (((area.Y / 2) + row) * target.StrideC) + (area.X / 2);
            var from = (((skipY / 2) + row) * _u.Stride) + (skipX / 2);
            RowKernels.Over(target.U + to, _u.Pixels + from, _opacityC.Pixels + from, area.Width / 2, alpha, lanes);
            RowKernels.Over(target.V + to, _v.Pixels + from, _opacityC.Pixels + from, area.Width / 2, alpha, lanes);
        }
    }

    public void Dispose()
    {
        foreach (var plane in (Plane8[])[_y, _u, _v, _opacity, _opacityC])
        {
            plane.Dispose();
        }
    }

    private static Plane8 Copy(Plane8 plane)
    {
        var copy = new Plane8(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            plane.Row(y).CopyTo(copy.Row(y));
        }

        return copy;
    }

    private static void Multiply(ReadOnlySpan<byte> colours, ReadOnlySpan<byte> opacity, Span<byte> product)
    {
        for (var i = 0; i < colours.Length; i++)
        {
            product[i] = (byte)MulHrs(colours[i], W15(opacity[i]));
        }
    }
}
