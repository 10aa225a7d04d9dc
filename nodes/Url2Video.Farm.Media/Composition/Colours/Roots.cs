namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Roots by Newton's steps from a guess at the exponent: additions, multiplications and divisions alone, so that every machine gets the same bits, which
/// the library's powers do not promise.
/// </summary>
internal static class Roots
{
    private const int Steps = 6;

    /// <summary>Of any number, with its sign.</summary>
    public static double Cube(double value)
    {
        var x = Math.Abs(value);
        if (x < 1e-30)
        {
            return 0;
        }

        var root = Guess(x, 3);
        for (var i = 0; i < Steps; i++)
        {
            root = ((2 * root) + (x / (root * root))) / 3;
        }

        return value < 0 ? -root : root;
    }

    /// <param name="x">0 or more.</param>
    public static double Fifth(double x)
    {
        if (x < 1e-30)
        {
            return 0;
        }

        var root = Guess(x, 5);
        for (var i = 0; i < Steps; i++)
        {
            var square = root * root;
            root = ((4 * root) + (x / (square * square))) / 5;
        }

        return root;
    }

    // The bits of a double are close to its logarithm: dividing them is close to the root.
    private static double Guess(double x, int degree)
    {
        const long OfOne = 1023L << 52;
        return BitConverter.Int64BitsToDouble(((BitConverter.DoubleToInt64Bits(x) - OfOne) / degree) + OfOne);
    }
}
