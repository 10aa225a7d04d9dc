using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture stretched over the frame, very soft and darkened: what lies beside a picture of another shape.</summary>
internal sealed class BlurredFill : IDisposable
{
    private const int BlurPasses = 10;
    private const int NodesMax = 16_384 / 2;

    /// <summary>Share of ink over it, so that the picture itself stands out: 0..32767.</summary>
    private const int InkShare = 14_000;

    private readonly YuvImage _frame;

    public BlurredFill(YuvImage picture, RenderContext context)
    {
        var grid = new NodeGrid(context.Width, context.Height);
        Sample(picture, grid);
        for (var pass = 0; pass < BlurPasses; pass++)
        {
            grid.Blur();
        }

        Darken(grid, context.Theme.Ink.ToYuv());
        _frame = new YuvImage(context.Width, context.Height);
        grid.Expand(_frame, context.Lanes);
    }

    public void Draw(YuvImage target) => ImageBlend.Copy(_frame, target);

    public void Dispose() => _frame.Dispose();

    // The middle of the picture at two luma pixels per node, which is one chroma pixel per node.
    private static void Sample(YuvImage picture, NodeGrid grid)
    {
        var isWider = (long)picture.Width * grid.Rows > (long)picture.Height * grid.Columns;
        var width = isWider ? (int)((long)picture.Width * grid.Rows / picture.Height) : grid.Columns;
        var height = isWider ? grid.Rows : (int)((long)picture.Height * grid.Columns / picture.Width);

        // A thread of a picture is squeezed rather than made larger than a picture can be: nobody sees that through the blur.
        (width, height) = (Math.Clamp(width, grid.Columns, NodesMax), Math.Clamp(height, grid.Rows, NodesMax));
        using var small = PictureScaler.Scale(picture, 2 * width, 2 * height);
        var (left, top) = ((width - grid.Columns) / 2, (height - grid.Rows) / 2);
        for (var row = 0; row < grid.Rows; row++)
        {
            var upper = small.RowY(2 * (top + row));
            var lower = small.RowY((2 * (top + row)) + 1);
            var u = small.RowU(top + row);
            var v = small.RowV(top + row);
            for (var x = 0; x < grid.Columns; x++)
            {
                var at = 2 * (left + x);
                grid.Row(0, row)[x] = (short)((upper[at] + upper[at + 1] + lower[at] + lower[at + 1]) << 5);
                grid.Row(1, row)[x] = (short)(u[left + x] << 7);
                grid.Row(2, row)[x] = (short)(v[left + x] << 7);
            }
        }
    }

    private static void Darken(NodeGrid grid, Yuv ink)
    {
        for (var row = 0; row < grid.Rows; row++)
        {
            Mix(grid.Row(0, row), ink.Y);
            Mix(grid.Row(1, row), ink.U);
            Mix(grid.Row(2, row), ink.V);
        }

        static void Mix(Span<short> nodes, byte code)
        {
            foreach (ref var node in nodes)
            {
                node = (short)(node + FixedPoint.MulHrs((code << 7) - node, InkShare));
            }
        }
    }
}
