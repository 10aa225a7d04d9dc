using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// The heights of a picture: its luma, at one node every 8 by 8 pixels, softened. Sums of codes, so that a slow gradient has a slope and no
/// steps. What is finer than some ten pixels has no height: grain and print are not lit.
/// </summary>
internal sealed unsafe class Relief
{
    public const int Shift = 3;

    /// <summary>A cell's sum, and sixteen times as much after each of three passes.</summary>
    public const double Unit = 64.0 * 4096;

    private const int BlurPasses = 3;
    private readonly int[] _heights, _before;
    private readonly Lanes _lanes;

    /// <param name="width">Of the frame.</param>
    public Relief(int width, int height, Lanes lanes)
    {
        _lanes = lanes;
        (Columns, Rows) = ((width >> Shift) + 2, (height >> Shift) + 2);
        _heights = GC.AllocateArray<int>(Columns * Rows, pinned: true);
        _before = GC.AllocateArray<int>(Columns * Rows, pinned: true);
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>A row of heights; the row at an edge is its own neighbour.</summary>
    public ReadOnlySpan<int> Row(int row) => _heights.AsSpan(Math.Clamp(row, 0, Rows - 1) * Columns, Columns);

    /// <summary>Reads the heights of a frame; a node is the mean of the cell about it, in 1/64 codes times 16 a pass.</summary>
    public void Read(YuvImage image)
    {
        const int Cell = 1 << Shift;

        // Node k lies at pixel 8k; its cell reaches four pixels to each side. Those of the first and of the last two may reach over the edges.
        var inner = Math.Max(0, (image.Width / Cell) - 1);
        for (var row = 0; row < Rows; row++)
        {
            var heights = _heights.AsSpan(row * Columns, Columns);
            heights.Clear();
            for (var dy = 0; dy < Cell; dy++)
            {
                var luma = image.RowY(Math.Clamp((row << Shift) - (Cell / 2) + dy, 0, image.Height - 1));
                fixed (int* sums = heights)
                fixed (byte* pixels = luma)
                {
                    RowKernels.AddCells(pixels + (Cell / 2), sums + 1, inner, _lanes);
                }

                heights[0] += Sum(luma, -(Cell / 2));
                for (var column = inner + 1; column < Columns; column++)
                {
                    heights[column] += Sum(luma, (column << Shift) - (Cell / 2));
                }
            }
        }

        for (var pass = 0; pass < BlurPasses; pass++)
        {
            Soften();
        }
    }

    /// <summary>The slope at a node: codes a pixel, to the right and down.</summary>
    public (double X, double Y) SlopeAt(int column, int row)
    {
        var (left, right) = (Math.Max(0, column - 1), Math.Min(Columns - 1, column + 1));
        var (above, below) = (Math.Max(0, row - 1), Math.Min(Rows - 1, row + 1));
        var across = (_heights[(row * Columns) + right] - _heights[(row * Columns) + left]) / Unit / ((right - left) << Shift);
        var down = (_heights[(below * Columns) + column] - _heights[(above * Columns) + column]) / Unit / ((below - above) << Shift);
        return (across, down);
    }

    private static int Sum(ReadOnlySpan<byte> luma, int start)
    {
        var sum = 0;
        for (var i = 0; i < 1 << Shift; i++)
        {
            sum += luma[Math.Clamp(start + i, 0, luma.Length - 1)];
        }

        return sum;
    }

    // Weights 1 2 1 across and down, the edge repeated; nothing is rounded away.
    private void Soften()
    {
        fixed (int* heights = _heights, before = _before)
        {
            for (var row = 0; row < Rows; row++)
            {
                var from = heights + (row * Columns);
                var to = before + (row * Columns);
                to[0] = (3 * from[0]) + from[1];
                to[Columns - 1] = from[Columns - 2] + (3 * from[Columns - 1]);
                RowKernels.Smooth(from, from + 1, from + 2, to + 1, Columns - 2, _lanes);
            }

            for (var row = 0; row < Rows; row++)
            {
                var above = before + (Math.Max(0, row - 1) * Columns);
                var below = before + (Math.Min(Rows - 1, row + 1) * Columns);
                RowKernels.Smooth(above, before + (row * Columns), below, heights + (row * Columns), Columns, _lanes);
            }
        }
    }
}
