using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// A picture with opacity, multiplied out once (premultiplied Y'CbCr, 4:2:0), so that laying it over a frame is one multiply and
/// one add a sample. Chroma has its own opacity in its own resolution.
/// </summary>
internal sealed unsafe class Overlay : IDisposable
{
    private readonly YuvImage _colours;
    private readonly Mask _opacity;

    /// <param name="picture">Not premultiplied; not kept.</param>
    /// <param name="opacity">Of the picture's size; not kept.</param>
    public Overlay(YuvImage picture, Plane8 opacity)
    {
        if (picture.Width != opacity.Width || picture.Height != opacity.Height)
        {
            throw new ArgumentException("A picture and its opacity must have one size.", nameof(opacity));
        }

        var plane = new Plane8(opacity.Width, opacity.Height);
        for (var y = 0; y < opacity.Height; y++)
        {
            opacity.Row(y).CopyTo(plane.Row(y));
        }

        _opacity = new Mask(plane, 0, 0);
        _colours = new YuvImage(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            Multiply(picture.RowY(y), plane.Row(y), _colours.RowY(y));
        }

        for (var y = 0; y < picture.Height / 2; y++)
        {
            Multiply(picture.RowU(y), _opacity.Chroma.Row(y), _colours.RowU(y));
            Multiply(picture.RowV(y), _opacity.Chroma.Row(y), _colours.RowV(y));
        }
    }

    public int Width => _colours.Width;

    public int Height => _colours.Height;

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
            RowKernels.Over(
                target.Y + ((area.Y + row) * target.StrideY) + area.X,
                _colours.Y + ((skipY + row) * _colours.StrideY) + skipX,
                _opacity.Luma.Pixels + ((skipY + row) * _opacity.Luma.Stride) + skipX,
                area.Width,
                alpha,
                lanes);
        }

        for (nint row = 0; row < area.Height / 2; row++)
        {
            var to = (((area.Y / 2) + row) * target.StrideC) + (area.X / 2);
            var from = (((skipY / 2) + row) * _colours.StrideC) + (skipX / 2);
            var opacity = _opacity.Chroma.Pixels + (((skipY / 2) + row) * _opacity.Chroma.Stride) + (skipX / 2);
            RowKernels.Over(target.U + to, _colours.U + from, opacity, area.Width / 2, alpha, lanes);
            RowKernels.Over(target.V + to, _colours.V + from, opacity, area.Width / 2, alpha, lanes);
        }
    }

    public void Dispose()
    {
        _colours.Dispose();
        _opacity.Dispose();
    }

    private static void Multiply(ReadOnlySpan<byte> colours, ReadOnlySpan<byte> opacity, Span<byte> product)
    {
        for (var i = 0; i < colours.Length; i++)
        {
            product[i] = (byte)MulHrs(colours[i], W15(opacity[i]));
        }
    }
}
