using System.Runtime.Intrinsics;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>row += mulhrs(layer − row, w15(mask) · alpha): one picture through coverage over another. A mask of 0 changes nothing.</summary>
    /// <param name="layer">Not multiplied by its opacity.</param>
    /// <param name="mask">0 for at least 31 past the count.</param>
    /// <param name="alpha">0..32767.</param>
    public static void Lay(byte* row, byte* layer, byte* mask, int count, int alpha, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Lay256(row, layer, mask, count, (short)alpha);
                break;
            case Lanes.V128:
                Lay128(row, layer, mask, count, (short)alpha);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    row[i] = ToByte(row[i] + MulHrs(layer[i] - row[i], MulHrs(W15(mask[i]), alpha)));
                }

                break;
        }
    }

    private static void Lay256(byte* row, byte* layer, byte* mask, int count, short alpha)
    {
        var a = Vector256.Create(alpha);
        for (var i = 0; i < count; i += 32)
        {
            var coverage = Vector256.Load(mask + i);
            if (coverage == Vector256<byte>.Zero)
            {
                continue; // Beside a round or turned layer.
            }

            var (r0, r1) = Wide.Widen(Vector256.Load(row + i));
            var (l0, l1) = Wide.Widen(Vector256.Load(layer + i));
            var (m0, m1) = Wide.Widen(coverage);
            r0 += Wide.MulHrs(l0 - r0, Wide.MulHrs(Wide.W15(m0), a));
            r1 += Wide.MulHrs(l1 - r1, Wide.MulHrs(Wide.W15(m1), a));
            Wide.Pack(r0, r1).Store(row + i);
        }
    }

    private static void Lay128(byte* row, byte* layer, byte* mask, int count, short alpha)
    {
        var a = Vector128.Create(alpha);
        for (var i = 0; i < count; i += 16)
        {
            var (r0, r1) = Wide.Widen(Vector128.Load(row + i));
            var (l0, l1) = Wide.Widen(Vector128.Load(layer + i));
            var (m0, m1) = Wide.Widen(Vector128.Load(mask + i));
            r0 += Wide.MulHrs(l0 - r0, Wide.MulHrs(Wide.W15(m0), a));
            r1 += Wide.MulHrs(l1 - r1, Wide.MulHrs(Wide.W15(m1), a));
            Wide.Pack(r0, r1).Store(row + i);
        }
    }
}
