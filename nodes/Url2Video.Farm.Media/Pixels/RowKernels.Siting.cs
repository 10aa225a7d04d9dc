using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>Each chroma sample twice: the colour of a row of luma pixels. May write 31 past the count.</summary>
    /// <param name="count">Of the target.</param>
    public static void Double(byte* chroma, byte* target, int count, Lanes lanes)
    {
        if (lanes == Lanes.Scalar)
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = chroma[i >> 1];
            }

            return;
        }

        for (var i = 0; i < count; i += 32)
        {
            var c = Vector128.Load(chroma + (i >> 1));
            var (lower, upper) = (Vector128.WidenLower(c), Vector128.WidenUpper(c));
            (lower | Vector128.ShiftLeft(lower, 8)).AsByte().Store(target + i);
            (upper | Vector128.ShiftLeft(upper, 8)).AsByte().Store(target + i + 16);
        }
    }

    /// <summary>
    /// The luma where chroma is: level with the left pixel of each pair, between two rows, rounded up as PAVGB does. May write 15
    /// past the count.
    /// </summary>
    /// <param name="count">Of the target.</param>
    public static void LumaAtChroma(byte* upper, byte* lower, byte* target, int count, Lanes lanes)
    {
        if (lanes == Lanes.Scalar)
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = (byte)((upper[2 * i] + lower[2 * i] + 1) >> 1);
            }

            return;
        }

        for (var i = 0; i < count; i += 16)
        {
            var even = Vector128.Create((short)0xFF);
            var first = Average(Vector128.Load(upper + (2 * i)), Vector128.Load(lower + (2 * i)));
            var second = Average(Vector128.Load(upper + (2 * i) + 16), Vector128.Load(lower + (2 * i) + 16));
            Wide.Pack(first.AsInt16() & even, second.AsInt16() & even).Store(target + i);
        }
    }

    // a + b + 1 halved without a ninth bit: what both have, and half of what one has, rounded up.
    private static Vector128<byte> Average(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.Average(a, b)
        : (a | b) - (Vector128.ShiftRightLogical((a ^ b).AsUInt16(), 1).AsByte() & Vector128.Create((byte)0x7F));
}
