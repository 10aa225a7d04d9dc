using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A gradient between four corners with soft lights adrift on it, on a grid of nodes 16 luma pixels apart with 7 fractional bits:
/// expanded with dither it costs little and shows no bands.
/// </summary>
/// <param name="corners">Top left, top right, bottom right, bottom left.</param>
/// <param name="lights">Painted in order.</param>
internal sealed class LightField(int width, int height, Yuv[] corners, DriftingShape[] lights)
{
    /// <summary>From nodes to 1/16 pixel.</summary>
    private const int Shift = NodeGrid.LumaShift + 4;

    /// <summary>What <see cref="Fill"/> drew last.</summary>
    public NodeGrid Grid { get; } = new(width, height);

    public void Fill(long frame, FrameRate rate)
    {
        FillGradient();
        foreach (ref readonly var light in lights.AsSpan())
        {
            Add(light, light.At(frame, rate));
        }
    }

    private void FillGradient()
    {
        for (var row = 0; row < Grid.Rows; row++)
        {
            var down = (row << 15) / Grid.Rows;
            FillRow(Grid.Row(0, row), down, corners[0].Y, corners[1].Y, corners[2].Y, corners[3].Y);
            FillRow(Grid.Row(1, row), down, corners[0].U, corners[1].U, corners[2].U, corners[3].U);
            FillRow(Grid.Row(2, row), down, corners[0].V, corners[1].V, corners[2].V, corners[3].V);
        }
    }

    private static void FillRow(Span<short> nodes, int down, int topLeft, int topRight, int bottomRight, int bottomLeft)
    {
        var left = (topLeft << 7) + FixedPoint.MulHrs((bottomLeft - topLeft) << 7, down);
        var right = (topRight << 7) + FixedPoint.MulHrs((bottomRight - topRight) << 7, down);
        for (var x = 0; x < nodes.Length; x++)
        {
            nodes[x] = (short)(left + ((right - left) * x / nodes.Length));
        }
    }

    private void Add(in DriftingShape shape, (int X, int Y) centre)
    {
        long radius2 = (long)shape.Radius * shape.Radius;
        var inverse = (1L << 40) / radius2;
        var (firstRow, endRow) = Reached(centre.Y, shape.Radius, Grid.Rows);
        var (first, end) = Reached(centre.X, shape.Radius, Grid.Columns);
        for (var row = firstRow; row < endRow; row++)
        {
            long dy = (row << Shift) - centre.Y;
            var y = Grid.Row(0, row);
            var u = Grid.Row(1, row);
            var v = Grid.Row(2, row);
            for (var x = first; x < end; x++)
            {
                long dx = (x << Shift) - centre.X;
                var distance2 = (dx * dx) + (dy * dy);
                if (distance2 >= radius2)
                {
                    continue;
                }

                // (1 − d²/r²)²: flat in the middle, and it meets zero without an edge.
                var near = FixedPoint.One15 - (int)((distance2 * inverse) >> 25);
                var weight = FixedPoint.MulHrs(FixedPoint.MulHrs(near, near), shape.Strength);
                y[x] = (short)(y[x] + FixedPoint.MulHrs((shape.Colour.Y << 7) - y[x], weight));
                u[x] = (short)(u[x] + FixedPoint.MulHrs((shape.Colour.U << 7) - u[x], weight));
                v[x] = (short)(v[x] + FixedPoint.MulHrs((shape.Colour.V << 7) - v[x], weight));
            }
        }
    }

    /// <summary>The first node within a radius along one axis, and the one after the last.</summary>
    private static (int First, int End) Reached(int centre, int radius, int nodes) =>
        (Math.Clamp((centre - radius) >> Shift, 0, nodes), Math.Clamp(((centre + radius) >> Shift) + 1, 0, nodes));
}
