namespace Url2Video.Farm.Media.Quality;

/// <summary>The standard deviation of the picture after a Sobel filter: spatial information of ITU-T P.910, of the rows that are given.</summary>
internal unsafe struct SobelSpread
{
    private long _sum, _squares, _count;

    /// <summary>SI in hundredths.</summary>
    public readonly int Hundredths
    {
        get
        {
            if (_count == 0)
            {
                return 0;
            }

            // Magnitudes are kept in tenths; UInt128 because their squares are summed over a whole frame.
            var variance = (((UInt128)_squares * (UInt128)_count) - ((UInt128)_sum * (UInt128)_sum)) / ((UInt128)_count * (UInt128)_count);
            return (int)(10 * Math.Sqrt((double)(long)variance));
        }
    }

    /// <summary>The middle one of three neighbouring rows.</summary>
    public void Add(byte* above, byte* row, byte* below, int width)
    {
        for (var x = 1; x < width - 1; x++)
        {
            var across = above[x + 1] + (2 * row[x + 1]) + below[x + 1] - above[x - 1] - (2 * row[x - 1]) - below[x - 1];
            var down = below[x - 1] + (2 * below[x]) + below[x + 1] - above[x - 1] - (2 * above[x]) - above[x + 1];
            var square = 100L * ((across * across) + (down * down));
            _squares += square;
            _sum += (int)Math.Sqrt(square); // Exact to the last bit on every machine, as IEEE 754 asks.
        }

        _count += width - 2;
    }
}
