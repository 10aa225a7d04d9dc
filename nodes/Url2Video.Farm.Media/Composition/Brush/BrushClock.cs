namespace Url2Video.Farm.Media.Composition;

/// <summary>How far a brush has moved at a moment: one copy, or two and how they are mixed. Shares of the whole way, 2.30.</summary>
/// <param name="Weight">Of the second copy, 0..32767.</param>
internal readonly record struct BrushPhase(long First, long Second, int Weight);

/// <summary>The time of a brush. Pure, on integers.</summary>
internal sealed class BrushClock(MotionBrush brush)
{
    private readonly long _period = Math.Max(1, brush.Length * 1000L * 100 / brush.SpeedPercent);

    /// <param name="micros">Since the shot's first frame.</param>
    public BrushPhase At(long micros)
    {
        var strength = StrengthAt(micros);
        switch (brush.Mode)
        {
            case BrushMode.Swing:
                return One(Swing.At(1 << 30, TurnAt(micros, 0)), strength);
            case BrushMode.Ease:
                var clock = new MoveClock(brush.Delay * 1000L, _period, brush.Ease);
                return One(Math.Clamp(clock.ShareAt(micros), -EasingCurve.One, 2 * EasingCurve.One), strength);
            default:
                // Both copies go from half the way before their place to half of it beyond; the one that jumps back is not seen then.
                var (first, second) = (Along(micros, 0), Along(micros, 1u << 31));
                var seen = Math.Abs(first - (EasingCurve.One / 2));
                var weight = (int)Math.Min(seen >> 14, 32_767);
                return new BrushPhase(Part(first - (EasingCurve.One / 2), strength), Part(second - (EasingCurve.One / 2), strength), weight);
        }
    }

    /// <summary>The angle of the swaying, 2³² to the turn; at the same speed as the rest.</summary>
    public uint TurnAt(long micros, uint phase) => (uint)(((Int128)micros << 32) / _period) + phase;

    private static BrushPhase One(long share, long strength) => new(Part(share, strength), 0, 0);

    private static long Part(long share, long strength) => (long)((Int128)share * strength >> 30);

    private long Along(long micros, uint phase) => TurnAt(micros, phase) >> 2;

    /// <summary>How much of the movement is made at a moment, 0..One.</summary>
    public long StrengthAt(long micros)
    {
        var keys = brush.Intensity;
        if (keys.IsEmpty)
        {
            return EasingCurve.One;
        }

        var next = 0;
        while (next < keys.Length && keys[next].Millis * 1000L <= micros)
        {
            next++;
        }

        if (next == 0 || next == keys.Length)
        {
            return Share(keys[Math.Max(0, next - 1)]);
        }

        var (from, to) = (keys[next - 1], keys[next]);
        var clock = new MoveClock(from.Millis * 1000L, (to.Millis - from.Millis) * 1000L, to.Ease);
        return Math.Clamp(EasingCurve.Between(Share(from), Share(to), clock.ShareAt(micros)), 0, EasingCurve.One);

        static long Share(BrushKey key) => (EasingCurve.One * key.Percent) / 100;
    }
}
