namespace Url2Video.Farm.Media.Quality;

/// <summary>Linear light of an sRGB code, ten-thousandths.</summary>
internal static class LinearLight
{
    public const int One = 10_000;

    private static readonly int[] s_table = [.. Enumerable.Range(0, 256).Select(Compute)];

    public static int Of(int code) => s_table[code];

    // x^2.4 is the fifth root of x^12: found by halving, with products alone, so that every machine has the same.
    private static int Compute(int code)
    {
        var value = code / 255.0;
        if (value <= 0.04045)
        {
            return (int)(value / 12.92 * One);
        }

        var x = (value + 0.055) / 1.055;
        var wanted = x * x * x * x * x * x * x * x * x * x * x * x;
        var (low, high) = (0, One);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            var y = middle / (double)One;
            (low, high) = y * y * y * y * y <= wanted ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
