using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>One output of a linear map of three bytes: out = a·A + b·B + c·C + offset, all inputs counted from 128.</summary>
/// <param name="A">Coefficient times 8192, −32767..32767: up to ±4.</param>
/// <param name="Bias">Offset times 32, and 16 more for rounding.</param>
/// <param name="Low">The least output.</param>
/// <param name="High">The greatest output.</param>
internal readonly record struct AffineRow(short A, short B, short C, short Bias, byte Low, byte High)
{
    /// <param name="offset">The output for inputs of 128.</param>
    public static AffineRow From(double a, double b, double c, double offset, byte low, byte high) =>
        new(Q13(a), Q13(b), Q13(c), (short)Math.Clamp(Math.Floor((offset * 32) + 0.5) + 16, short.MinValue, short.MaxValue), low, high);

    public bool IsOfFirstOnly => B == 0 && C == 0;

    private static short Q13(double value) => (short)Math.Clamp(Math.Floor((value * 8192) + 0.5), -short.MaxValue, short.MaxValue);
}

internal static unsafe partial class RowKernels
{
    /// <summary>
    /// target = clamp((Σ mulhrs((in − 128) · 128, coefficient) + bias) / 32) over three rows, sums saturating at 16 bits: colour
    /// matrices. Target may be one of the inputs.
    /// </summary>
    public static void Affine(byte* a, byte* b, byte* c, in AffineRow row, byte* target, int count, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256 when row.IsOfFirstOnly:
                AffineOfOne256(a, row, target, count);
                break;
            case Lanes.V256:
                Affine256(a, b, c, row, target, count);
                break;
            case Lanes.V128:
                Affine128(a, b, c, row, target, count);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    target[i] = AffineOf(a[i], b[i], c[i], row);
                }

                break;
        }
    }

    private static byte AffineOf(byte a, byte b, byte c, in AffineRow row)
    {
        var sum = Saturate(Term(a, row.A) + Term(b, row.B));
        sum = Saturate(Saturate(sum + Term(c, row.C)) + row.Bias) >> 5;
        return (byte)Math.Clamp(Math.Clamp(sum, 0, 255), row.Low, row.High);
    }

    private static int Term(byte value, short coefficient) => MulHrs((value - 128) << 7, coefficient);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    private static void Affine256(byte* a, byte* b, byte* c, in AffineRow row, byte* target, int count)
    {
        var (ca, cb, cc) = (Vector256.Create(row.A), Vector256.Create(row.B), Vector256.Create(row.C));
        var (bias, low, high) = (Vector256.Create(row.Bias), Vector256.Create(row.Low), Vector256.Create(row.High));
        for (var i = 0; i < count; i += 32)
        {
            var (a0, a1) = Centred(Vector256.Load(a + i));
            var (b0, b1) = Centred(Vector256.Load(b + i));
            var (c0, c1) = Centred(Vector256.Load(c + i));
            var s0 = Vector256.AddSaturate(Wide.MulHrs(a0, ca), Wide.MulHrs(b0, cb));
            var s1 = Vector256.AddSaturate(Wide.MulHrs(a1, ca), Wide.MulHrs(b1, cb));
            s0 = Vector256.AddSaturate(Vector256.AddSaturate(s0, Wide.MulHrs(c0, cc)), bias);
            s1 = Vector256.AddSaturate(Vector256.AddSaturate(s1, Wide.MulHrs(c1, cc)), bias);
            var packed = Wide.Pack(Vector256.ShiftRightArithmetic(s0, 5), Vector256.ShiftRightArithmetic(s1, 5));
            Vector256.Min(Vector256.Max(packed, low), high).Store(target + i);
        }
    }

    private static void AffineOfOne256(byte* a, in AffineRow row, byte* target, int count)
    {
        var (ca, bias) = (Vector256.Create(row.A), Vector256.Create(row.Bias));
        var (low, high) = (Vector256.Create(row.Low), Vector256.Create(row.High));
        for (var i = 0; i < count; i += 32)
        {
            var (a0, a1) = Centred(Vector256.Load(a + i));
            var s0 = Vector256.ShiftRightArithmetic(Vector256.AddSaturate(Wide.MulHrs(a0, ca), bias), 5);
            var s1 = Vector256.ShiftRightArithmetic(Vector256.AddSaturate(Wide.MulHrs(a1, ca), bias), 5);
            Vector256.Min(Vector256.Max(Wide.Pack(s0, s1), low), high).Store(target + i);
        }
    }

    private static void Affine128(byte* a, byte* b, byte* c, in AffineRow row, byte* target, int count)
    {
        var (ca, cb, cc) = (Vector128.Create(row.A), Vector128.Create(row.B), Vector128.Create(row.C));
        var (bias, low, high) = (Vector128.Create(row.Bias), Vector128.Create(row.Low), Vector128.Create(row.High));
        for (var i = 0; i < count; i += 16)
        {
            var (a0, a1) = Centred(Vector128.Load(a + i));
            var (b0, b1) = Centred(Vector128.Load(b + i));
            var (c0, c1) = Centred(Vector128.Load(c + i));
            var s0 = Wide.AddSaturate(Wide.MulHrs(a0, ca), Wide.MulHrs(b0, cb));
            var s1 = Wide.AddSaturate(Wide.MulHrs(a1, ca), Wide.MulHrs(b1, cb));
            s0 = Wide.AddSaturate(Wide.AddSaturate(s0, Wide.MulHrs(c0, cc)), bias);
            s1 = Wide.AddSaturate(Wide.AddSaturate(s1, Wide.MulHrs(c1, cc)), bias);
            var packed = Wide.Pack(Vector128.ShiftRightArithmetic(s0, 5), Vector128.ShiftRightArithmetic(s1, 5));
            Vector128.Min(Vector128.Max(packed, low), high).Store(target + i);
        }
    }

    // (in − 128) · 128: −16384..16256, so that a product keeps five bits below the byte.
    private static (Vector256<short> Lower, Vector256<short> Upper) Centred(Vector256<byte> v)
    {
        var (lower, upper) = Wide.Widen(v);
        var middle = Vector256.Create((short)128);
        return (Vector256.ShiftLeft(lower - middle, 7), Vector256.ShiftLeft(upper - middle, 7));
    }

    private static (Vector128<short> Lower, Vector128<short> Upper) Centred(Vector128<byte> v)
    {
        var (lower, upper) = Wide.Widen(v);
        var middle = Vector128.Create((short)128);
        return (Vector128.ShiftLeft(lower - middle, 7), Vector128.ShiftLeft(upper - middle, 7));
    }
}
