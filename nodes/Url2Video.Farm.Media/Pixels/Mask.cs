namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Coverage to be filled with a colour: a luma plane, and a chroma plane of half its size made from it with BT.709's siting
/// (level with the left luma pixel: weights 1 2 1 across, both rows). X and Y are even and count from some origin.
/// </summary>
internal sealed class Mask : IDisposable
{
    /// <param name="luma">Owned by the mask from now on.</param>
    public Mask(Plane8 luma, int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x & 1, 0, nameof(x));
        ArgumentOutOfRangeException.ThrowIfNotEqual(y & 1, 0, nameof(y));
        (Luma, X, Y) = (luma, x, y);

        // One more column: a last luma pixel right of its pair still reaches the next chroma sample.
        Chroma = new Plane8((luma.Width / 2) + 1, (luma.Height + 1) / 2);
        Resite();
    }

    public Plane8 Luma { get; }

    public Plane8 Chroma { get; }

    public int X { get; }

    public int Y { get; }

    public PixelRect Bounds => new(X, Y, Luma.Width, Luma.Height);

    /// <summary>Makes chroma anew from a luma that was written over.</summary>
    public void Resite()
    {
        for (var row = 0; row < Chroma.Height; row++)
        {
            var upper = Luma.Row(2 * row);
            var lower = (2 * row) + 1 < Luma.Height ? Luma.Row((2 * row) + 1) : default;
            Halve(upper, lower, Chroma.Row(row));
        }
    }

    public void Dispose()
    {
        Luma.Dispose();
        Chroma.Dispose();
    }

    private static void Halve(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> chroma)
    {
        for (var i = 0; i < chroma.Length; i++)
        {
            var sum = At(upper, (2 * i) - 1) + (2 * At(upper, 2 * i)) + At(upper, (2 * i) + 1)
                + At(lower, (2 * i) - 1) + (2 * At(lower, 2 * i)) + At(lower, (2 * i) + 1);
            chroma[i] = (byte)((sum + 4) >> 3);
        }

        static int At(ReadOnlySpan<byte> row, int x) => (uint)x < (uint)row.Length ? row[x] : 0;
    }
}
