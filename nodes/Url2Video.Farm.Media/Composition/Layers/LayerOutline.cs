using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A box with round corners (a circle when they meet) on the pixels of a content, which need not be square: each is covered by as much as
/// its middle is inside. Square roots and the four operations only, so that every machine gets the same.
/// </summary>
internal sealed class LayerOutline
{
    private readonly double _halfX, _halfY, _radius, _pixelX, _pixelY, _middleX, _middleY;

    private LayerOutline(double halfX, double halfY, double radius, LayerSize size, int width, int height)
    {
        const double One = 1L << 32;
        (_halfX, _halfY, _radius) = (halfX, halfY, radius);
        (_pixelX, _pixelY) = (size.WidthQ32 / One / width, size.HeightQ32 / One / height);
        (_middleX, _middleY) = (width / 2.0, height / 2.0);
    }

    /// <summary>Null for a layer that fills its box.</summary>
    public static LayerOutline? Of(Layer layer, LayerSize size, int width, int height)
    {
        const double One = 1L << 32;
        var (halfX, halfY) = (size.WidthQ32 / One / 2, size.HeightQ32 / One / 2);
        var half = Math.Min(halfX, halfY);
        return layer.Shape switch
        {
            LayerShape.Circle => new LayerOutline(half, half, half, size, width, height),
            LayerShape.Rounded => new LayerOutline(halfX, halfY, Math.Min(half, layer.CornerMillionths / 1e6 * 2 * half), size, width, height),
            _ => null,
        };
    }

    /// <summary>Takes from a row of opacity what lies outside.</summary>
    public void Cut(Span<byte> row, int y)
    {
        var pixel = Math.Max(_pixelX, _pixelY);
        var dy = (Math.Abs(y + 0.5 - _middleY) * _pixelY) - (_halfY - _radius);
        for (var x = 0; x < row.Length; x++)
        {
            // How far the middle of the pixel lies outside the core of the box, against the radius of its corners.
            var dx = (Math.Abs(x + 0.5 - _middleX) * _pixelX) - (_halfX - _radius);
            var outside = dx > 0 && dy > 0 ? Math.Sqrt((dx * dx) + (dy * dy)) : Math.Max(dx, dy);
            var covered = Math.Clamp(((_radius - outside) / pixel) + 0.5, 0, 1);

            // The straight edges are those of the box: the sampler makes them.
            var isCorner = dx > 0 && dy > 0;
            var isBeyond = Math.Max(Math.Abs(x + 0.5 - _middleX) * _pixelX - _halfX, Math.Abs(y + 0.5 - _middleY) * _pixelY - _halfY) > 0;
            row[x] = isCorner || isBeyond ? (byte)BlendMath.Mul(row[x], (byte)Math.Floor((covered * 255) + 0.5)) : row[x];
        }
    }
}
