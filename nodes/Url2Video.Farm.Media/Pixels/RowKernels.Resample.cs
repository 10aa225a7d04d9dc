using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    private const int Half128 = 64;

    /// <summary>target = (Σ weight · row + 64) / 128 over four rows; the weights sum to 128 and each fits a signed byte.</summary>
    public static void MixRows(byte* r0, byte* r1, byte* r2, byte* r3, ReadOnlySpan<short> weights, byte* target, int count, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                MixRows256(r0, r1, r2, r3, weights, target, count);
                break;
            case Lanes.V128:
                MixRows128(r0, r1, r2, r3, weights, target, count);
                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    var sum = (r0[i] * weights[0]) + (r1[i] * weights[1]) + (r2[i] * weights[2]) + (r3[i] * weights[3]);
                    target[i] = ToByte((sum + Half128) >> 7);
                }

                break;
        }
    }

    /// <summary>
    /// The horizontal pass: output i is the weighted sum of four neighbours of <paramref name="source"/>, whose element 0 is
    /// source position <see cref="ResampleAxis.FirstTap"/>.
    /// </summary>
    public static void Gather(byte* source, ResampleAxis axis, byte* target, Lanes lanes)
    {
        switch (lanes)
        {
            case Lanes.V256:
                Gather256(source, axis, target);
                break;
            case Lanes.V128:
                Gather128(source, axis, target);
                break;
            default:
                for (var i = 0; i < axis.Count; i++)
                {
                    var taps = source + axis.TapOf(i) - axis.FirstTap;
                    var w = axis.WeightsOf(i);
                    target[i] = ToByte(((taps[0] * w[0]) + (taps[1] * w[1]) + (taps[2] * w[2]) + (taps[3] * w[3]) + Half128) >> 7);
                }

                break;
        }
    }

    // Rows are interleaved pairwise (r0 r1 r0 r1 ...), so one multiply-add makes eight or sixteen two-row sums. Each pair
    // stays within 16 bits (255 · 127); the sum of pairs may pass 32767 only where the result is above 255 anyway, and
    // saturation then gives that same 255.
    private static void MixRows256(byte* r0, byte* r1, byte* r2, byte* r3, ReadOnlySpan<short> weights, byte* target, int count)
    {
        var low = Vector256.Create(Pair(weights[0], weights[1])).AsSByte();
        var high = Vector256.Create(Pair(weights[2], weights[3])).AsSByte();
        var half = Vector256.Create((short)Half128);
        for (var i = 0; i < count; i += 32)
        {
            var (v0, v1) = (Vector256.Load(r0 + i), Vector256.Load(r1 + i));
            var (v2, v3) = (Vector256.Load(r2 + i), Vector256.Load(r3 + i));
            var lower = Avx2.AddSaturate(
                Wide.MultiplyAddPairs(Avx2.UnpackLow(v0, v1), low), Wide.MultiplyAddPairs(Avx2.UnpackLow(v2, v3), high));
            var upper = Avx2.AddSaturate(
                Wide.MultiplyAddPairs(Avx2.UnpackHigh(v0, v1), low), Wide.MultiplyAddPairs(Avx2.UnpackHigh(v2, v3), high));
            lower = Vector256.ShiftRightArithmetic(Avx2.AddSaturate(lower, half), 7);
            upper = Vector256.ShiftRightArithmetic(Avx2.AddSaturate(upper, half), 7);
            Wide.Pack(lower, upper).Store(target + i);
        }
    }

    private static void MixRows128(byte* r0, byte* r1, byte* r2, byte* r3, ReadOnlySpan<short> weights, byte* target, int count)
    {
        var w0 = Vector128.Create(weights[0]);
        var w1 = Vector128.Create(weights[1]);
        var w2 = Vector128.Create(weights[2]);
        var w3 = Vector128.Create(weights[3]);
        for (var i = 0; i < count; i += 16)
        {
            var (a0, a1) = Wide.Widen(Vector128.Load(r0 + i));
            var (b0, b1) = Wide.Widen(Vector128.Load(r1 + i));
            var (c0, c1) = Wide.Widen(Vector128.Load(r2 + i));
            var (d0, d1) = Wide.Widen(Vector128.Load(r3 + i));
            var lower = Wide.AddSaturate((a0 * w0) + (b0 * w1), (c0 * w2) + (d0 * w3));
            var upper = Wide.AddSaturate((a1 * w0) + (b1 * w1), (c1 * w2) + (d1 * w3));
            Wide.Pack(Settle(lower), Settle(upper)).Store(target + i);
        }
    }

    // A block's sixteen source bytes are loaded once; each shuffle lays two taps of eight outputs side by side for the
    // multiply-add. The 256-bit form puts block k in the low half and block k+1 in the high half; packing two such
    // vectors interleaves the halves (k, k+2, k+1, k+3), which the final 64-bit permutation sets right.
    private static void Gather256(byte* source, ResampleAxis axis, byte* target)
    {
        var half = Vector256.Create((short)Half128);
        var count = axis.Count;
        int* bases = axis.Bases;
        byte* maskLow = axis.MaskLow, maskHigh = axis.MaskHigh;
        sbyte* weightLow = axis.WeightLow, weightHigh = axis.WeightHigh;
        for (var i = 0; i < count; i += 32)
        {
            var block = bases + (i / ResampleAxis.BlockSize);
            var first = Vector256.Create(Vector128.Load(source + block[0]), Vector128.Load(source + block[1]));
            var second = Vector256.Create(Vector128.Load(source + block[2]), Vector128.Load(source + block[3]));
            nint t = 2 * i;
            var a = Avx2.AddSaturate(
                Wide.MultiplyAddPairs(Avx2.Shuffle(first, Vector256.Load(maskLow + t)), Vector256.Load(weightLow + t)),
                Wide.MultiplyAddPairs(Avx2.Shuffle(first, Vector256.Load(maskHigh + t)), Vector256.Load(weightHigh + t)));
            var b = Avx2.AddSaturate(
                Wide.MultiplyAddPairs(Avx2.Shuffle(second, Vector256.Load(maskLow + t + 32)), Vector256.Load(weightLow + t + 32)),
                Wide.MultiplyAddPairs(Avx2.Shuffle(second, Vector256.Load(maskHigh + t + 32)), Vector256.Load(weightHigh + t + 32)));
            a = Vector256.ShiftRightArithmetic(Avx2.AddSaturate(a, half), 7);
            b = Vector256.ShiftRightArithmetic(Avx2.AddSaturate(b, half), 7);
            Avx2.Permute4x64(Wide.Pack(a, b).AsInt64(), 0b11_01_10_00).AsByte().Store(target + i);
        }
    }

    private static void Gather128(byte* source, ResampleAxis axis, byte* target)
    {
        for (var i = 0; i < axis.Count; i += 16)
        {
            var block = i / ResampleAxis.BlockSize;
            Wide.Pack(GatherBlock(source, axis, block), GatherBlock(source, axis, block + 1)).Store(target + i);
        }
    }

    private static Vector128<short> GatherBlock(byte* source, ResampleAxis axis, int block)
    {
        var pixels = Vector128.Load(source + axis.Bases[block]);
        nint t = block * 16;
        return Settle(Wide.AddSaturate(
            Wide.MultiplyAddPairs(Wide.Shuffle(pixels, Vector128.Load(axis.MaskLow + t)), Vector128.Load(axis.WeightLow + t)),
            Wide.MultiplyAddPairs(Wide.Shuffle(pixels, Vector128.Load(axis.MaskHigh + t)), Vector128.Load(axis.WeightHigh + t))));
    }

    private static Vector128<short> Settle(Vector128<short> sum) =>
        Vector128.ShiftRightArithmetic(Wide.AddSaturate(sum, Vector128.Create((short)Half128)), 7);

    private static short Pair(short even, short odd) => (short)((byte)even | (odd << 8));
}
