using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>
    /// One output of a three-dimensional table with 33 nodes a side, tetrahedral: in the cube between eight nodes the value goes from the
    /// near corner to the far one along the axes, the longest fraction first. Fractions are eighths, so the weights are whole
    /// numbers and the sum is exact.
    /// </summary>
    /// <remarks>
    /// y runs fastest, so a node and its neighbour in y are one 32-bit word. The walk visits three corners of the (u, v) square: (0, 0) for
    /// the last 8 − m eighths, one of the middle corners for m − n, and (1, 1) for n, where m and n are the larger and the smaller of
    /// the fractions of u and v; y steps at its own fraction, which divides one of these three lengths.
    /// </remarks>
    /// <param name="table">33·33·33 values times 64, index ((u · 33) + v) · 33 + y.</param>
    public static void Lut(byte* y, byte* u, byte* v, short* table, byte* target, int count, byte low, byte high, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Lut256(y, u, v, table, target, count, low, high);
                break;
            case Lanes.V128:
                Lut128(y, u, v, table, target, count, low, high);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    target[i] = (byte)Math.Clamp((LutSum(table, y[i], u[i], v[i]) + 256) >> 9, low, high);
                }

                break;
        }
    }

    private const int LutStepV = 33;
    private const int LutStepU = 33 * 33;

    private static int LutSum(short* table, int y, int u, int v)
    {
        var (fy, fu, fv) = (y & 7, u & 7, v & 7);
        var (m, n) = (Math.Max(fu, fv), Math.Min(fu, fv));
        var near = table + ((u >> 3) * LutStepU) + ((v >> 3) * LutStepV) + (y >> 3);
        var middle = near + (fu >= fv ? LutStepU : LutStepV);
        var far = near + LutStepU + LutStepV;
        var farUp = Math.Min(n, fy);
        var middleUp = Math.Clamp(fy, n, m) - n;
        var nearUp = Math.Max(fy, m) - m;
        return (far[0] * (n - farUp)) + (far[1] * farUp)
            + (middle[0] * (m - n - middleUp)) + (middle[1] * middleUp)
            + (near[0] * (8 - m - nearUp)) + (near[1] * nearUp);
    }

    private static void Lut256(byte* y, byte* u, byte* v, short* table, byte* target, int count, byte low, byte high)
    {
        var (lowest, highest) = (Vector128.Create(low), Vector128.Create(high));
        for (var i = 0; i < count; i += 16)
        {
            var first = Lut8(y + i, u + i, v + i, table);
            var second = Lut8(y + i + 8, u + i + 8, v + i + 8, table);

            // Joining works within 128-bit halves, so quarters 1 and 2 change places: sums 0..7, then 8..15.
            var joined = Avx2.Permute4x64(Avx2.PackSignedSaturate(first, second).AsInt64(), 0b11_01_10_00).AsInt16();
            var bytes = Wide.Pack(joined.GetLower(), joined.GetUpper());
            Vector128.Min(Vector128.Max(bytes, lowest), highest).Store(target + i);
        }
    }

    // Eight pixels, 32 bits each. A word is (weight of y + 1) << 16 | weight of y, and multiply-add makes the sum of both products.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Lut8(byte* y, byte* u, byte* v, short* table)
    {
        var (seven, eight) = (Vector256.Create(7), Vector256.Create(8));
        var (py, pu, pv) = (Avx2.ConvertToVector256Int32(y), Avx2.ConvertToVector256Int32(u), Avx2.ConvertToVector256Int32(v));
        var (fy, fu, fv) = (py & seven, pu & seven, pv & seven);
        var (m, n) = (Vector256.Max(fu, fv), Vector256.Min(fu, fv));
        var near = (Vector256.ShiftRightLogical(pu, 3) * LutStepU) + (Vector256.ShiftRightLogical(pv, 3) * LutStepV)
            + Vector256.ShiftRightLogical(py, 3);
        var step = Vector256.ConditionalSelect(Vector256.GreaterThan(fv, fu), Vector256.Create(LutStepV), Vector256.Create(LutStepU));
        var farUp = Vector256.Min(n, fy);
        var middleUp = Vector256.Min(Vector256.Max(fy, n), m) - n;
        var nearUp = Vector256.Max(fy, m) - m;
        var far = Sum(near + Vector256.Create(LutStepU + LutStepV), n - farUp, farUp);
        var middle = Sum(near + step, m - n - middleUp, middleUp);
        var sum = far + middle + Sum(near, eight - m - nearUp, nearUp);
        return Vector256.ShiftRightArithmetic(sum + Vector256.Create(256), 9);

        Vector256<int> Sum(Vector256<int> index, Vector256<int> down, Vector256<int> up) => Avx2.MultiplyAddAdjacent(
            Avx2.GatherVector256((int*)table, index, 2).AsInt16(), (down | Vector256.ShiftLeft(up, 16)).AsInt16());
    }

    // Without a gather the loads are done one by one; the weights of four pixels are still made at once.
    private static void Lut128(byte* y, byte* u, byte* v, short* table, byte* target, int count, byte low, byte high)
    {
        int* near = stackalloc int[4], step = stackalloc int[4], weights = stackalloc int[24];
        for (var i = 0; i < count; i += 4)
        {
            var (py, pu, pv) = (Four(y + i), Four(u + i), Four(v + i));
            var seven = Vector128.Create(7);
            var (fy, fu, fv) = (py & seven, pu & seven, pv & seven);
            var (m, n) = (Vector128.Max(fu, fv), Vector128.Min(fu, fv));
            ((Vector128.ShiftRightLogical(pu, 3) * LutStepU) + (Vector128.ShiftRightLogical(pv, 3) * LutStepV)
                + Vector128.ShiftRightLogical(py, 3)).Store(near);
            Vector128.ConditionalSelect(Vector128.GreaterThan(fv, fu), Vector128.Create(LutStepV), Vector128.Create(LutStepU)).Store(step);
            var farUp = Vector128.Min(n, fy);
            var middleUp = Vector128.Min(Vector128.Max(fy, n), m) - n;
            var nearUp = Vector128.Max(fy, m) - m;
            (n - farUp).Store(weights);
            farUp.Store(weights + 4);
            (m - n - middleUp).Store(weights + 8);
            middleUp.Store(weights + 12);
            (Vector128.Create(8) - m - nearUp).Store(weights + 16);
            nearUp.Store(weights + 20);
            for (var k = 0; k < 4; k++)
            {
                short* a = table + near[k], b = a + step[k], c = a + LutStepU + LutStepV;
                var sum = (c[0] * weights[k]) + (c[1] * weights[4 + k]) + (b[0] * weights[8 + k]) + (b[1] * weights[12 + k])
                    + (a[0] * weights[16 + k]) + (a[1] * weights[20 + k]);
                target[i + k] = (byte)Math.Clamp((sum + 256) >> 9, low, high);
            }
        }

        static Vector128<int> Four(byte* at) => Vector128.WidenLower(Vector128.WidenLower(
            Vector128.CreateScalar(*(int*)at).AsByte())).AsInt32();
    }
}
