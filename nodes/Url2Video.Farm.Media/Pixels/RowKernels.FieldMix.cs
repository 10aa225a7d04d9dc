using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>
    /// Mixes two rows by a field of arrival times: a pixel whose time lies a whole softness behind the edge is all b, one that the
    /// edge has not reached all a. target = a + mulhrs(b − a, w), w = min(clamp(edge − field, 0, 2^softBits) · 2^(15 − softBits), 32767).
    /// </summary>
    /// <param name="field">Times 0..<see cref="Field16.Max"/>; may be read 31 past the count.</param>
    /// <param name="edge">0..<see cref="Field16.Max"/> + 2^softBits.</param>
    /// <param name="softBits">1..14.</param>
    public static void MixByField(byte* a, byte* b, short* field, byte* target, int count, int edge, int softBits, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                MixByField256(a, b, field, target, count, (short)edge, softBits);
                break;
            case Lanes.V128:
                MixByField128(a, b, field, target, count, (short)edge, softBits);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    var weight = Math.Min(Math.Clamp(edge - field[i], 0, 1 << softBits) << (15 - softBits), One15);
                    target[i] = ToByte(a[i] + MulHrs(b[i] - a[i], weight));
                }

                break;
        }
    }

    private static void MixByField256(byte* a, byte* b, short* field, byte* target, int count, short edge, int softBits)
    {
        var (e, soft) = (Vector256.Create(edge), Vector256.Create((short)(1 << softBits)));
        for (var i = 0; i < count; i += 32)
        {
            // Widened bytes are 0..7 and 16..23, then 8..15 and 24..31: the field is put into the same order.
            var (f0, f1) = (Vector256.Load(field + i), Vector256.Load(field + i + 16));
            var w0 = Weight(e - Avx2.Permute2x128(f0, f1, 0x20));
            var w1 = Weight(e - Avx2.Permute2x128(f0, f1, 0x31));
            var (a0, a1) = Wide.Widen(Vector256.Load(a + i));
            var (b0, b1) = Wide.Widen(Vector256.Load(b + i));
            Wide.Pack(a0 + Wide.MulHrs(b0 - a0, w0), a1 + Wide.MulHrs(b1 - a1, w1)).Store(target + i);
        }

        // A full weight is 32768 as an unsigned number, so the minimum is an unsigned one too.
        Vector256<short> Weight(Vector256<short> behind)
        {
            var clamped = Vector256.Min(Vector256.Max(behind, Vector256<short>.Zero), soft);
            return Vector256.Min(Vector256.ShiftLeft(clamped.AsUInt16(), 15 - softBits), Vector256.Create((ushort)One15)).AsInt16();
        }
    }

    private static void MixByField128(byte* a, byte* b, short* field, byte* target, int count, short edge, int softBits)
    {
        var (e, soft) = (Vector128.Create(edge), Vector128.Create((short)(1 << softBits)));
        for (var i = 0; i < count; i += 16)
        {
            var w0 = Weight(e - Vector128.Load(field + i));
            var w1 = Weight(e - Vector128.Load(field + i + 8));
            var (a0, a1) = Wide.Widen(Vector128.Load(a + i));
            var (b0, b1) = Wide.Widen(Vector128.Load(b + i));
            Wide.Pack(a0 + Wide.MulHrs(b0 - a0, w0), a1 + Wide.MulHrs(b1 - a1, w1)).Store(target + i);
        }

        Vector128<short> Weight(Vector128<short> behind)
        {
            var clamped = Vector128.Min(Vector128.Max(behind, Vector128<short>.Zero), soft);
            return Vector128.Min(Vector128.ShiftLeft(clamped.AsUInt16(), 15 - softBits), Vector128.Create((ushort)One15)).AsInt16();
        }
    }
}
