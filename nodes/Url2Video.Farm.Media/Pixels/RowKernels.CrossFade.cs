using System.Runtime.Intrinsics;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Loops over one row of bytes. Vector paths work on whole vectors: they may read and write up to 31 bytes past
/// <c>count</c>, which every plane of this assembly has as padding. Inputs and output may be the same row.
/// </summary>
internal static unsafe partial class RowKernels
{
    /// <summary>target = a + mulhrs(b − a, weight): all of a at weight 0, all of b at 32767.</summary>
    public static void CrossFade(byte* a, byte* b, byte* target, int count, int weight, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                CrossFade256(a, b, target, count, (short)weight);
                break;
            case Lanes.V128:
                CrossFade128(a, b, target, count, (short)weight);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    target[i] = ToByte(a[i] + MulHrs(b[i] - a[i], weight));
                }

                break;
        }
    }

    private static void CrossFade256(byte* a, byte* b, byte* target, int count, short weight)
    {
        var w = Vector256.Create(weight);
        for (var i = 0; i < count; i += 32)
        {
            var (a0, a1) = Wide.Widen(Vector256.Load(a + i));
            var (b0, b1) = Wide.Widen(Vector256.Load(b + i));
            Wide.Pack(a0 + Wide.MulHrs(b0 - a0, w), a1 + Wide.MulHrs(b1 - a1, w)).Store(target + i);
        }
    }

    private static void CrossFade128(byte* a, byte* b, byte* target, int count, short weight)
    {
        var w = Vector128.Create(weight);
        for (var i = 0; i < count; i += 16)
        {
            var (a0, a1) = Wide.Widen(Vector128.Load(a + i));
            var (b0, b1) = Wide.Widen(Vector128.Load(b + i));
            Wide.Pack(a0 + Wide.MulHrs(b0 - a0, w), a1 + Wide.MulHrs(b1 - a1, w)).Store(target + i);
        }
    }
}
