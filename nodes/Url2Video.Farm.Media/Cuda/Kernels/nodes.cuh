// NodeGrid and lights: RowKernels.MixNodes, then Expand, ExpandThrough, or Between and Gain, without a row in between.
#pragma once
#include "fixed.cuh"

// The value of a smooth picture at a pixel, codes times 128: straight lines down, rounded, then across.
DEVICE int node_value(numbers nodes, int shift, int x, int y)
{
    int part = (1 << shift) - 1;
    const s16 *upper = row_of(nodes, y >> shift) + (x >> shift), *lower = upper + nodes.stride;
    int down = (y & part) << (15 - shift), across = (x & part) << (15 - shift);
    int left = (s16)(upper[0] + mulhrs(lower[0] - upper[0], down)), right = (s16)(upper[1] + mulhrs(lower[1] - upper[1], down));
    return left + mulhrs(right - left, across);
}

KERNEL void expand(numbers nodes, int shift, plane target, int width, int height)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four out;
    EACH out.v[i] = to_byte((node_value(nodes, shift, s.x + i, s.y) + 2 * dither(s.x + i, s.y)) >> 7);
    store(target, s, out);
}

KERNEL void expand_through(numbers nodes, int shift, plane mask, plane row, int width, int height)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four pixels = load(row, s), coverage = load(mask, s);
    EACH
    {
        int value = (node_value(nodes, shift, s.x + i, s.y) + 64) >> 7;
        pixels.v[i] = to_byte(pixels.v[i] + mulhrs(value - pixels.v[i], w15(coverage.v[i])));
    }

    store(row, s, pixels);
}

// Light on a channel of R'G'B': nodes are gains, 4096 for one.
KERNEL void light(numbers nodes, int shift, plane row, int width, int height)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four pixels = load(row, s);
    EACH pixels.v[i] = to_byte((mulhrs(pixels.v[i] << 7, node_value(nodes, shift, s.x + i, s.y)) + 8) >> 4);
    store(row, s, pixels);
}
