using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Coarse pixels: each takes the colour at its middle. Counted from the middle of the frame, so that they grow evenly.</summary>
internal static class Pixelate
{
    private const int CoarsestRows = 14;

    /// <param name="share">0..32767 of the coarsest.</param>
    /// <returns>Even luma pixels a side; 0 for none.</returns>
    public static int SizeAt(int share, int height) => (int)((long)height * share / (2L * CoarsestRows * FixedPoint.One15)) * 2;

    /// <param name="size">Even; below 4 nothing happens.</param>
    public static void Apply(YuvImage image, int size)
    {
        if (size < 4)
        {
            return;
        }

        var (originX, originY) = (Origin(image.Width, size), Origin(image.Height, size));
        for (var top = originY; top < image.Height; top += size)
        {
            var (middle, first, end) = (Math.Clamp(top + (size / 2), 0, image.Height - 1), Math.Max(0, top), Math.Min(image.Height, top + size));
            Coarse(image.RowY(middle), originX, size);
            Coarse(image.RowU(middle / 2), originX / 2, size / 2);
            Coarse(image.RowV(middle / 2), originX / 2, size / 2);
            for (var y = first; y < end; y++)
            {
                image.RowY(middle).CopyTo(image.RowY(y));
                image.RowU(middle / 2).CopyTo(image.RowU(y / 2));
                image.RowV(middle / 2).CopyTo(image.RowV(y / 2));
            }
        }
    }

    // The first coarse pixel that touches the frame when one of them has the frame's middle at its corner; never positive, even.
    private static int Origin(int length, int size) => ((length / 2 % size) - size) & ~1;

    private static void Coarse(Span<byte> row, int origin, int size)
    {
        for (var left = origin; left < row.Length; left += size)
        {
            var value = row[Math.Clamp(left + (size / 2), 0, row.Length - 1)];
            var (first, end) = (Math.Max(0, left), Math.Min(row.Length, left + size));
            row[first..end].Fill(value);
        }
    }
}
