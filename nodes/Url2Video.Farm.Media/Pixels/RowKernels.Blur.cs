using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>
    /// One row of a running mean down the columns: target = ((sums + half) · reciprocal) >> 16, then sums += entering − leaving.
    /// With the radius of <see cref="SoftBlur.RadiusMax"/> a sum stays below 2^16 and a flat picture stays as it is.
    /// </summary>
    public static void BlurColumns(
        byte* entering, byte* leaving, ushort* sums, byte* target, int count, ushort half, ushort reciprocal, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                BlurColumns256(entering, leaving, sums, target, count, half, reciprocal);
                break;
            case Lanes.V128:
                BlurColumns128(entering, leaving, sums, target, count, half, reciprocal);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    target[i] = (byte)((uint)(sums[i] + half) * reciprocal >> 16);
                    sums[i] = (ushort)(sums[i] + entering[i] - leaving[i]);
                }

                break;
        }
    }

    // Columns stay in memory order here: widening by conversion, and quarters put back after joining.
    private static void BlurColumns256(byte* entering, byte* leaving, ushort* sums, byte* target, int count, ushort half, ushort reciprocal)
    {
        var (h, r) = (Vector256.Create(half), Vector256.Create(reciprocal));
        for (var i = 0; i < count; i += 32)
        {
            var (s0, s1) = (Vector256.Load(sums + i), Vector256.Load(sums + i + 16));
            var packed = Avx2.PackUnsignedSaturate(Avx2.MultiplyHigh(s0 + h, r).AsInt16(), Avx2.MultiplyHigh(s1 + h, r).AsInt16());
            Avx2.Permute4x64(packed.AsInt64(), 0b11_01_10_00).AsByte().Store(target + i);
            Moved(s0, i).Store(sums + i);
            Moved(s1, i + 16).Store(sums + i + 16);
        }

        Vector256<ushort> Moved(Vector256<ushort> sum, int at) =>
            sum + Avx2.ConvertToVector256Int16(entering + at).AsUInt16() - Avx2.ConvertToVector256Int16(leaving + at).AsUInt16();
    }

    private static void BlurColumns128(byte* entering, byte* leaving, ushort* sums, byte* target, int count, ushort half, ushort reciprocal)
    {
        var (h, r) = (Vector128.Create(half), Vector128.Create(reciprocal));
        for (var i = 0; i < count; i += 16)
        {
            var (s0, s1) = (Vector128.Load(sums + i), Vector128.Load(sums + i + 8));
            Wide.Pack(High(s0 + h), High(s1 + h)).Store(target + i);
            var (e, l) = (Vector128.Load(entering + i), Vector128.Load(leaving + i));
            (s0 + Vector128.WidenLower(e) - Vector128.WidenLower(l)).Store(sums + i);
            (s1 + Vector128.WidenUpper(e) - Vector128.WidenUpper(l)).Store(sums + i + 8);
        }

        Vector128<short> High(Vector128<ushort> value) => Sse2.IsSupported
            ? Sse2.MultiplyHigh(value, r).AsInt16()
            : Vector128.Narrow(
                Vector128.ShiftRightLogical(Vector128.WidenLower(value) * Vector128.WidenLower(r), 16),
                Vector128.ShiftRightLogical(Vector128.WidenUpper(value) * Vector128.WidenUpper(r), 16)).AsInt16();
    }
}
