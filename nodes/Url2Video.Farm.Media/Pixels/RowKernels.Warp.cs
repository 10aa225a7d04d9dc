using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>Outputs of one call of <see cref="Warp"/>.</summary>
    public const int WarpCount = 16;

    private const int WarpRound = 1 << 13;

    /// <summary>
    /// Sixteen pixels along a straight line through a plane: output i is read at (u + i·du, v + i·dv), bilinear with 7-bit
    /// fractions, the edge repeated outside.
    /// </summary>
    /// <param name="width">Of the plane, 2..16384; so is the height. Rows have 4 readable bytes past their last pixel.</param>
    /// <param name="u">Column in 1/65536 pixel, pixel centres at whole numbers; so is v, the row.</param>
    public static void Warp(byte* source, int stride, int width, int height, int u, int v, int du, int dv, byte* target, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Warp256(source, stride, width, height, u, v, du, dv, target);
                break;
            case Lanes.V128:
                Warp128(source, stride, width, height, u, v, du, dv, target);
                break;
            default:
                for (var i = 0; i < WarpCount; i++)
                {
                    var x = Math.Clamp(u + (i * du), 0, LastQ16(width));
                    var y = Math.Clamp(v + (i * dv), 0, LastQ16(height));
                    var (fx, fy) = ((x >> 9) & 127, (y >> 9) & 127);
                    var pixel = source + ((nint)(y >> 16) * stride) + (x >> 16);
                    var upper = (pixel[0] * (128 - fx)) + (pixel[1] * fx);
                    var lower = (pixel[stride] * (128 - fx)) + (pixel[stride + 1] * fx);
                    target[i] = (byte)(((upper * (128 - fy)) + (lower * fy) + WarpRound) >> 14);
                }

                break;
        }
    }

    // One short of the last pixel: both neighbours of a place then lie inside, and the difference is below one code.
    private static int LastQ16(int size) => ((size - 1) << 16) - 1;

    private static void Warp256(byte* source, int stride, int width, int height, int u, int v, int du, int dv, byte* target)
    {
        var first = Warp256Half(source, stride, width, height, u, v, du, dv);
        var second = Warp256Half(source, stride, width, height, u + (8 * du), v + (8 * dv), du, dv);

        // Packing works within halves: quarters 0 2 1 3 bring the sixteen shorts into order.
        var shorts = Avx2.Permute4x64(Avx2.PackSignedSaturate(first, second).AsInt64(), 0b11_01_10_00).AsInt16();
        Wide.Pack(shorts.GetLower(), shorts.GetUpper()).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Warp256Half(byte* source, int stride, int width, int height, int u, int v, int du, int dv)
    {
        var steps = Vector256<int>.Indices;
        var x = Vector256.Min(Vector256.Max(Vector256.Create(u) + (steps * du), Vector256<int>.Zero), Vector256.Create(LastQ16(width)));
        var y = Vector256.Min(Vector256.Max(Vector256.Create(v) + (steps * dv), Vector256<int>.Zero), Vector256.Create(LastQ16(height)));
        var at = (Vector256.ShiftRightLogical(y, 16) * stride) + Vector256.ShiftRightLogical(x, 16);

        // A pixel and its right neighbour are the two low bytes of what is gathered; as shorts they meet their weights.
        var pairs = Vector256.Create(
            (byte)0, 255, 1, 255, 4, 255, 5, 255, 8, 255, 9, 255, 12, 255, 13, 255,
            0, 255, 1, 255, 4, 255, 5, 255, 8, 255, 9, 255, 12, 255, 13, 255);
        var upper = Avx2.Shuffle(Avx2.GatherVector256((int*)source, at, 1).AsByte(), pairs).AsInt16();
        var lower = Avx2.Shuffle(Avx2.GatherVector256((int*)(source + stride), at, 1).AsByte(), pairs).AsInt16();
        var across = Weights(x);
        var sums = Avx2.MultiplyAddAdjacent(upper, across) | Vector256.ShiftLeft(Avx2.MultiplyAddAdjacent(lower, across), 16);
        return Vector256.ShiftRightArithmetic(
            Avx2.MultiplyAddAdjacent(sums.AsInt16(), Weights(y)) + Vector256.Create(WarpRound), 14);

        static Vector256<short> Weights(Vector256<int> q16)
        {
            var fraction = Vector256.ShiftRightLogical(q16, 9) & Vector256.Create(127);
            return (Vector256.ShiftLeft(fraction, 16) | (Vector256.Create(128) - fraction)).AsInt16();
        }
    }

    private static void Warp128(byte* source, int stride, int width, int height, int u, int v, int du, int dv, byte* target)
    {
        var a = Quarter(0);
        var b = Quarter(4);
        var c = Quarter(8);
        var d = Quarter(12);
        Wide.Pack(Vector128.Narrow(a, b), Vector128.Narrow(c, d)).Store(target);

        Vector128<int> Quarter(int start)
        {
            var steps = Vector128<int>.Indices + Vector128.Create(start);
            var x = Vector128.Min(Vector128.Max(Vector128.Create(u) + (steps * du), Vector128<int>.Zero), Vector128.Create(LastQ16(width)));
            var y = Vector128.Min(Vector128.Max(Vector128.Create(v) + (steps * dv), Vector128<int>.Zero), Vector128.Create(LastQ16(height)));
            var at = (Vector128.ShiftRightLogical(y, 16) * stride) + Vector128.ShiftRightLogical(x, 16);
            var (fx, fy) = (Fraction(x), Fraction(y));
            var upper = Across(Load(source, at), fx);
            var lower = Across(Load(source + stride, at), fx);
            var sum = (upper * (Vector128.Create(128) - fy)) + (lower * fy) + Vector128.Create(WarpRound);
            return Vector128.ShiftRightArithmetic(sum, 14);
        }

        static Vector128<int> Fraction(Vector128<int> q16) => Vector128.ShiftRightLogical(q16, 9) & Vector128.Create(127);

        static Vector128<int> Load(byte* plane, Vector128<int> at) => Vector128.Create(
            *(ushort*)(plane + at[0]), *(ushort*)(plane + at[1]), *(ushort*)(plane + at[2]), *(ushort*)(plane + at[3]));

        static Vector128<int> Across(Vector128<int> pair, Vector128<int> fraction) =>
            ((pair & Vector128.Create(255)) * (Vector128.Create(128) - fraction)) + (Vector128.ShiftRightLogical(pair, 8) * fraction);
    }
}
