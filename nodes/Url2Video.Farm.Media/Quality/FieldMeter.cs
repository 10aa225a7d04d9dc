using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Quality;

/// <summary>The mean luma and the red of each field of a frame, from every fourth row of each plane: what flashes, stands still or is black shows in them.</summary>
internal static unsafe class FieldMeter
{
    /// <summary>Rows of a plane from one that is looked at to the next.</summary>
    private const int RowStep = 4;

    /// <param name="luma">One for each field, row by row.</param>
    /// <param name="red">Likewise: (R − G − B) · 320 quartered, 0..80, shifted by one, and in the lowest bit whether it is saturated.</param>
    public static void Measure(YuvImage image, FieldGrid grid, Span<byte> luma, Span<byte> red, Lanes lanes)
    {
        for (var row = 0; row < grid.Rows; row++)
        {
            var (top, bottom) = (FieldGrid.Edge(row, grid.Rows, image.Height), FieldGrid.Edge(row + 1, grid.Rows, image.Height));
            for (var column = 0; column < grid.Columns; column++)
            {
                var (left, right) = (FieldGrid.Edge(column, grid.Columns, image.Width), FieldGrid.Edge(column + 1, grid.Columns, image.Width));
                var cell = (row * grid.Columns) + column;
                luma[cell] = Mean(image.Y, image.StrideY, left, right - left, top, bottom, RowStep, lanes);
                var u = Mean(image.U, image.StrideC, left / 2, (right - left) / 2, top / 2, bottom / 2, RowStep, lanes);
                var v = Mean(image.V, image.StrideC, left / 2, (right - left) / 2, top / 2, bottom / 2, RowStep, lanes);
                red[cell] = RedOf(luma[cell], u, v);
            }
        }
    }

    // The nearest whole number.
    private static byte Mean(byte* plane, int stride, int x, int width, int top, int bottom, int step, Lanes lanes)
    {
        var (sum, count) = (0L, 0L);
        for (var y = top; y < bottom; y += step)
        {
            sum += RowKernels.Sum(plane + ((nint)y * stride) + x, width, lanes);
            count += width;
        }

        return count == 0 ? (byte)0 : (byte)((sum + (count / 2)) / count);
    }

    /// <summary>Red as WCAG 2.1 counts it, of linear light.</summary>
    internal static byte RedOf(byte y, byte u, byte v)
    {
        // Only what leans to red can be saturated; most fields of most films do not.
        if (v <= 128)
        {
            return 0;
        }

        // BT.709 limited range to R'G'B' of 0..255, scaled by 2^16.
        var luma = 76_309 * (y - 16);
        var r = LinearOf((luma + (117_489 * (v - 128))) >> 16);
        var g = LinearOf((luma - (13_975 * (u - 128)) - (34_925 * (v - 128))) >> 16);
        var b = LinearOf((luma + (138_438 * (u - 128))) >> 16);
        var excess = Math.Max(0, r - g - b) * 320 / LinearLight.One;
        var isSaturated = r * 5 >= 4 * (r + g + b) && r > 0;
        return (byte)((excess / 4 << 1) | (isSaturated ? 1 : 0));
    }

    private static int LinearOf(int code) => LinearLight.Of(Math.Clamp(code, 0, 255));
}
