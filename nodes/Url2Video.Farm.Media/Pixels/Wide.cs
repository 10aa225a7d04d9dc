using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Vector forms of <see cref="FixedPoint"/>. 256-bit forms need AVX2 (see <see cref="LanesOfCpu"/>); 128-bit forms run anywhere:
/// one instruction on x86 and ARM, plain widening arithmetic elsewhere, the same bits everywhere.
/// </summary>
internal static class Wide
{
    /// <summary>Bytes 0..7 and 8..15 as two vectors of eight shorts, in memory order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<short> Lower, Vector128<short> Upper) Widen(Vector128<byte> v) =>
        (Vector128.WidenLower(v).AsInt16(), Vector128.WidenUpper(v).AsInt16());

    /// <summary>
    /// Bytes as shorts within each 128-bit half: Lower holds bytes 0..7 and 16..23, Upper 8..15 and 24..31.
    /// <see cref="Pack(Vector256{short}, Vector256{short})"/> is its exact inverse, so no lane ever crosses halves.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<short> Lower, Vector256<short> Upper) Widen(Vector256<byte> v) =>
        (Avx2.UnpackLow(v, Vector256<byte>.Zero).AsInt16(), Avx2.UnpackHigh(v, Vector256<byte>.Zero).AsInt16());

    /// <summary>Shorts clamped to 0..255 and joined in memory order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Pack(Vector128<short> lower, Vector128<short> upper)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.PackUnsignedSaturate(lower, upper);
        }

        var top = Vector128.Create((short)255);
        lower = Vector128.Min(Vector128.Max(lower, Vector128<short>.Zero), top);
        upper = Vector128.Min(Vector128.Max(upper, Vector128<short>.Zero), top);
        return Vector128.Narrow(lower.AsUInt16(), upper.AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Pack(Vector256<short> lower, Vector256<short> upper) => Avx2.PackUnsignedSaturate(lower, upper);

    /// <summary><see cref="FixedPoint.MulHrs"/> per lane; w in 0..32767.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> MulHrs(Vector128<short> x, Vector128<short> w)
    {
        if (Ssse3.IsSupported)
        {
            return Ssse3.MultiplyHighRoundScale(x, w);
        }

        return AdvSimd.IsSupported ? AdvSimd.MultiplyRoundedDoublingSaturateHigh(x, w) : MulHrsPortable(x, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> MulHrs(Vector256<short> x, Vector256<short> w) => Avx2.MultiplyHighRoundScale(x, w);

    /// <summary>Sums of neighbouring products of unsigned pixels and signed weights; callers keep them within 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> MultiplyAddPairs(Vector128<byte> pixels, Vector128<sbyte> weights) =>
        Ssse3.IsSupported ? Ssse3.MultiplyAddAdjacent(pixels, weights) : MultiplyAddPairsPortable(pixels, weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> MultiplyAddPairs(Vector256<byte> pixels, Vector256<sbyte> weights) =>
        Avx2.MultiplyAddAdjacent(pixels, weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> AddSaturate(Vector128<short> a, Vector128<short> b) => Vector128.AddSaturate(a, b);

    /// <summary>Byte i of the result is byte mask[i] (0..15) of v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Shuffle(Vector128<byte> v, Vector128<byte> mask) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(v, mask) : Vector128.Shuffle(v, mask);

    /// <summary><see cref="FixedPoint.W15"/> per lane of alphas 0..255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> W15(Vector128<short> alpha) =>
        Vector128.ShiftLeft(alpha, 7) + Vector128.ShiftRightLogical(alpha, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> W15(Vector256<short> alpha) =>
        Vector256.ShiftLeft(alpha, 7) + Vector256.ShiftRightLogical(alpha, 1);

    internal static Vector128<short> MulHrsPortable(Vector128<short> x, Vector128<short> w)
    {
        var round = Vector128.Create(0x4000);
        var lower = Vector128.ShiftRightArithmetic((Vector128.WidenLower(x) * Vector128.WidenLower(w)) + round, 15);
        var upper = Vector128.ShiftRightArithmetic((Vector128.WidenUpper(x) * Vector128.WidenUpper(w)) + round, 15);
        return Vector128.Narrow(lower, upper);
    }

    internal static Vector128<short> MultiplyAddPairsPortable(Vector128<byte> pixels, Vector128<sbyte> weights)
    {
        // A short lane holds an even byte in its low half and an odd byte in its high half.
        var evenPixels = pixels.AsInt16() & Vector128.Create((short)0xFF);
        var oddPixels = Vector128.ShiftRightLogical(pixels.AsInt16(), 8);
        var evenWeights = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(weights.AsInt16(), 8), 8);
        var oddWeights = Vector128.ShiftRightArithmetic(weights.AsInt16(), 8);
        return (evenPixels * evenWeights) + (oddPixels * oddWeights);
    }
}
