using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>Two rows of luma and the row of colour that they share.</summary>
internal readonly unsafe struct RowPair(byte* upper, byte* lower, byte* u, byte* v)
{
    public byte* Upper { get; } = upper;

    public byte* Lower { get; } = lower;

    public byte* U { get; } = u;

    public byte* V { get; } = v;
}

internal static unsafe partial class RowKernels
{
    private const int NodeShift = 3;

    /// <summary>
    /// Light on two rows in one pass, in registers: what <see cref="RgbRows.Read(YuvImage, int)"/>, <see cref="Between"/>, <see cref="Gain"/> and
    /// <see cref="RgbRows.Write(YuvImage, int)"/> make one after the other, to the bit. May write 31 luma pixels and 15 of colour past the count.
    /// </summary>
    /// <param name="nodes">Gains of R, G and B for the upper row, then for the lower: one per 8 pixels and one more, 0..16383; 8 more may be read.</param>
    /// <param name="stride">Numbers from one of the six to the next.</param>
    /// <param name="count">Of luma, even.</param>
    public static void LightPair(RowPair rows, short* nodes, int stride, int count, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                LightPair256(rows, nodes, stride, count);
                break;
            case Lanes.V128:
                LightPair128(rows, nodes, stride, count);
                break;
            default:
                for (var i = 0; i < count; i += 2)
                {
                    LightTwo(rows, nodes, stride, i);
                }

                break;
        }
    }

    private static void LightTwo(RowPair rows, short* nodes, int stride, int x)
    {
        var (u, v) = (rows.U[x >> 1], rows.V[x >> 1]);
        var (upper, lower) = (LitOf(rows.Upper[x], u, v, nodes, stride, x), LitOf(rows.Lower[x], u, v, nodes + (3 * stride), stride, x));
        var (r, g, b) = (Mean(upper.R, lower.R), Mean(upper.G, lower.G), Mean(upper.B, lower.B));
        rows.U[x >> 1] = AffineOf(r, g, b, RgbRows.OfU);
        rows.V[x >> 1] = AffineOf(r, g, b, RgbRows.OfV);
        rows.Upper[x] = AffineOf(upper.R, upper.G, upper.B, RgbRows.OfY);
        rows.Lower[x] = AffineOf(lower.R, lower.G, lower.B, RgbRows.OfY);
        var (upperNext, lowerNext) = (LitOf(rows.Upper[x + 1], u, v, nodes, stride, x + 1), LitOf(rows.Lower[x + 1], u, v, nodes + (3 * stride), stride, x + 1));
        rows.Upper[x + 1] = AffineOf(upperNext.R, upperNext.G, upperNext.B, RgbRows.OfY);
        rows.Lower[x + 1] = AffineOf(lowerNext.R, lowerNext.G, lowerNext.B, RgbRows.OfY);

        static byte Mean(byte a, byte b) => (byte)((a + b + 1) >> 1);
    }

    private static (byte R, byte G, byte B) LitOf(byte y, byte u, byte v, short* nodes, int stride, int x)
    {
        return (Lit(RgbRows.ToR, nodes), Lit(RgbRows.ToG, nodes + stride), Lit(RgbRows.ToB, nodes + (2 * stride)));

        byte Lit(in AffineRow row, short* line)
        {
            var node = line + (x >> NodeShift);
            var gain = (short)(node[0] + MulHrs(node[1] - node[0], (x & 7) << (15 - NodeShift)));
            return ToByte((MulHrs(AffineOf(y, u, v, row) << 7, gain) + 8) >> 4);
        }
    }

    private static void LightPair256(RowPair rows, short* nodes, int stride, int count)
    {
        for (var i = 0; i < count; i += 32)
        {
            var (u, v) = (Centred(Vector128.Load(rows.U + (i >> 1))), Centred(Vector128.Load(rows.V + (i >> 1))));
            var upper = Lit256(rows.Upper + i, u, v, nodes + (i >> NodeShift), stride);
            var lower = Lit256(rows.Lower + i, u, v, nodes + (3 * stride) + (i >> NodeShift), stride);
            var (r, g, b) = (Means(upper.R, lower.R), Means(upper.G, lower.G), Means(upper.B, lower.B));
            Chroma(r, g, b, RgbRows.OfU).Store(rows.U + (i >> 1));
            Chroma(r, g, b, RgbRows.OfV).Store(rows.V + (i >> 1));
        }

        // Every second of the pixels, of which the first half holds 0..7 and 16..23.
        static Vector256<short> Means((Vector256<short> Lower, Vector256<short> Upper) a, (Vector256<short> Lower, Vector256<short> Upper) b)
        {
            var (one, even) = (Vector256.Create((short)1), Vector256.Create(0xFFFF));
            var first = Vector256.ShiftRightLogical(a.Lower + b.Lower + one, 1).AsInt32() & even;
            var second = Vector256.ShiftRightLogical(a.Upper + b.Upper + one, 1).AsInt32() & even;
            return CentredWide(Avx2.PackUnsignedSaturate(first, second).AsInt16());
        }

        static Vector128<byte> Chroma(Vector256<short> r, Vector256<short> g, Vector256<short> b, in AffineRow row)
        {
            var sum = Linear(r, g, b, row);
            return Vector128.Min(Vector128.Max(Wide.Pack(sum.GetLower(), sum.GetUpper()), Vector128.Create(row.Low)), Vector128.Create(row.High));
        }

        // Sixteen samples of colour, widened and counted from 128; lanes as the samples are.
        static Vector256<short> Centred(Vector128<byte> chroma) => CentredWide(Avx2.ConvertToVector256Int16(chroma));
    }

    /// <summary>Lights 32 pixels of a row, writes their luma and gives their R'G'B', halves as <see cref="Wide.Widen(Vector256{byte})"/> has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lit32 Lit256(byte* row, Vector256<short> u, Vector256<short> v, short* nodes, int stride)
    {
        var (y0, y1) = Wide.Widen(Vector256.Load(row));
        var (first, second) = (
            new Seen(CentredWide(y0), Avx2.UnpackLow(u, u), Avx2.UnpackLow(v, v)), new Seen(CentredWide(y1), Avx2.UnpackHigh(u, u), Avx2.UnpackHigh(v, v)));
        var lit = new Lit32(Lit(RgbRows.ToR, nodes), Lit(RgbRows.ToG, nodes + stride), Lit(RgbRows.ToB, nodes + (2 * stride)));
        var l0 = Linear(CentredWide(lit.R.Lower), CentredWide(lit.G.Lower), CentredWide(lit.B.Lower), RgbRows.OfY);
        var l1 = Linear(CentredWide(lit.R.Upper), CentredWide(lit.G.Upper), CentredWide(lit.B.Upper), RgbRows.OfY);
        Vector256.Min(Vector256.Max(Wide.Pack(l0, l1), Vector256.Create(RgbRows.OfY.Low)), Vector256.Create(RgbRows.OfY.High)).Store(row);
        return lit;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        (Vector256<short> Lower, Vector256<short> Upper) Lit(in AffineRow affine, short* line)
        {
            // A node lies under eight pixels: cells 0 and 2 in the first half, 1 and 3 in the second.
            var near = Avx2.BroadcastVector128ToVector256(line);
            var step = Avx2.BroadcastVector128ToVector256(line + 1) - near;
            var (even, odd) = (Vector256.Create(0x0100_0100_0100_0100, 0x0100_0100_0100_0100, 0x0504_0504_0504_0504, 0x0504_0504_0504_0504).AsByte(),
                Vector256.Create(0x0302_0302_0302_0302, 0x0302_0302_0302_0302, 0x0706_0706_0706_0706, 0x0706_0706_0706_0706).AsByte());
            var places = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7) * Vector256.Create((short)(1 << (15 - NodeShift)));
            var gain0 = Spread(near, even) + Wide.MulHrs(Spread(step, even), places);
            var gain1 = Spread(near, odd) + Wide.MulHrs(Spread(step, odd), places);
            return (Gained(Linear(first.Y, first.U, first.V, affine), gain0), Gained(Linear(second.Y, second.U, second.V, affine), gain1));
        }

        static Vector256<short> Spread(Vector256<short> numbers, Vector256<byte> mask) => Avx2.Shuffle(numbers.AsByte(), mask).AsInt16();

        static Vector256<short> Gained(Vector256<short> colour, Vector256<short> gain)
        {
            var most = Vector256.Create((short)255);
            colour = Vector256.Min(Vector256.Max(colour, Vector256<short>.Zero), most);
            return Vector256.Min(Vector256.ShiftRightArithmetic(Wide.MulHrs(Vector256.ShiftLeft(colour, 7), gain) + Vector256.Create((short)8), 4), most);
        }
    }

    // (in − 128) · 128.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> CentredWide(Vector256<short> wide) => Vector256.ShiftLeft(wide - Vector256.Create((short)128), 7);

    /// <summary>The sum of <see cref="Affine"/> before it is clamped to a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Linear(Vector256<short> a, Vector256<short> b, Vector256<short> c, in AffineRow row)
    {
        var sum = Vector256.AddSaturate(Wide.MulHrs(a, Vector256.Create(row.A)), Wide.MulHrs(b, Vector256.Create(row.B)));
        sum = Vector256.AddSaturate(Vector256.AddSaturate(sum, Wide.MulHrs(c, Vector256.Create(row.C))), Vector256.Create(row.Bias));
        return Vector256.ShiftRightArithmetic(sum, 5);
    }

    private readonly record struct Seen(Vector256<short> Y, Vector256<short> U, Vector256<short> V);

    private readonly record struct Lit32(
        (Vector256<short> Lower, Vector256<short> Upper) R, (Vector256<short> Lower, Vector256<short> Upper) G, (Vector256<short> Lower, Vector256<short> Upper) B);
}
