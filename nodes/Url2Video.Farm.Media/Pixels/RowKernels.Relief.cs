using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

/// <content>Heights under lamps: sums of cells of luma, and their softening. Whole numbers, nothing rounded.</content>
internal static unsafe partial class RowKernels
{
    /// <summary>sums += the eight bytes of each cell.</summary>
    public static void AddCells(byte* row, int* sums, int cells, Lanes lanes)
    {
        var i = 0;
        if (lanes != Lanes.Scalar)
        {
            for (; i + 4 <= cells; i += 4)
            {
                (Vector128.Load(sums + i) + Cells(row + (8 * i))).Store(sums + i);
            }
        }

        for (; i < cells; i++)
        {
            for (var k = 0; k < 8; k++)
            {
                sums[i] += row[(8 * i) + k];
            }
        }
    }

    /// <summary>target = before + 2 at + after.</summary>
    public static void Smooth(int* before, int* at, int* after, int* target, int count, Lanes lanes)
    {
        var i = 0;
        for (; lanes == Lanes.V256 && i + 8 <= count; i += 8)
        {
            (Vector256.Load(before + i) + Vector256.ShiftLeft(Vector256.Load(at + i), 1) + Vector256.Load(after + i)).Store(target + i);
        }

        for (; lanes != Lanes.Scalar && i + 4 <= count; i += 4)
        {
            (Vector128.Load(before + i) + Vector128.ShiftLeft(Vector128.Load(at + i), 1) + Vector128.Load(after + i)).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = before[i] + (2 * at[i]) + after[i];
        }
    }

    // The sums of four cells.
    private static Vector128<int> Cells(byte* row)
    {
        var (first, second) = (Vector128.Load(row), Vector128.Load(row + 16));
        if (Sse2.IsSupported)
        {
            return Vector128.Narrow(Sse2.SumAbsoluteDifferences(first, Vector128<byte>.Zero).AsInt64(), Sse2.SumAbsoluteDifferences(second, Vector128<byte>.Zero).AsInt64());
        }

        return Vector128.Create(Sum(Vector128.WidenLower(first)), Sum(Vector128.WidenUpper(first)), Sum(Vector128.WidenLower(second)), Sum(Vector128.WidenUpper(second)));

        static int Sum(Vector128<ushort> cell) => Vector128.Sum(cell);
    }
}
