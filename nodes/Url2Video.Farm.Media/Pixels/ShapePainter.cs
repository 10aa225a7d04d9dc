using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>How much of a small square a shape covers.</summary>
internal interface ICoverage
{
    /// <param name="x">Middle of the square, 1/256 pixel.</param>
    /// <param name="footprint">Its side in pixels: 1 for luma, 2 for chroma.</param>
    /// <returns>0..255.</returns>
    int At(int x, int y, int footprint);
}

/// <summary>Paints small smooth-edged shapes at sub-pixel places, clipped to the picture. Plain integer loops: particles are small.</summary>
internal static class ShapePainter
{
    /// <param name="left">Bounds of the shape, 1/256 pixel; beyond them nothing is covered.</param>
    /// <param name="alpha">0..32767 for all of it.</param>
    public static void Paint<T>(YuvImage image, int left, int top, int right, int bottom, in T shape, Yuv colour, int alpha)
        where T : struct, ICoverage
    {
        if (alpha <= 0)
        {
            return;
        }

        // Two pixels more on every side: a chroma sample reaches that far.
        var (x0, y0) = (Math.Max(0, ((left >> 8) - 2) & ~1), Math.Max(0, ((top >> 8) - 2) & ~1));
        var (x1, y1) = (Math.Min(image.Width, (right >> 8) + 4), Math.Min(image.Height, (bottom >> 8) + 4));
        for (var y = y0; y < y1; y++)
        {
            var row = image.RowY(y);
            for (var x = x0; x < x1; x++)
            {
                Mix(ref row[x], colour.Y, shape.At((x << 8) + 128, (y << 8) + 128, 1), alpha);
            }
        }

        for (var y = y0 / 2; y < y1 / 2; y++)
        {
            var u = image.RowU(y);
            var v = image.RowV(y);
            for (var x = x0 / 2; x < x1 / 2; x++)
            {
                var coverage = shape.At((x << 9) + 128, (y << 9) + 256, 2);
                Mix(ref u[x], colour.U, coverage, alpha);
                Mix(ref v[x], colour.V, coverage, alpha);
            }
        }
    }

    /// <summary>A distance inside an edge (1/256 pixel) as coverage of a square whose middle is there.</summary>
    public static int Edge(int inside, int footprint) => Math.Clamp((inside / footprint) + 128, 0, 255);

    internal static void Mix(ref byte pixel, byte colour, int coverage, int alpha)
    {
        if (coverage > 0)
        {
            pixel = ToByte(pixel + MulHrs(colour - pixel, MulHrs(W15(coverage), alpha)));
        }
    }
}

/// <summary>A disc, or a ring when it has a hole.</summary>
internal readonly record struct DiscShape(int X, int Y, int Radius, int Hole = 0) : ICoverage
{
    public int At(int x, int y, int footprint)
    {
        var (dx, dy) = ((long)x - X, (long)y - Y);
        var square = (dx * dx) + (dy * dy);
        long reach = Radius + (footprint << 8);
        if (square > reach * reach)
        {
            return 0;
        }

        var distance = (int)Math.Sqrt(square);
        var disc = ShapePainter.Edge(Radius - distance, footprint);
        return Hole == 0 ? disc : Math.Min(disc, ShapePainter.Edge(distance - Hole, footprint));
    }

    public void Paint(YuvImage image, Yuv colour, int alpha) =>
        ShapePainter.Paint(image, X - Radius, Y - Radius, X + Radius, Y + Radius, this, colour, alpha);
}

/// <summary>A light that is brightest in its middle and nothing at its radius: (1 − d/r)².</summary>
internal readonly record struct GlowShape(int X, int Y, int Radius) : ICoverage
{
    public int At(int x, int y, int footprint)
    {
        var (dx, dy) = ((long)x - X, (long)y - Y);
        var square = (dx * dx) + (dy * dy);
        if (square >= (long)Radius * Radius)
        {
            return 0;
        }

        var rest = (int)(((long)(Radius - (int)Math.Sqrt(square)) << 8) / Radius);
        return Math.Min(255, rest * rest >> 8);
    }

    public void Paint(YuvImage image, Yuv colour, int alpha) =>
        ShapePainter.Paint(image, X - Radius, Y - Radius, X + Radius, Y + Radius, this, colour, alpha);
}

/// <summary>A four-cornered shape without dents, its corners in order.</summary>
internal readonly struct QuadShape : ICoverage
{
    private readonly Line _a, _b, _c, _d;
    private readonly int _left, _top, _right, _bottom;

    public QuadShape((int X, int Y) a, (int X, int Y) b, (int X, int Y) c, (int X, int Y) d)
    {
        // Corners may go round either way: the signed area says which side of an edge is inside.
        var area = ((long)(c.X - a.X) * (d.Y - b.Y)) - ((long)(c.Y - a.Y) * (d.X - b.X));
        var side = area < 0 ? -1 : 1;
        (_a, _b, _c, _d) = (Line.Through(a, b, side), Line.Through(b, c, side), Line.Through(c, d, side), Line.Through(d, a, side));
        (_left, _right) = (Math.Min(Math.Min(a.X, b.X), Math.Min(c.X, d.X)), Math.Max(Math.Max(a.X, b.X), Math.Max(c.X, d.X)));
        (_top, _bottom) = (Math.Min(Math.Min(a.Y, b.Y), Math.Min(c.Y, d.Y)), Math.Max(Math.Max(a.Y, b.Y), Math.Max(c.Y, d.Y)));
    }

    public int At(int x, int y, int footprint)
    {
        var inside = Math.Min(Math.Min(_a.Inside(x, y), _b.Inside(x, y)), Math.Min(_c.Inside(x, y), _d.Inside(x, y)));
        return ShapePainter.Edge(inside, footprint);
    }

    public void Paint(YuvImage image, Yuv colour, int alpha) =>
        ShapePainter.Paint(image, _left, _top, _right, _bottom, this, colour, alpha);

    /// <summary>Its four edges, for an execution elsewhere.</summary>
    public void CopyLines(Span<(int X, int Y, int NormalX, int NormalY)> lines) =>
        (lines[0], lines[1], lines[2], lines[3]) = (_a.AsTuple(), _b.AsTuple(), _c.AsTuple(), _d.AsTuple());

    /// <summary>A line by a point and the direction into the shape, 2^14 long.</summary>
    private readonly record struct Line(int X, int Y, int NormalX, int NormalY)
    {
        public static Line Through((int X, int Y) from, (int X, int Y) to, int side)
        {
            long dx = to.X - from.X, dy = to.Y - from.Y;
            var length = Math.Max(1, (long)Math.Sqrt((dx * dx) + (dy * dy)));
            return new Line(from.X, from.Y, (int)(side * -dy * 16_384 / length), (int)(side * dx * 16_384 / length));
        }

        public (int X, int Y, int NormalX, int NormalY) AsTuple() => (X, Y, NormalX, NormalY);

        public int Inside(int x, int y) => (int)((((long)(x - X) * NormalX) + ((long)(y - Y) * NormalY)) >> 14);
    }
}
