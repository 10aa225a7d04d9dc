using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A gradient in the theme's dark tones with a few soft lights adrift on it. Computed on a grid of nodes 16 luma pixels apart
/// with 7 fractional bits, then expanded with dither: little work, no bands.
/// </summary>
internal sealed class GeneratedBackground : IBackgroundRenderer
{
    private const int ShapeCount = 5;
    private readonly RenderContext _context;
    private readonly DriftingShape[] _shapes = new DriftingShape[ShapeCount];
    private readonly Yuv[] _corners;
    private readonly NodeGrid _grid;

    public GeneratedBackground(ulong seed, RenderContext context)
    {
        _context = context;
        _grid = new NodeGrid(context.Width, context.Height);

        var random = new SplitMix64(seed);
        var (ink, glow, accent) = (context.Theme.Ink, context.Theme.Glow, context.Theme.Accent);
        Span<Rgb> tones = [ink.Mix(glow, 96), ink.Mix(glow, 40), ink.Mix(accent, 20), ink];
        var turn = random.Between(0, 3);
        _corners = [tones[turn].ToYuv(), tones[(turn + 1) & 3].ToYuv(), tones[(turn + 2) & 3].ToYuv(), tones[(turn + 3) & 3].ToYuv()];
        // Accent is mixed with ink only: over glow it would turn grey.
        Span<Rgb> lights = [glow, ink.Mix(accent, 64), glow.Mix(context.Theme.Paper, 24), ink, ink.Mix(glow, 150)];
        for (var i = 0; i < ShapeCount; i++)
        {
            _shapes[i] = DriftingShape.Create(ref random, context.Width, context.Height, lights[i].ToYuv(), random.Between(15_000, 23_000));
        }
    }

    public void Draw(long frame, YuvImage target)
    {
        FillGradient();
        foreach (ref readonly var shape in _shapes.AsSpan())
        {
            AddShape(shape, frame);
        }

        _grid.Expand(target, _context.Lanes);
    }

    public void Dispose()
    {
    }

    private void FillGradient()
    {
        for (var row = 0; row < _grid.Rows; row++)
        {
            var down = (row << 15) / _grid.Rows;
            FillRow(_grid.Row(0, row), down, _corners[0].Y, _corners[1].Y, _corners[2].Y, _corners[3].Y);
            FillRow(_grid.Row(1, row), down, _corners[0].U, _corners[1].U, _corners[2].U, _corners[3].U);
            FillRow(_grid.Row(2, row), down, _corners[0].V, _corners[1].V, _corners[2].V, _corners[3].V);
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

    private void AddShape(in DriftingShape shape, long frame)
    {
        var (centreX, centreY) = shape.At(frame, _context.Rate);
        long radius2 = (long)shape.Radius * shape.Radius;
        var inverse = (1L << 40) / radius2;
        for (var row = 0; row < _grid.Rows; row++)
        {
            long dy = (row << (NodeGrid.LumaShift + 4)) - centreY;
            var y = _grid.Row(0, row);
            var u = _grid.Row(1, row);
            var v = _grid.Row(2, row);
            for (var x = 0; x < y.Length; x++)
            {
                long dx = (x << (NodeGrid.LumaShift + 4)) - centreX;
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
}
