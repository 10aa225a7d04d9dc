using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Url2Video.Farm.Media.Pixels;

/// <content><see cref="LightPair"/> in vectors of 128 bits, of any processor.</content>
internal static unsafe partial class RowKernels
{
    private static void LightPair128(RowPair rows, short* nodes, int stride, int count)
    {
        for (var i = 0; i < count; i += 16)
        {
            var (u, v) = (Doubled(rows.U + (i >> 1)), Doubled(rows.V + (i >> 1)));
            var upper = Lit128(rows.Upper + i, u, v, nodes + (i >> NodeShift), stride);
            var lower = Lit128(rows.Lower + i, u, v, nodes + (3 * stride) + (i >> NodeShift), stride);
            var (r, g, b) = (Means(upper.R, lower.R), Means(upper.G, lower.G), Means(upper.B, lower.B));
            *(ulong*)(rows.U + (i >> 1)) = Chroma(r, g, b, RgbRows.OfU);
            *(ulong*)(rows.V + (i >> 1)) = Chroma(r, g, b, RgbRows.OfV);
        }

        static (Vector128<short> Lower, Vector128<short> Upper) Doubled(byte* chroma)
        {
            var eight = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)chroma).AsByte());
            return Centred((eight | Vector128.ShiftLeft(eight, 8)).AsByte());
        }

        static Vector128<short> Means((Vector128<short> Lower, Vector128<short> Upper) a, (Vector128<short> Lower, Vector128<short> Upper) b)
        {
            var (one, even) = (Vector128.Create((short)1), Vector128.Create(0xFFFFu));
            var first = Vector128.ShiftRightLogical(a.Lower + b.Lower + one, 1).AsUInt32() & even;
            var second = Vector128.ShiftRightLogical(a.Upper + b.Upper + one, 1).AsUInt32() & even;
            return CentredWide(Vector128.Narrow(first, second).AsInt16());
        }

        static ulong Chroma(Vector128<short> r, Vector128<short> g, Vector128<short> b, in AffineRow row)
        {
            var sum = Linear(r, g, b, row);
            return Vector128.Min(Vector128.Max(Wide.Pack(sum, sum), Vector128.Create(row.Low)), Vector128.Create(row.High)).AsUInt64().ToScalar();
        }
    }

    /// <summary>Lights 16 pixels of a row, writes their luma and gives their R'G'B'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lit16 Lit128(
        byte* row, (Vector128<short> Lower, Vector128<short> Upper) u, (Vector128<short> Lower, Vector128<short> Upper) v, short* nodes, int stride)
    {
        var (y0, y1) = Centred(Vector128.Load(row));
        var lit = new Lit16(Lit(RgbRows.ToR, nodes), Lit(RgbRows.ToG, nodes + stride), Lit(RgbRows.ToB, nodes + (2 * stride)));
        var l0 = Linear(CentredWide(lit.R.Lower), CentredWide(lit.G.Lower), CentredWide(lit.B.Lower), RgbRows.OfY);
        var l1 = Linear(CentredWide(lit.R.Upper), CentredWide(lit.G.Upper), CentredWide(lit.B.Upper), RgbRows.OfY);
        Vector128.Min(Vector128.Max(Wide.Pack(l0, l1), Vector128.Create(RgbRows.OfY.Low)), Vector128.Create(RgbRows.OfY.High)).Store(row);
        return lit;

        (Vector128<short> Lower, Vector128<short> Upper) Lit(in AffineRow affine, short* line) =>
            (Gained(Linear(y0, u.Lower, v.Lower, affine), line), Gained(Linear(y1, u.Upper, v.Upper, affine), line + 1));

        static Vector128<short> Gained(Vector128<short> colour, short* node)
        {
            var places = Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7) * Vector128.Create((short)(1 << (15 - NodeShift)));
            var gain = Vector128.Create(node[0]) + Wide.MulHrs(Vector128.Create((short)(node[1] - node[0])), places);
            var most = Vector128.Create((short)255);
            colour = Vector128.Min(Vector128.Max(colour, Vector128<short>.Zero), most);
            return Vector128.Min(Vector128.ShiftRightArithmetic(Wide.MulHrs(Vector128.ShiftLeft(colour, 7), gain) + Vector128.Create((short)8), 4), most);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> CentredWide(Vector128<short> wide) => Vector128.ShiftLeft(wide - Vector128.Create((short)128), 7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Linear(Vector128<short> a, Vector128<short> b, Vector128<short> c, in AffineRow row)
    {
        var sum = Wide.AddSaturate(Wide.MulHrs(a, Vector128.Create(row.A)), Wide.MulHrs(b, Vector128.Create(row.B)));
        sum = Wide.AddSaturate(Wide.AddSaturate(sum, Wide.MulHrs(c, Vector128.Create(row.C))), Vector128.Create(row.Bias));
        return Vector128.ShiftRightArithmetic(sum, 5);
    }

    private readonly record struct Lit16(
        (Vector128<short> Lower, Vector128<short> Upper) R, (Vector128<short> Lower, Vector128<short> Upper) G, (Vector128<short> Lower, Vector128<short> Upper) B);
}
