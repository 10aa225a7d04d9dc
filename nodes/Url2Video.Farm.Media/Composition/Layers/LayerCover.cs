using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>How much of each pixel an upright opaque rectangle covers: exactly, so that an edge that glides has no steps.</summary>
internal static class LayerCover
{
    /// <summary>Writes Y for luma and U for chroma.</summary>
    /// <param name="edges">32.32 pixels of the frame.</param>
    /// <param name="area">Of the frame, even.</param>
    /// <param name="x">The column of the frame that is the picture's first; likewise <paramref name="y"/>.</param>
    public static void Fill(YuvImage opacity, (long Left, long Top, long Right, long Bottom) edges, PixelRect area, int x, int y)
    {
        const long Pixel = 1L << 32;
        for (var row = 0; row < area.Height; row++)
        {
            var cover = Share((area.Y + row) * Pixel, Pixel, edges.Top, edges.Bottom);
            Row(opacity.RowY(area.Y - y + row).Slice(area.X - x, area.Width), cover, area.X * Pixel, Pixel, edges.Left, edges.Right);
        }

        // A chroma sample stands for two rows, and for two columns about the left one of its pair.
        for (var row = 0; row < area.Height / 2; row++)
        {
            var cover = Share((area.Y + (2 * row)) * Pixel, 2 * Pixel, edges.Top, edges.Bottom);
            Row(opacity.RowU(((area.Y - y) / 2) + row).Slice((area.X - x) / 2, area.Width / 2), cover, (area.X * Pixel) - (Pixel / 2), 2 * Pixel, edges.Left, edges.Right);
        }
    }

    private static void Row(Span<byte> row, long cover, long start, long size, long left, long right)
    {
        // All but a few pixels at both ends have what the row has.
        var first = (int)Math.Clamp(((left - start) / size) - 1, 0, row.Length);
        var last = (int)Math.Clamp(((right - start) / size) + 1, first, row.Length);
        var (full, end) = (Math.Min(first + 3, row.Length), Math.Max(Math.Min(first + 3, row.Length), last - 3));
        row[..first].Clear();
        row[last..].Clear();
        row[full..end].Fill(Byte(cover));
        for (var i = first; i < Math.Min(full, last); i++)
        {
            row[i] = Byte((long)((Int128)cover * Share(start + (i * size), size, left, right) >> 32));
        }

        for (var i = end; i < last; i++)
        {
            row[i] = Byte((long)((Int128)cover * Share(start + (i * size), size, left, right) >> 32));
        }
    }

    /// <summary>The share of a stretch that lies between two edges, 2³² for all of it.</summary>
    private static long Share(long start, long size, long from, long to)
    {
        var covered = Math.Clamp(Math.Min(to, start + size) - Math.Max(from, start), 0, size);
        return covered / (size >> 32);
    }

    private static byte Byte(long shareQ32) => (byte)(((shareQ32 * 255) + (1L << 31)) >> 32);
}
