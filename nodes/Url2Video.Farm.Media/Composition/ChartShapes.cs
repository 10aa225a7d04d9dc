using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Masks of charts, made once before the first frame, smoothed with 4 by 4 samples a pixel.</summary>
internal static class ChartShapes
{
    private const int Grid = 4;

    /// <summary>A part of a ring, clockwise from the top.</summary>
    /// <param name="side">Of the square around the ring, even.</param>
    /// <param name="from">In turns, 0..1.</param>
    public static Mask Slice(int side, double from, double to)
    {
        var plane = new Plane8(side, side);
        var (outer, inner) = (side / 2.0, side * 0.29);

        // A thin gap between neighbours, a hundredth of the side wide, none around a whole ring.
        var gap = to - from > 0.999 ? 0 : side * 0.005;
        var (a, b) = ((X: StrictMath.SinTurns(from), Y: -StrictMath.CosTurns(from)), (X: StrictMath.SinTurns(to), Y: -StrictMath.CosTurns(to)));
        var isWide = to - from > 0.5;
        for (var y = 0; y < side; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < side; x++)
            {
                // Most pixels lie more than one away from every edge: their middle speaks for all of them.
                var (middleX, middleY) = (x + 0.5, y + 0.5);
                row[x] = ToEdge(middleX - outer, middleY - outer) > 1 ? (byte)(IsInside(middleX, middleY) ? 255 : 0) : Coverage(x, y, IsInside);
            }
        }

        return new Mask(plane, 0, 0);

        double ToEdge(double x, double y)
        {
            var radius = Math.Sqrt((x * x) + (y * y));
            var toRing = Math.Min(Math.Abs(radius - outer), Math.Abs(radius - inner));
            return Math.Min(toRing, Math.Min(Math.Abs((a.X * y) - (a.Y * x) - gap), Math.Abs((b.Y * x) - (b.X * y) - gap)));
        }

        bool IsInside(double px, double py)
        {
            var (x, y) = (px - outer, py - outer);
            var square = (x * x) + (y * y);
            if (square > outer * outer || square < inner * inner)
            {
                return false;
            }

            // Distances from both edges, positive inside; a part wider than half a turn is inside of either.
            var (fromFirst, fromLast) = ((a.X * y) - (a.Y * x) - gap, (b.Y * x) - (b.X * y) - gap);
            return to - from > 0.999 || (isWide ? fromFirst > 0 || fromLast > 0 : fromFirst > 0 && fromLast > 0);
        }
    }

    /// <summary>Straight lines from point to point with round ends.</summary>
    public static Mask Line(IReadOnlyList<(int X, int Y)> points, int width, int height, int thickness)
    {
        var plane = new Plane8(width, height);
        var radius = thickness / 2.0;
        for (var i = 1; i < points.Count; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            var (top, bottom) = (Math.Max(0, Math.Min(a.Y, b.Y) - thickness), Math.Min(height, Math.Max(a.Y, b.Y) + thickness));
            for (var y = top; y < bottom; y++)
            {
                var row = plane.Row(y);
                for (var x = Math.Max(0, a.X - thickness); x < Math.Min(width, b.X + thickness); x++)
                {
                    row[x] = Math.Max(row[x], Coverage(x, y, (px, py) => IsNear(px, py, a, b, radius)));
                }
            }
        }

        return new Mask(plane, 0, 0);
    }

    /// <summary>Where a point's figure stands clear of the line: over a peak, beside a slope, under a valley that has room there.</summary>
    /// <param name="points">Of the line, from left to right.</param>
    /// <param name="plot">What the line spans; a figure may stand <paramref name="gap"/> and its own height over it.</param>
    /// <returns>The figure's left and top edges.</returns>
    public static (int X, int Y) FigurePlace(IReadOnlyList<(int X, int Y)> points, int i, (int Width, int Height) figure, PixelRect plot, int gap)
    {
        var (x, y) = points[i];
        var isLowerThanLeft = i > 0 && points[i - 1].Y < y;
        var isLowerThanRight = i + 1 < points.Count && points[i + 1].Y < y;
        var isUnder = isLowerThanLeft && isLowerThanRight && y + gap + figure.Height <= plot.Bottom;
        var left = (isLowerThanLeft, isLowerThanRight) switch
        {
            (true, false) => x,
            (false, true) => x - figure.Width,
            _ => x - (figure.Width / 2),
        };
        return (Math.Clamp(left, plot.X, Math.Max(plot.X, plot.Right - figure.Width)), isUnder ? y + gap : y - gap - figure.Height);
    }

    private static bool IsNear(double x, double y, (int X, int Y) a, (int X, int Y) b, double radius)
    {
        var (dx, dy) = ((double)(b.X - a.X), (double)(b.Y - a.Y));
        var along = Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / Math.Max(1, (dx * dx) + (dy * dy)), 0, 1);
        var (ox, oy) = (x - a.X - (along * dx), y - a.Y - (along * dy));
        return (ox * ox) + (oy * oy) <= radius * radius;
    }

    private static byte Coverage(int x, int y, Func<double, double, bool> isInside)
    {
        var inside = 0;
        for (var sample = 0; sample < Grid * Grid; sample++)
        {
            inside += isInside(x + (((sample % Grid) + 0.5) / Grid), y + (((sample / Grid) + 0.5) / Grid)) ? 1 : 0;
        }

        return (byte)(inside * 255 / (Grid * Grid));
    }
}
