using System.Runtime.Intrinsics;
using static Url2Video.Farm.Media.Pixels.FixedPoint;

namespace Url2Video.Farm.Media.Pixels;

internal static unsafe partial class RowKernels
{
    /// <summary>target = upper + mulhrs(lower − upper, weight), on values of 7 fractional bits. May write 7 past the count.</summary>
    public static void MixNodes(short* upper, short* lower, short* target, int count, int weight, Lanes lanes)
    {
        if (lanes == Lanes.Scalar)
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = (short)(upper[i] + MulHrs(lower[i] - upper[i], weight));
            }

            return;
        }

        var w = Vector128.Create((short)weight);
        for (var i = 0; i < count; i += 8)
        {
            var u = Vector128.Load(upper + i);
            (u + Wide.MulHrs(Vector128.Load(lower + i) - u, w)).Store(target + i);
        }
    }

    /// <summary>
    /// Expands a row of nodes to pixels: straight lines between nodes 8 (shift 3) or 16 (shift 4) pixels apart, then ordered
    /// dither on the 7 fractional bits, so that a slow gradient shows no bands.
    /// </summary>
    /// <param name="nodes">One per cell and one more; luma codes times 128.</param>
    /// <param name="dither">Eight thresholds 0..63.</param>
    public static void Expand(short* nodes, int shift, ReadOnlySpan<byte> dither, byte* target, int count, Lanes lanes)
    {
        if (lanes == Lanes.Scalar)
        {
            for (var i = 0; i < count; i++)
            {
                var node = nodes + (i >> shift);
                var weight = (i & ((1 << shift) - 1)) << (15 - shift);
                target[i] = ToByte((node[0] + MulHrs(node[1] - node[0], weight) + (2 * dither[i & 7])) >> 7);
            }

            return;
        }

        // Eight pixels lie within one cell: both its nodes are broadcast, the weights rise by one step a lane.
        var step = (short)(1 << (15 - shift));
        var first = Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7) * Vector128.Create(step);
        var second = shift == 4 ? first + Vector128.Create((short)(8 * step)) : first;
        var threshold = Vector128.Create(dither[0], dither[1], dither[2], dither[3], dither[4], dither[5], dither[6], (short)dither[7]) * 2;
        for (var i = 0; i < count; i += 16)
        {
            var (left, right) = (nodes[i >> shift], nodes[(i + 8) >> shift]);
            var lower = Line(left, nodes[(i >> shift) + 1], first, threshold);
            var upper = Line(right, nodes[((i + 8) >> shift) + 1], second, threshold);
            Wide.Pack(lower, upper).Store(target + i);
        }
    }

    /// <summary>row += mulhrs(value − row, w15(mask)), where the values are nodes expanded as by <see cref="Expand"/>, rounded.</summary>
    /// <param name="nodes">One per cell and one more; luma codes times 128.</param>
    public static void ExpandThrough(short* nodes, int shift, byte* mask, byte* row, int count, Lanes lanes)
    {
        if (lanes == Lanes.Scalar)
        {
            for (var i = 0; i < count; i++)
            {
                var node = nodes + (i >> shift);
                var weight = (i & ((1 << shift) - 1)) << (15 - shift);
                var value = (node[0] + MulHrs(node[1] - node[0], weight) + 64) >> 7;
                row[i] = ToByte(row[i] + MulHrs(value - row[i], W15(mask[i])));
            }

            return;
        }

        var step = (short)(1 << (15 - shift));
        var first = Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7) * Vector128.Create(step);
        var second = shift == 4 ? first + Vector128.Create((short)(8 * step)) : first;
        var half = Vector128.Create((short)64);
        for (var i = 0; i < count; i += 16)
        {
            // Most of a lattice is gaps: they are passed over 64 pixels at a time. Masks end in at least as many zeros.
            while ((i & 63) == 0 && i < count && IsEmpty(mask + i))
            {
                i += 64;
            }

            if (i >= count)
            {
                return;
            }

            var coverage = Vector128.Load(mask + i);
            if (coverage == Vector128<byte>.Zero)
            {
                continue;
            }

            var (left, right) = (i >> shift, (i + 8) >> shift);
            var (r0, r1) = Wide.Widen(Vector128.Load(row + i));
            var (m0, m1) = Wide.Widen(coverage);
            r0 += Wide.MulHrs(Line(nodes[left], nodes[left + 1], first, half) - r0, Wide.W15(m0));
            r1 += Wide.MulHrs(Line(nodes[right], nodes[right + 1], second, half) - r1, Wide.W15(m1));
            Wide.Pack(r0, r1).Store(row + i);
        }
    }

    private static bool IsEmpty(byte* mask) =>
        (Vector128.Load(mask) | Vector128.Load(mask + 16) | Vector128.Load(mask + 32) | Vector128.Load(mask + 48)) == Vector128<byte>.Zero;

    private static Vector128<short> Line(short from, short to, Vector128<short> weights, Vector128<short> threshold) =>
        Vector128.ShiftRightArithmetic(
            Vector128.Create(from) + Wide.MulHrs(Vector128.Create((short)(to - from)), weights) + threshold, 7);
}
