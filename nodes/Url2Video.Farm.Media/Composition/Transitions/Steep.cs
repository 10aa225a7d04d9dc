using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Shapes of a transition's weight over its time; 0..32767 in and out.</summary>
internal static class Steep
{
    /// <summary>Nothing for a third, then all of the way in a third, then the rest.</summary>
    public static int Middle(int weight) => Math.Clamp((3 * weight) - FixedPoint.One15, 0, FixedPoint.One15);

    /// <summary>From nothing to all in the middle and back, smooth at its ends and top: 4·w·(1 − w).</summary>
    public static int Bump(int weight) => (int)(4L * weight * (FixedPoint.One15 - weight) / FixedPoint.One15);
}
