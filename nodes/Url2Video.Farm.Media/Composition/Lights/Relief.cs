using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// The heights of a picture: its luma, at one node every 8 by 8 pixels, softened. Sums of codes, so that a slow gradient has a slope and no
/// steps. What is finer than some ten pixels has no height: grain and print are not lit.
/// </summary>
internal sealed class Relief
{
    public const int Shift = 3;

    private const int BlurPasses = 3;
    private readonly int[] _heights, _before;

    /// <param name="width">Of the frame.</param>
    public Relief(int width, int height)
    {
        (Columns, Rows) = ((width >> Shift) + 2, (height >> Shift) + 2);
        (_heights, _before) = (new int[Columns * Rows], new int[Columns * Rows]);
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Reads the heights of a frame; a node is the mean of the cell about it, in 1/64 codes times 16 a pass.</summary>
    public void Read(YuvImage image)
    {
        const int Cell = 1 << Shift;
        for (var row = 0; row < Rows; row++)
        {
            var heights = _heights.AsSpan(row * Columns, Columns);
            heights.Clear();
            for (var dy = 0; dy < Cell; dy++)
            {
                // Node k lies at pixel 8k; its cell reaches four pixels to each side.
                var luma = image.RowY(Math.Clamp((row << Shift) - (Cell / 2) + dy, 0, image.Height - 1));
                for (var column = 0; column < Columns; column++)
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
        const double Unit = 64.0 * 4096; // A cell's sum, and sixteen times as much after each of three passes.
        var (left, right) = (Math.Max(0, column - 1), Math.Min(Columns - 1, column + 1));
        var (above, below) = (Math.Max(0, row - 1), Math.Min(Rows - 1, row + 1));
        var across = (_heights[(row * Columns) + right] - _heights[(row * Columns) + left]) / Unit / ((right - left) << Shift);
        var down = (_heights[(below * Columns) + column] - _heights[(above * Columns) + column]) / Unit / ((below - above) << Shift);
        return (across, down);
    }

    private static int Sum(ReadOnlySpan<byte> luma, int start)
    {
        var sum = 0;
        if (start >= 0 && start + (1 << Shift) <= luma.Length)
        {
            foreach (var value in luma.Slice(start, 1 << Shift))
            {
                sum += value;
            }

            return sum;
        }

        for (var i = 0; i < 1 << Shift; i++)
        {
            sum += luma[Math.Clamp(start + i, 0, luma.Length - 1)];
        }

        return sum;
    }

    // Weights 1 2 1 across and down, the edge repeated; nothing is rounded away.
    private void Soften()
    {
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var at = row * Columns;
                _before[at + column] = _heights[at + Math.Max(0, column - 1)] + (2 * _heights[at + column]) + _heights[at + Math.Min(Columns - 1, column + 1)];
            }
        }

        for (var row = 0; row < Rows; row++)
        {
            var (above, at, below) = (Math.Max(0, row - 1) * Columns, row * Columns, Math.Min(Rows - 1, row + 1) * Columns);
            for (var column = 0; column < Columns; column++)
            {
                _heights[at + column] = _before[above + column] + (2 * _before[at + column]) + _before[below + column];
            }
        }
    }
}
