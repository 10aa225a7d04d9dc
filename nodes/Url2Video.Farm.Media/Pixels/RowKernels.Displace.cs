using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>Outputs of one step of <see cref="Displace"/>; offsets and targets have room for whole steps.</summary>
    public const int DisplaceCount = 8;

    /// <summary>A mask that moves all of a pixel.</summary>
    public const int DisplaceMaskOne = 1 << 14;

    /// <summary>offset = (mask · (along + bias) + half) >> 14: how far each pixel of a row moves, in 1/128 pixel.</summary>
    /// <param name="mask">0..<see cref="DisplaceMaskOne"/>.</param>
    /// <param name="along">What differs along the row; |along + bias| is below 2¹⁶.</param>
    /// <param name="count">Up to 7 numbers past it are written.</param>
    public static void Offsets(short* mask, int* along, int bias, int* target, int count, Lanes lanes)
    {
        const int Half = DisplaceMaskOne / 2;
        switch (lanes)
        {
            case Lanes.V256:
                for (var i = 0; i < count; i += DisplaceCount)
                {
                    var weight = Vector256.Create(Vector128.WidenLower(Vector128.Load(mask + i)), Vector128.WidenUpper(Vector128.Load(mask + i)));
                    var moved = (weight * (Vector256.Load(along + i) + Vector256.Create(bias))) + Vector256.Create(Half);
                    Vector256.ShiftRightArithmetic(moved, 14).Store(target + i);
                }

                break;
            case Lanes.V128:
                for (var i = 0; i < count; i += 4)
                {
                    var weight = Vector128.WidenLower(Vector64.Load(mask + i).ToVector128Unsafe());
                    var moved = (weight * (Vector128.Load(along + i) + Vector128.Create(bias))) + Vector128.Create(Half);
                    Vector128.ShiftRightArithmetic(moved, 14).Store(target + i);
                }

                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    target[i] = ((mask[i] * (along[i] + bias)) + Half) >> 14;
                }

                break;
        }
    }

    /// <summary>
    /// A row whose pixels are read elsewhere: output i at (x + i + dx[i], y + dy[i]), bilinear with 7-bit fractions, the edge repeated outside.
    /// Where both offsets are 0 the pixel itself comes out.
    /// </summary>
    /// <param name="source">The plane's first pixel; rows have 4 readable bytes past their last pixel.</param>
    /// <param name="dx">In 1/128 pixel; so is dy.</param>
    /// <param name="count">Up to 7 past it are read and written.</param>
    public static void Displace(
        byte* source, int stride, int width, int height, int x, int y, int* dx, int* dy, byte* target, int count, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Displace256(source, stride, width, height, x, y, dx, dy, target, count);
                break;
            case Lanes.V128:
                Displace128(source, stride, width, height, x, y, dx, dy, target, count);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    var u = Math.Clamp(((x + i) << 7) + dx[i], 0, (width - 1) << 7);
                    var v = Math.Clamp((y << 7) + dy[i], 0, (height - 1) << 7);
                    var (fx, fy) = (u & 127, v & 127);
                    var upper = source + ((nint)(v >> 7) * stride) + (u >> 7);
                    var lower = upper + (v >> 7 < height - 1 ? stride : 0);
                    var sum = (((upper[0] * (128 - fx)) + (upper[1] * fx)) * (128 - fy)) + (((lower[0] * (128 - fx)) + (lower[1] * fx)) * fy);
                    target[i] = (byte)((sum + WarpRound) >> 14);
                }

                break;
        }
    }

    private static void Displace256(
        byte* source, int stride, int width, int height, int x, int y, int* dx, int* dy, byte* target, int count)
    {
        var pairs = Vector256.Create(
            (byte)0, 255, 1, 255, 4, 255, 5, 255, 8, 255, 9, 255, 12, 255, 13, 255,
            0, 255, 1, 255, 4, 255, 5, 255, 8, 255, 9, 255, 12, 255, 13, 255);
        var (lastX, lastY, lastRow) = (Vector256.Create((width - 1) << 7), Vector256.Create((height - 1) << 7), Vector256.Create(height - 1));
        for (var i = 0; i < count; i += DisplaceCount)
        {
            var (offsetX, offsetY) = (Vector256.Load(dx + i), Vector256.Load(dy + i));
            if ((offsetX | offsetY) == Vector256<int>.Zero && x + i + DisplaceCount <= width)
            {
                *(ulong*)(target + i) = *(ulong*)(source + ((nint)y * stride) + x + i);
                continue;
            }

            var u = Clamp(Vector256.ShiftLeft(Vector256<int>.Indices + Vector256.Create(x + i), 7) + offsetX, lastX);
            var v = Clamp(Vector256.Create(y << 7) + offsetY, lastY);
            var row = Vector256.ShiftRightLogical(v, 7);
            var at = (row * stride) + Vector256.ShiftRightLogical(u, 7);
            var below = at + (Vector256.LessThan(row, lastRow) & Vector256.Create(stride));
            var upper = Avx2.Shuffle(Avx2.GatherVector256((int*)source, at, 1).AsByte(), pairs).AsInt16();
            var lower = Avx2.Shuffle(Avx2.GatherVector256((int*)source, below, 1).AsByte(), pairs).AsInt16();
            var across = Weights(u);
            var sums = Avx2.MultiplyAddAdjacent(upper, across) | Vector256.ShiftLeft(Avx2.MultiplyAddAdjacent(lower, across), 16);
            var mixed = Vector256.ShiftRightArithmetic(Avx2.MultiplyAddAdjacent(sums.AsInt16(), Weights(v)) + Vector256.Create(WarpRound), 14);
            var shorts = Vector128.Narrow(mixed.GetLower(), mixed.GetUpper());
            *(ulong*)(target + i) = Wide.Pack(shorts, shorts).AsUInt64()[0];
        }

        static Vector256<int> Clamp(Vector256<int> q7, Vector256<int> last) => Vector256.Min(Vector256.Max(q7, Vector256<int>.Zero), last);

        static Vector256<short> Weights(Vector256<int> q7)
        {
            var fraction = q7 & Vector256.Create(127);
            return (Vector256.ShiftLeft(fraction, 16) | (Vector256.Create(128) - fraction)).AsInt16();
        }
    }

    private static void Displace128(
        byte* source, int stride, int width, int height, int x, int y, int* dx, int* dy, byte* target, int count)
    {
        for (var i = 0; i < count; i += DisplaceCount)
        {
            var shorts = Vector128.Narrow(Quarter(i), Quarter(i + 4));
            *(ulong*)(target + i) = Wide.Pack(shorts, shorts).AsUInt64()[0];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector128<int> Quarter(int i)
        {
            var u = Vector128.ShiftLeft(Vector128<int>.Indices + Vector128.Create(x + i), 7) + Vector128.Load(dx + i);
            u = Vector128.Min(Vector128.Max(u, Vector128<int>.Zero), Vector128.Create((width - 1) << 7));
            var v = Vector128.Create(y << 7) + Vector128.Load(dy + i);
            v = Vector128.Min(Vector128.Max(v, Vector128<int>.Zero), Vector128.Create((height - 1) << 7));
            var row = Vector128.ShiftRightLogical(v, 7);
            var at = (row * stride) + Vector128.ShiftRightLogical(u, 7);
            var below = at + (Vector128.LessThan(row, Vector128.Create(height - 1)) & Vector128.Create(stride));
            var (fx, fy) = (u & Vector128.Create(127), v & Vector128.Create(127));
            var sum = (Across(Pairs(at), fx) * (Vector128.Create(128) - fy)) + (Across(Pairs(below), fx) * fy);
            return Vector128.ShiftRightArithmetic(sum + Vector128.Create(WarpRound), 14);
        }

        Vector128<int> Pairs(Vector128<int> at) => Vector128.Create(
            *(ushort*)(source + at[0]), *(ushort*)(source + at[1]), *(ushort*)(source + at[2]), *(ushort*)(source + at[3]));

        static Vector128<int> Across(Vector128<int> pair, Vector128<int> fraction) =>
            ((pair & Vector128.Create(255)) * (Vector128.Create(128) - fraction)) + (Vector128.ShiftRightLogical(pair, 8) * fraction);
    }
}
