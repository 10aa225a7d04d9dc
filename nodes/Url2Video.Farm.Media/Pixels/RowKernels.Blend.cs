using System.Runtime.Intrinsics;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>target = below + mulhrs(formula(below, layer) − below, alpha), on one channel of R'G'B'. Target may be an input.</summary>
    /// <param name="alpha">0..32767.</param>
    public static void Blend(BlendMode mode, byte* below, byte* layer, byte* target, int count, int alpha, Lanes lanes)
    {
        switch (mode)
        {
            case BlendMode.Normal:
                Blend<BlendFormulas.Normal>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.Multiply:
                Blend<BlendFormulas.Multiply>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.Screen:
                Blend<BlendFormulas.Screen>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.Overlay:
                Blend<BlendFormulas.Overlay>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.SoftLight:
                Blend<BlendFormulas.SoftLight>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.Add:
                Blend<BlendFormulas.Add>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.Darken:
                Blend<BlendFormulas.Darken>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.Lighten:
                Blend<BlendFormulas.Lighten>(below, layer, target, count, (short)alpha, lanes);
                break;
            case BlendMode.Difference:
                Blend<BlendFormulas.Difference>(below, layer, target, count, (short)alpha, lanes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a blend mode.");
        }
    }

    private static void Blend<T>(byte* below, byte* layer, byte* target, int count, short alpha, Lanes lanes) where T : IBlendFormula
    {
        switch (lanes)
        {
            case Lanes.V256:
                Blend256<T>(below, layer, target, count, alpha);
                break;
            case Lanes.V128:
                Blend128<T>(below, layer, target, count, alpha);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    target[i] = ToByte(below[i] + MulHrs(T.Of(below[i], layer[i]) - below[i], alpha));
                }

                break;
        }
    }

    private static void Blend256<T>(byte* below, byte* layer, byte* target, int count, short alpha) where T : IBlendFormula
    {
        var w = Vector256.Create(alpha);
        for (var i = 0; i < count; i += 32)
        {
            var (a0, a1) = Wide.Widen(Vector256.Load(below + i));
            var (b0, b1) = Wide.Widen(Vector256.Load(layer + i));
            var f0 = T.Of(a0.AsUInt16(), b0.AsUInt16()).AsInt16();
            var f1 = T.Of(a1.AsUInt16(), b1.AsUInt16()).AsInt16();
            Wide.Pack(a0 + Wide.MulHrs(f0 - a0, w), a1 + Wide.MulHrs(f1 - a1, w)).Store(target + i);
        }
    }

    private static void Blend128<T>(byte* below, byte* layer, byte* target, int count, short alpha) where T : IBlendFormula
    {
        var w = Vector128.Create(alpha);
        for (var i = 0; i < count; i += 16)
        {
            var (a0, a1) = Wide.Widen(Vector128.Load(below + i));
            var (b0, b1) = Wide.Widen(Vector128.Load(layer + i));
            var f0 = T.Of(a0.AsUInt16(), b0.AsUInt16()).AsInt16();
            var f1 = T.Of(a1.AsUInt16(), b1.AsUInt16()).AsInt16();
            Wide.Pack(a0 + Wide.MulHrs(f0 - a0, w), a1 + Wide.MulHrs(f1 - a1, w)).Store(target + i);
        }
    }
}
