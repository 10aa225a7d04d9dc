using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A logo that becomes sharp: copies of it, each softer than the one before, mixed two by two.</summary>
internal sealed unsafe class BlurReveal : IReveal
{
    /// <summary>Radii of the copies, in sixteenths of the softest.</summary>
    private static readonly int[] s_radii = [0, 1, 2, 4, 7, 11, 16];

    private readonly LogoPicture[] _copies;
    private readonly RenderContext _context;
    private readonly Plane8 _rows;
    private readonly int _margin;

    public BlurReveal(LogoPicture logo, RenderContext context)
    {
        var radius = Math.Max(4, logo.Width / 12);
        _margin = ((2 * radius) + 3) & ~1;
        _context = context;
        _copies = [.. s_radii.Select(r => logo.Softened(r * radius / s_radii[^1], _margin))];
        _rows = new Plane8(_copies[0].Width, 2);
    }

    public void Draw(YuvImage target, int x, int y, long time)
    {
        var place = (EasingCurve.One - EasingCurve.Apply(Easing.OutCubic, time)) * (s_radii.Length - 1);
        var (copy, weight) = ((int)(place >> 30), (int)((place & (EasingCurve.One - 1)) >> 15));
        var (from, to) = (_copies[copy], _copies[Math.Min(copy + 1, _copies.Length - 1)]);
        var alpha = RevealSprite.AlphaAt(time, 50);
        var at = new PixelRect(x - _margin, y - _margin, from.Width, from.Height);
        Mix(target.Y, target.StrideY, target.Width, target.Height, at, (from.Y, from.Opacity), (to.Y, to.Opacity), weight, alpha);
        var half = new PixelRect(at.X >> 1, at.Y >> 1, from.U.Width, from.U.Height);
        Mix(target.U, target.StrideC, target.Width / 2, target.Height / 2, half, (from.U, from.OpacityC), (to.U, to.OpacityC), weight, alpha);
        Mix(target.V, target.StrideC, target.Width / 2, target.Height / 2, half, (from.V, from.OpacityC), (to.V, to.OpacityC), weight, alpha);
    }

    public void Dispose()
    {
        Array.ForEach(_copies, c => c.Dispose());
        _rows.Dispose();
    }

    private void Mix(byte* plane, int stride, int width, int height, PixelRect at, (Plane8 Colour, Plane8 Opacity) from,
        (Plane8 Colour, Plane8 Opacity) to, int weight, int alpha)
    {
        var seen = at.Intersect(new PixelRect(0, 0, width, height));
        byte* colours = _rows.Pixels, opacity = colours + _rows.Stride;
        weight = Math.Min(weight, FixedPoint.One15);
        for (var y = seen.Y; y < seen.Bottom; y++)
        {
            var row = ((nint)(y - at.Y) * from.Colour.Stride) + (seen.X - at.X);
            RowKernels.CrossFade(from.Colour.Pixels + row, to.Colour.Pixels + row, colours, seen.Width, weight, _context.Lanes);
            RowKernels.CrossFade(from.Opacity.Pixels + row, to.Opacity.Pixels + row, opacity, seen.Width, weight, _context.Lanes);
            RowKernels.Over(plane + ((nint)y * stride) + seen.X, colours, opacity, seen.Width, alpha, _context.Lanes);
        }
    }
}
