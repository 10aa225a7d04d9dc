namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// Functions made of IEEE additions, multiplications, divisions and square roots in a fixed order, which give the same
/// bits on every machine. The C library's own differ in the last bit between CPUs (with and without FMA).
/// </summary>
internal static class StrictMath
{
    /// <summary>10^(1/10000): one hundredth of a millibel of power.</summary>
    private const double TenToTheTenThousandth = 1.000230285020824748;
    private const double TwoPi = 6.283185307179586477;

    /// <summary>sin(2π·turns); error below 1e-15 for |turns| up to a few thousand.</summary>
    internal static double SinTurns(double turns)
    {
        var t = turns - Math.Floor(turns);
        var sign = 1.0;
        if (t >= 0.5)
        {
            (t, sign) = (t - 0.5, -1.0);
        }

        t = t > 0.25 ? 0.5 - t : t;
        var x = TwoPi * t;
        var square = x * x;
        // Taylor series by Horner; at a quarter turn the term after x^21 is below 1e-18.
        var sum = 1.0;
        for (var n = 20; n >= 2; n -= 2)
        {
            sum = 1.0 - square / (n * (n + 1)) * sum;
        }

        return sign * x * sum;
    }

    internal static double CosTurns(double turns) => SinTurns(turns + 0.25);

    /// <summary>Modified Bessel function of the first kind, order 0, for Kaiser windows (x up to 20).</summary>
    internal static double BesselI0(double x)
    {
        var (sum, term, half) = (1.0, 1.0, x / 2);
        for (var k = 1; k <= 60; k++)
        {
            term = term * (half / k) * (half / k);
            sum += term;
        }

        return sum;
    }

    /// <summary>10^(n/10000) by repeated squaring; relative error below 1e-11 for |n| up to 100,000.</summary>
    internal static double TenToTenThousandths(int n)
    {
        var (result, power, left) = (1.0, TenToTheTenThousandth, Math.Abs(n));
        while (left > 0)
        {
            result = (left & 1) != 0 ? result * power : result;
            power *= power;
            left >>= 1;
        }

        return n < 0 ? 1.0 / result : result;
    }

    /// <summary>Amplitude of a level in hundredths of a decibel: 10^(h/2000).</summary>
    internal static double Amplitude(int decibelHundredths) => TenToTenThousandths(5 * decibelHundredths);

    /// <summary>The level in hundredths of a decibel nearest to an amplitude; −20000 at and below −200 dB.</summary>
    internal static int DecibelHundredths(double amplitude)
    {
        // No logarithm: the largest level whose lower rounding edge the amplitude reaches.
        var (low, high) = (-20_000, 6_000);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            (low, high) = amplitude >= TenToTenThousandths(5 * middle - 3) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
