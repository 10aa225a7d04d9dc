using System.Globalization;

namespace Url2Video.Farm.Core;

/// <summary>An exact fraction in lowest terms with a positive denominator. Frame rates and time bases are never doubles.</summary>
public readonly record struct Rational
{
    public Rational(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var divisor = Gcd(Math.Abs(numerator), denominator);
        (Numerator, Denominator) = (numerator / divisor, denominator / divisor);
    }

    public long Numerator { get; }

    public long Denominator { get; }

    /// <summary>Accepts <c>30</c>, <c>30000/1001</c>, and the customary <c>23.976</c>, <c>29.97</c>, <c>59.94</c>.</summary>
    public static bool TryParse(string text, out Rational value)
    {
        value = default;
        var known = text switch { "23.976" or "23.98" => (24000, 1001), "29.97" => (30000, 1001), "59.94" => (60000, 1001), _ => (0, 0) };
        if (known.Item2 != 0)
        {
            value = new Rational(known.Item1, known.Item2);
            return true;
        }

        var parts = text.Split('/');
        if (parts.Length > 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
            || !long.TryParse(parts.Length == 2 ? parts[1] : "1", NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
            || denominator == 0)
        {
            return false;
        }

        value = new Rational(numerator, denominator);
        return true;
    }

    /// <summary>floor(count · this), exact.</summary>
    public long FloorTimes(long count) => (long)Int128Floor((Int128)count * Numerator, Denominator);

    /// <summary>floor(count / this), exact. The fraction must not be zero.</summary>
    public long FloorDivide(long count) => (long)Int128Floor((Int128)count * Denominator, Numerator);

    public override string ToString() => Denominator == 1 ? $"{Numerator}" : $"{Numerator}/{Denominator}";

    private static Int128 Int128Floor(Int128 value, Int128 divisor)
    {
        var quotient = value / divisor;
        return value % divisor != 0 && (value < 0) != (divisor < 0) ? quotient - 1 : quotient;
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a == 0 ? 1 : a;
    }
}
