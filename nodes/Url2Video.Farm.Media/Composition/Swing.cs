namespace Url2Video.Farm.Media.Composition;

/// <summary>A wave of two parabolas, 4t(1 − t) up, then down: near a sine, without corners, and exact in integers.</summary>
internal static class Swing
{
    /// <summary>The angle at a frame, 2³² to the turn: <paramref name="phase"/> and one turn each period more.</summary>
    public static uint Turn(long frame, FrameRate rate, int periodSeconds, uint phase) =>
        (uint)(((Int128)frame * rate.Denominator << 32) / ((Int128)rate.Numerator * periodSeconds)) + phase;

    /// <summary>The height of the wave at an angle, −reach..reach.</summary>
    public static int At(int reach, uint turn)
    {
        long t = (turn << 1) >> 2; // the place within a half turn, 0 .. 2^30 − 1
        var height = (4 * t * ((1L << 30) - t)) >> 30;
        var swing = (reach * height) >> 30;
        return (int)(turn >> 31 == 0 ? swing : -swing);
    }
}
