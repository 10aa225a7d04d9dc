using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>A gain that changes nothing.</summary>
    public const int GainOne = 1 << 12;

    /// <summary>target = node + mulhrs(next − node, place): straight lines between nodes 8 pixels apart. May write 7 past the count.</summary>
    /// <param name="nodes">0..16383; one per cell and one more.</param>
    public static void Between(short* nodes, short* target, int count, Lanes lanes)
    {
        const int Shift = 3;
        if (lanes == Lanes.Scalar)
        {
            for (var i = 0; i < count; i++)
            {
                var node = nodes + (i >> Shift);
                target[i] = (short)(node[0] + MulHrs(node[1] - node[0], (i & 7) << (15 - Shift)));
            }

            return;
        }

        var places = Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7) * Vector128.Create((short)(1 << (15 - Shift)));
        for (var i = 0; i < count; i += 8)
        {
            var node = nodes[i >> Shift];
            var step = Vector128.Create((short)(nodes[(i >> Shift) + 1] - node));
            (Vector128.Create(node) + Wide.MulHrs(step, places)).Store(target + i);
        }
    }

    /// <summary>row = min(255, (mulhrs(row · 128, gain) + 8) >> 4): light on a channel of R'G'B'.</summary>
    /// <param name="gain">0..32767, <see cref="GainOne"/> for 1; may be read 31 past the count.</param>
    public static void Gain(byte* row, short* gain, int count, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Gain256(row, gain, count);
                break;
            case Lanes.V128:
                Gain128(row, gain, count);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    row[i] = ToByte((MulHrs(row[i] << 7, gain[i]) + 8) >> 4);
                }

                break;
        }
    }

    private static void Gain256(byte* row, short* gain, int count)
    {
        var half = Vector256.Create((short)8);
        for (var i = 0; i < count; i += 32)
        {
            // Widened bytes are 0..7 and 16..23, then 8..15 and 24..31: the gains are put into the same order.
            var (g0, g1) = (Vector256.Load(gain + i), Vector256.Load(gain + i + 16));
            var (r0, r1) = Wide.Widen(Vector256.Load(row + i));
            r0 = Wide.MulHrs(Vector256.ShiftLeft(r0, 7), Avx2.Permute2x128(g0, g1, 0x20));
            r1 = Wide.MulHrs(Vector256.ShiftLeft(r1, 7), Avx2.Permute2x128(g0, g1, 0x31));
            Wide.Pack(Vector256.ShiftRightArithmetic(r0 + half, 4), Vector256.ShiftRightArithmetic(r1 + half, 4)).Store(row + i);
        }
    }

    private static void Gain128(byte* row, short* gain, int count)
    {
        var half = Vector128.Create((short)8);
        for (var i = 0; i < count; i += 16)
        {
            var (r0, r1) = Wide.Widen(Vector128.Load(row + i));
            r0 = Wide.MulHrs(Vector128.ShiftLeft(r0, 7), Vector128.Load(gain + i));
            r1 = Wide.MulHrs(Vector128.ShiftLeft(r1, 7), Vector128.Load(gain + i + 8));
            Wide.Pack(Vector128.ShiftRightArithmetic(r0 + half, 4), Vector128.ShiftRightArithmetic(r1 + half, 4)).Store(row + i);
        }
    }
}
