using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// One formula in three executions. Channels are 0..255 in unsigned 16-bit lanes; a product is divided by 255 with rounding:
/// (p + 128 + ((p + 128) >> 8)) >> 8, exact for every pair of bytes and never above 16 bits.
/// </summary>
internal interface IBlendFormula
{
    static abstract int Of(int below, int layer);

    static abstract Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer);

    static abstract Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer);
}

internal static class BlendMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Mul(int a, int b)
    {
        var p = (a * b) + 128;
        return (p + (p >> 8)) >> 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Mul(Vector128<ushort> a, Vector128<ushort> b)
    {
        var p = (a * b) + Vector128.Create((ushort)128);
        return Vector128.ShiftRightLogical(p + Vector128.ShiftRightLogical(p, 8), 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Mul(Vector256<ushort> a, Vector256<ushort> b)
    {
        var p = (a * b) + Vector256.Create((ushort)128);
        return Vector256.ShiftRightLogical(p + Vector256.ShiftRightLogical(p, 8), 8);
    }

    public static Vector128<ushort> Full128 => Vector128.Create((ushort)255);

    public static Vector256<ushort> Full256 => Vector256.Create((ushort)255);
}
