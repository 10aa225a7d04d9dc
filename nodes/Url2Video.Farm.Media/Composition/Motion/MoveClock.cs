namespace Url2Video.Farm.Media.Composition;

/// <summary>A span of time in which something moves; microseconds from an origin that the user of it knows.</summary>
internal readonly record struct MoveClock(long Start, long Length, CubicBezier Ease)
{
    /// <summary>The time at which a frame begins, rounded down.</summary>
    public static long MicrosAt(long frame, FrameRate rate) =>
        (long)((Int128)frame * 1_000_000 * rate.Denominator / rate.Numerator);

    /// <summary>The share of the time that is over, 0..<see cref="EasingCurve.One"/>.</summary>
    public long TimeShareAt(long micros)
    {
        if (micros >= Start + Length)
        {
            return EasingCurve.One;
        }

        return micros <= Start ? 0 : (long)(((Int128)(micros - Start) << 30) / Length);
    }

    /// <summary>The share of the movement that is done; beyond 0..One where the curve overshoots.</summary>
    public long ShareAt(long micros) => Ease.Apply(TimeShareAt(micros));
}
