using System.Runtime.Intrinsics;

namespace Url2Video.Farm.Media.Pixels;

/// <content>Sums over rows that are measured, not changed. They read nothing beyond the row: what lies behind it is not measured.</content>
internal static unsafe partial class RowKernels
{
    /// <summary>The sum of <paramref name="count"/> bytes.</summary>
    public static long Sum(byte* row, int count, Lanes lanes)
    {
        var (sum, i) = (0L, 0);
        if (lanes == Lanes.V256)
        {
            var sums = Vector256<uint>.Zero;
            for (; i <= count - 32; i += 32)
            {
                var v = Vector256.Load(row + i);
                var shorts = Vector256.WidenLower(v) + Vector256.WidenUpper(v); // At most 510.
                sums += Vector256.WidenLower(shorts) + Vector256.WidenUpper(shorts);
            }

            sum = Vector256.Sum(sums);
        }

        if (lanes != Lanes.Scalar)
        {
            var sums = Vector128<uint>.Zero;
            for (; i <= count - 16; i += 16)
            {
                var v = Vector128.Load(row + i);
                var shorts = Vector128.WidenLower(v) + Vector128.WidenUpper(v);
                sums += Vector128.WidenLower(shorts) + Vector128.WidenUpper(shorts);
            }

            sum += Vector128.Sum(sums);
        }

        for (; i < count; i++)
        {
            sum += row[i];
        }

        return sum;
    }

    /// <summary>
    /// Adds |row[x + distance] − row[x]| for x in 0..count − 1 to <paramref name="sums"/>[x mod 8]. The row has count + distance bytes, and starts
    /// where a vector starts, so that lane and place on the grid of eight are the same.
    /// </summary>
    /// <param name="sums">Eight.</param>
    public static void Steps(byte* row, int count, int distance, Span<long> sums, Lanes lanes)
    {
        var i = 0;
        Span<uint> lanesOfEight = stackalloc uint[8];
        if (lanes == Lanes.V256)
        {
            var all = Vector256<uint>.Zero;
            for (; i <= count - 32; i += 32)
            {
                var (a, b) = (Vector256.Load(row + i), Vector256.Load(row + i + distance));
                var steps = Vector256.Max(a, b) - Vector256.Min(a, b);
                var (lower, upper) = (Vector256.WidenLower(steps), Vector256.WidenUpper(steps)); // Pixels 0..15 and 16..31.
                var eights = lower.GetLower() + lower.GetUpper() + upper.GetLower() + upper.GetUpper(); // At most 1020.
                all += Vector256.Create(Vector128.WidenLower(eights), Vector128.WidenUpper(eights));
            }

            all.CopyTo(lanesOfEight);
        }
        else if (lanes == Lanes.V128)
        {
            var (low, high) = (Vector128<uint>.Zero, Vector128<uint>.Zero);
            for (; i <= count - 16; i += 16)
            {
                var (a, b) = (Vector128.Load(row + i), Vector128.Load(row + i + distance));
                var steps = Vector128.Max(a, b) - Vector128.Min(a, b);
                var eights = Vector128.WidenLower(steps) + Vector128.WidenUpper(steps);
                low += Vector128.WidenLower(eights);
                high += Vector128.WidenUpper(eights);
            }

            low.CopyTo(lanesOfEight);
            high.CopyTo(lanesOfEight[4..]);
        }

        for (var lane = 0; lane < 8; lane++)
        {
            sums[lane] += lanesOfEight[lane];
        }

        for (; i < count; i++)
        {
            sums[i & 7] += Math.Abs(row[i + distance] - row[i]);
        }
    }
}
