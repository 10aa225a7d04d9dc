namespace Url2Video.Farm.Media.Pixels;

/// <summary>The 8 by 8 Bayer matrix: thresholds 0..63 whose neighbours differ as much as can be.</summary>
internal static class Dither
{
    private static ReadOnlySpan<byte> Matrix =>
    [
        0, 32, 8, 40, 2, 34, 10, 42,
        48, 16, 56, 24, 50, 18, 58, 26,
        12, 44, 4, 36, 14, 46, 6, 38,
        60, 28, 52, 20, 62, 30, 54, 22,
        3, 35, 11, 43, 1, 33, 9, 41,
        51, 19, 59, 27, 49, 17, 57, 25,
        15, 47, 7, 39, 13, 45, 5, 37,
        63, 31, 55, 23, 61, 29, 53, 21,
    ];

    public static int At(int x, int y) => Matrix[((y & 7) << 3) | (x & 7)];

    /// <summary>The eight thresholds of a row, repeating.</summary>
    public static ReadOnlySpan<byte> Row(int y) => Matrix.Slice((y & 7) << 3, 8);
}
