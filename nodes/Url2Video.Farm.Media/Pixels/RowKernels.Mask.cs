using System.Runtime.Intrinsics;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>row += mulhrs(colour − row, w15(mask) · alpha): paints a colour through coverage.</summary>
    /// <param name="alpha">0..32767.</param>
    public static void Paint(byte* row, byte* mask, int count, byte colour, int alpha, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Paint256(row, mask, count, colour, (short)alpha);
                break;
            case Lanes.V128:
                Paint128(row, mask, count, colour, (short)alpha);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    row[i] = ToByte(row[i] + MulHrs(colour - row[i], MulHrs(W15(mask[i]), alpha)));
                }

                break;
        }
    }

    /// <summary>row = row − row · a + layer · alpha, with a = w15(opacity) · alpha: a premultiplied layer over the row.</summary>
    /// <param name="layer">Already multiplied by its opacity.</param>
    public static void Over(byte* row, byte* layer, byte* opacity, int count, int alpha, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Over256(row, layer, opacity, count, (short)alpha);
                break;
            case Lanes.V128:
                Over128(row, layer, opacity, count, (short)alpha);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    row[i] = ToByte(row[i] - MulHrs(row[i], MulHrs(W15(opacity[i]), alpha)) + MulHrs(layer[i], alpha));
                }

                break;
        }
    }

    private static void Paint256(byte* row, byte* mask, int count, byte colour, short alpha)
    {
        var (c, a) = (Vector256.Create((short)colour), Vector256.Create(alpha));
        for (var i = 0; i < count; i += 32)
        {
            var coverage = Vector256.Load(mask + i);
            if (coverage == Vector256<byte>.Zero)
            {
                continue; // Most of a line of text is gaps.
            }

            var (r0, r1) = Wide.Widen(Vector256.Load(row + i));
            var (m0, m1) = Wide.Widen(coverage);
            var w0 = Wide.MulHrs(Wide.W15(m0), a);
            var w1 = Wide.MulHrs(Wide.W15(m1), a);
            Wide.Pack(r0 + Wide.MulHrs(c - r0, w0), r1 + Wide.MulHrs(c - r1, w1)).Store(row + i);
        }
    }

    private static void Paint128(byte* row, byte* mask, int count, byte colour, short alpha)
    {
        var (c, a) = (Vector128.Create((short)colour), Vector128.Create(alpha));
        for (var i = 0; i < count; i += 16)
        {
            var (r0, r1) = Wide.Widen(Vector128.Load(row + i));
            var (m0, m1) = Wide.Widen(Vector128.Load(mask + i));
            var w0 = Wide.MulHrs(Wide.W15(m0), a);
            var w1 = Wide.MulHrs(Wide.W15(m1), a);
            Wide.Pack(r0 + Wide.MulHrs(c - r0, w0), r1 + Wide.MulHrs(c - r1, w1)).Store(row + i);
        }
    }

    private static void Over256(byte* row, byte* layer, byte* opacity, int count, short alpha)
    {
        var a = Vector256.Create(alpha);
        for (var i = 0; i < count; i += 32)
        {
            var coverage = Vector256.Load(opacity + i);
            if (coverage == Vector256<byte>.Zero)
            {
                continue; // A premultiplied pixel without opacity is zero too.
            }

            var (r0, r1) = Wide.Widen(Vector256.Load(row + i));
            var (l0, l1) = Wide.Widen(Vector256.Load(layer + i));
            var (m0, m1) = Wide.Widen(coverage);
            r0 = r0 - Wide.MulHrs(r0, Wide.MulHrs(Wide.W15(m0), a)) + Wide.MulHrs(l0, a);
            r1 = r1 - Wide.MulHrs(r1, Wide.MulHrs(Wide.W15(m1), a)) + Wide.MulHrs(l1, a);
            Wide.Pack(r0, r1).Store(row + i);
        }
    }

    private static void Over128(byte* row, byte* layer, byte* opacity, int count, short alpha)
    {
        var a = Vector128.Create(alpha);
        for (var i = 0; i < count; i += 16)
        {
            var (r0, r1) = Wide.Widen(Vector128.Load(row + i));
            var (l0, l1) = Wide.Widen(Vector128.Load(layer + i));
            var (m0, m1) = Wide.Widen(Vector128.Load(opacity + i));
            r0 = r0 - Wide.MulHrs(r0, Wide.MulHrs(Wide.W15(m0), a)) + Wide.MulHrs(l0, a);
            r1 = r1 - Wide.MulHrs(r1, Wide.MulHrs(Wide.W15(m1), a)) + Wide.MulHrs(l1, a);
            Wide.Pack(r0, r1).Store(row + i);
        }
    }
}
