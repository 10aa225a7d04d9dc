namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// The timing curve of CSS, a cubic Bézier from (0, 0) to (1, 1), solved on integers: the same bits on every machine. Points are
/// in ten-thousandths; both x lie in 0..10000, so that every time has one place on the curve.
/// </summary>
public readonly record struct CubicBezier(int X1, int Y1, int X2, int Y2)
{
    private const int Scale = 10_000;

    public static CubicBezier Linear { get; } = new(0, 0, Scale, Scale);

    /// <param name="t">The share of the time, 0..<see cref="EasingCurve.One"/>.</param>
    /// <returns>The share of the movement in 2.30; 0 at 0 and One at One, beyond them where the curve overshoots.</returns>
    public long Apply(long t)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, EasingCurve.One);
        if (t is 0 or EasingCurve.One || (X1 == Y1 && X2 == Y2))
        {
            return t;
        }

        // The smallest parameter at which the curve has reached the time: exact comparisons, so a later time never gives an earlier one.
        var wanted = (Int128)t * Scale << 60;
        long low = 0, high = EasingCurve.One;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = Polynomial(X1, X2, middle) >= wanted ? (low, middle) : (middle + 1, high);
        }

        return (long)((Polynomial(Y1, Y2, low) >> 60) / Scale);
    }

    /// <summary>One coordinate at a parameter in 2.30, times 10000 · 2⁹⁰.</summary>
    private static Int128 Polynomial(int p1, int p2, long s)
    {
        long c = 3L * p1, b = (3L * p2) - (6L * p1), a = Scale + (3L * p1) - (3L * p2);
        return ((((Int128)a * s) + ((Int128)b << 30)) * s + ((Int128)c << 60)) * s;
    }
}
