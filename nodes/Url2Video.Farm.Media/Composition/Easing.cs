namespace Url2Video.Farm.Media.Composition;

/// <summary>How a movement spends its time.</summary>
public enum Easing
{
    /// <summary>Constant speed.</summary>
    Linear,

    /// <summary>Starts fast, settles: 1 − (1 − t)³.</summary>
    OutCubic,

    /// <summary>Starts very fast, settles long: 1 − (1 − t)⁵.</summary>
    OutQuint,

    /// <summary>Starts and ends at rest: 4t³, mirrored.</summary>
    InOutCubic,

    /// <summary>Starts and ends at rest, gently: 3t² − 2t³.</summary>
    Smooth,
}

/// <summary>
/// Easing as polynomials in 2.30 fixed point: exact integer arithmetic, so a movement has the same bits on every processor.
/// </summary>
public static class EasingCurve
{
    /// <summary>The end of every movement.</summary>
    public const long One = 1L << 30;

    /// <summary>The share of a movement done after <paramref name="frame"/> of <paramref name="frames"/>, 0..<see cref="One"/>.</summary>
    /// <param name="frames">Length; 0 or less counts as done.</param>
    public static long At(Easing easing, long frame, long frames)
    {
        if (frame >= frames)
        {
            return One;
        }

        return frame <= 0 ? 0 : Apply(easing, (long)(((Int128)frame << 30) / frames));
    }

    /// <param name="t">0..<see cref="One"/>.</param>
    public static long Apply(Easing easing, long t)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, One);
        var rest = One - t;
        return easing switch
        {
            Easing.Linear => t,
            Easing.OutCubic => One - Multiply(Multiply(rest, rest), rest),
            Easing.OutQuint => One - Multiply(Multiply(Multiply(rest, rest), Multiply(rest, rest)), rest),
            Easing.InOutCubic when t < One / 2 => 4 * Multiply(Multiply(t, t), t),
            Easing.InOutCubic => One - (4 * Multiply(Multiply(rest, rest), rest)),
            Easing.Smooth => Multiply(Multiply(t, t), (3 * One) - (2 * t)),
            _ => throw new ArgumentOutOfRangeException(nameof(easing), easing, "Not an easing."),
        };
    }

    /// <summary>from + (to − from) · share, rounded down; exact for 32.32 coordinates.</summary>
    public static long Between(long from, long to, long share) => from + (long)(((Int128)(to - from) * share) >> 30);

    private static long Multiply(long a, long b) => (long)(((Int128)a * b) >> 30);
}
