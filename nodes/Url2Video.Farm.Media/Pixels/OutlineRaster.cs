namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Fills closed lines exactly: for every pixel the area that lies inside, from the edges' shares of it, in integers. Lines that go round the other way
/// cut holes; where two shapes lie on each other there is no more than all.
/// </summary>
internal sealed class OutlineRaster
{
    private readonly int _width, _height;
    private readonly int[] _covers, _areas;

    /// <param name="width">Of the plane that is filled; points lie in it.</param>
    public OutlineRaster(int width, int height)
    {
        (_width, _height) = (width, height);
        (_covers, _areas) = (new int[(width + 1) * height], new int[(width + 1) * height]);
    }

    /// <summary>One edge; 1/256 of a pixel.</summary>
    public void Edge(int x0, int y0, int x1, int y1)
    {
        if (y0 == y1)
        {
            return;
        }

        var direction = y0 < y1 ? 1 : -1;
        if (direction < 0)
        {
            (x0, y0, x1, y1) = (x1, y1, x0, y0);
        }

        long dx = x1 - x0, dy = y1 - y0;
        for (var row = y0 >> 8; row <= (y1 - 1) >> 8; row++)
        {
            var (top, bottom) = (Math.Max(y0, row << 8), Math.Min(y1, (row + 1) << 8));
            if ((uint)row < (uint)_height)
            {
                Part(row, x0 + (int)Floor(dx * (top - y0), dy), x0 + (int)Floor(dx * (bottom - y0), dy), bottom - top, direction);
            }
        }
    }

    /// <summary>Writes what was drawn, 0..255, and forgets it.</summary>
    public void Fill(Plane8 plane)
    {
        for (var y = 0; y < _height; y++)
        {
            var row = plane.Row(y);
            var (at, cover) = (y * (_width + 1), 0);
            for (var x = 0; x < _width; x++)
            {
                cover += _covers[at + x];
                row[x] = (byte)Math.Min(255, Math.Abs((cover << 9) - _areas[at + x]) >> 9);
            }
        }

        Array.Clear(_covers);
        Array.Clear(_areas);
    }

    /// <summary>The part of an edge in one row, from xa to xb while it goes down by <paramref name="height"/>.</summary>
    private void Part(int row, int xa, int xb, int height, int direction)
    {
        var (first, last) = (xa >> 8, xb >> 8);
        if (first == last)
        {
            Cell(row, first, direction * height, (xa & 255) + (xb & 255));
            return;
        }

        // Column by column; each takes the share of the height that the line needs to cross it.
        long run = xb - xa;
        var (step, done) = (first < last ? 1 : -1, 0);
        for (var column = first; ; column += step)
        {
            var (from, isLast) = (column == first ? xa & 255 : step > 0 ? 0 : 256, column == last);
            var to = isLast ? xb & 255 : step > 0 ? 256 : 0;
            var reached = isLast ? height : (int)Floor(((long)(column << 8) + to - xa) * height, run);
            Cell(row, column, direction * (reached - done), from + to);
            done = reached;
            if (isLast)
            {
                return;
            }
        }
    }

    // Left of the plane everything lies right of the edge; right of it nothing is seen.
    private void Cell(int row, int column, int cover, int places)
    {
        if (column >= _width)
        {
            return;
        }

        var at = (row * (_width + 1)) + Math.Max(0, column);
        _covers[at] += cover;
        _areas[at] += column < 0 ? 0 : cover * places;
    }

    private static long Floor(long value, long by) => (value / by) - (value % by != 0 && (value < 0) != (by < 0) ? 1 : 0);
}
