using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// How much there is to see in a part of a picture: edges between small blocks, and how far the blocks are from their common mean. Blocks rather than
/// pixels, so that grain does not count. Integers, so that every machine chooses the same.
/// </summary>
internal static class Saliency
{
    private const int Block = 4;

    /// <returns>In 1/256 of a code of luma, a mean a block: 0 is one even colour.</returns>
    public static long Of(YuvImage image, PixelRect part)
    {
        var (columns, rows) = (part.Width / Block, part.Height / Block);
        if (columns < 2 || rows < 2)
        {
            return 0;
        }

        var means = new int[columns * rows];
        long sum = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                sum += means[(row * columns) + column] = MeanOf(image, part.X + (column * Block), part.Y + (row * Block));
            }
        }

        var mean = (int)(sum / means.Length);
        long edges = 0, spread = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var here = means[(row * columns) + column];
                spread += Math.Abs(here - mean);
                edges += column + 1 < columns ? Math.Abs(means[(row * columns) + column + 1] - here) : 0;
                edges += row + 1 < rows ? Math.Abs(means[((row + 1) * columns) + column] - here) : 0;
            }
        }

        // An edge is what the eye goes to; a slow gradient is only half as bad.
        return ((2 * edges) + spread) * 256 / (means.Length * Block * Block);
    }

    // Luma and half of what the colours differ from grey: a red sign on grey of the same light is seen too.
    private static int MeanOf(YuvImage image, int x, int y)
    {
        var sum = 0;
        for (var row = 0; row < Block; row++)
        {
            foreach (var luma in image.RowY(y + row).Slice(x, Block))
            {
                sum += luma;
            }
        }

        var (u, v) = (image.RowU(y / 2)[x / 2] - 128, image.RowV(y / 2)[x / 2] - 128);
        return sum + ((Math.Abs(u) + Math.Abs(v)) * Block * Block / 2);
    }
}
