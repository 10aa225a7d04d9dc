using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Work on the opacity of a frame with four bytes a pixel.</summary>
/// <param name="frame">Format rgba, bgra, argb or abgr.</param>
/// <param name="alphaByte">Place of opacity in a pixel, 0 or 3.</param>
internal readonly unsafe struct PackedAlpha(AvFrame frame, int alphaByte)
{
    internal int AlphaByte { get; } = alphaByte;

    internal bool IsOpaque()
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = Row(y);
            for (var x = AlphaByte; x < row.Length; x += 4)
            {
                if (row[x] != 255)
                {
                    return false;
                }
            }
        }

        return true;
    }

    internal void Premultiply()
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = Row(y);
            for (var x = 0; x < row.Length; x += 4)
            {
                var alpha = row[x + AlphaByte];
                foreach (ref var channel in Colours(row, x))
                {
                    channel = (byte)((channel * alpha + 127) / 255);
                }
            }
        }
    }

    internal void Unpremultiply()
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = Row(y);
            for (var x = 0; x < row.Length; x += 4)
            {
                var alpha = row[x + AlphaByte];
                foreach (ref var channel in Colours(row, x))
                {
                    // The scaler may overshoot: colour above opacity is clipped.
                    channel = alpha == 0 ? (byte)0 : (byte)Math.Min(255, (channel * 255 + alpha / 2) / alpha);
                }
            }
        }
    }

    /// <summary>
    /// Colours what is hardly seen like the nearest seen pixel of its row, and rows without any like the nearest row that has one. Opacity stays.
    /// </summary>
    internal void Spread()
    {
        var first = -1;
        for (var y = 0; y < frame.Height; y++)
        {
            if (SpreadRow(y))
            {
                for (var above = first < 0 ? 0 : y; above < y; above++)
                {
                    CopyColours(y, above);
                }

                first = first < 0 ? y : first;
            }
            else if (first >= 0)
            {
                CopyColours(y - 1, y);
            }
        }
    }

    internal Plane8 Extract()
    {
        var plane = new Plane8(frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
        {
            var source = Row(y);
            var target = plane.Row(y);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = source[x * 4 + AlphaByte];
            }
        }

        return plane;
    }

    /// <returns>False when nothing of the row is seen.</returns>
    private bool SpreadRow(int y)
    {
        // Less than a thirtieth: what the encoder left of its colour is noise.
        const int SeenMin = 8;
        var row = Row(y);
        var last = -1;
        for (var x = 0; x < row.Length; x += 4)
        {
            if (row[x + AlphaByte] < SeenMin)
            {
                continue;
            }

            // Half the gap is coloured from the left, half from the right.
            var middle = last < 0 ? 0 : (((last + x) / 2) + 3) & ~3;
            for (var gap = last + 4; last >= 0 && gap < middle; gap += 4)
            {
                Colours(row, last).CopyTo(Colours(row, gap));
            }

            for (var gap = last < 0 ? 0 : Math.Max(middle, last + 4); gap < x; gap += 4)
            {
                Colours(row, x).CopyTo(Colours(row, gap));
            }

            last = x;
        }

        for (var gap = last + 4; last >= 0 && gap < row.Length; gap += 4)
        {
            Colours(row, last).CopyTo(Colours(row, gap));
        }

        return last >= 0;
    }

    private void CopyColours(int from, int to)
    {
        for (var x = 0; x < frame.Width * 4; x += 4)
        {
            Colours(Row(from), x).CopyTo(Colours(Row(to), x));
        }
    }

    private Span<byte> Colours(Span<byte> row, int pixel) => row.Slice(pixel + (AlphaByte == 0 ? 1 : 0), 3);

    private Span<byte> Row(int y) => new(frame.Planes[0] + (nint)frame.Strides[0] * y, frame.Width * 4);
}
