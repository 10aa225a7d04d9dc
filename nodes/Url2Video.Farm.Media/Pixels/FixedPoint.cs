using System.Runtime.CompilerServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>The scalar definitions of the arithmetic that every vector path repeats lane by lane.</summary>
internal static class FixedPoint
{
    /// <summary>Full weight on the 15-bit scale. With it <see cref="MulHrs"/> returns x itself for |x| &lt; 16384.</summary>
    public const int One15 = 32767;

    /// <summary>The rounded product of x and a 15-bit weight: what PMULHRSW and SQRDMULH compute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MulHrs(int x, int weight) => ((x * weight) + 0x4000) >> 15;

    /// <summary>An alpha of 0..255 as a 15-bit weight: 0 gives 0 and 255 gives 32767.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int W15(int alpha) => (alpha << 7) + (alpha >> 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte ToByte(int value) => (byte)Math.Clamp(value, 0, 255);
}
