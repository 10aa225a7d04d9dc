// NodeGrid and lights: RowKernels.MixNodes, then Expand, ExpandThrough, or Between and Gain, without a row in between.
#pragma once
#include "grade.cuh"

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

struct light_of { int c[3]; };

// Six rows of AffineRow: a, b, c, bias, low, high. To R', G', B', then to Y, U, V.
DEVICE int affine_of(const s16 *row, int a, int b, int c)
{
    int sum = saturate(term(a, row[0]) + term(b, row[1]));
    sum = saturate(saturate(sum + term(c, row[2])) + row[3]) >> 5;
    return clamp(to_byte(sum), row[4], row[5]);
}

DEVICE light_of lit(numbers nodes, int rows, const s16 *matrix, int y, int u, int v, int px, int py)
{
    light_of light;
    _Pragma("unroll") for (int i = 0; i < 3; i++)
    {
        numbers own = nodes;
        own.at = row_of(nodes, i * rows);
        light.c[i] = to_byte((mulhrs(affine_of(matrix + 6 * i, y, u, v) << 7, node_value(own, 3, px, py)) + 8) >> 4);
    }

    return light;
}

// RowKernels.LightPair: light on two rows of luma and the row of colour that they share; a thread makes four pixels of each. The grids of R', G' and B'
// stand below each other, so many rows each; the width is even.
KERNEL void light_pair(numbers nodes, int rows, const s16 *matrix, plane luma, plane blue, plane red, int width, int height)
{
    spot s = here(width, height), upper = s, lower = s;
    if (s.n <= 0) return;
    upper.y = 2 * s.y;
    lower.y = 2 * s.y + 1;
    four first = load(luma, upper), second = load(luma, lower);
    u8 *u = row_of(blue, s.y) + (s.x >> 1), *v = row_of(red, s.y) + (s.x >> 1);
    _Pragma("unroll") for (int i = 0; i < 2; i++)
    {
        if (2 * i >= s.n) break;
        int cu = u[i], cv = v[i];
        light_of mean;
        _Pragma("unroll") for (int x = 2 * i; x < 2 * i + 2; x++)
        {
            light_of a = lit(nodes, rows, matrix, first.v[x], cu, cv, s.x + x, upper.y), b = lit(nodes, rows, matrix, second.v[x], cu, cv, s.x + x, lower.y);
            first.v[x] = affine_of(matrix + 18, a.c[0], a.c[1], a.c[2]);
            second.v[x] = affine_of(matrix + 18, b.c[0], b.c[1], b.c[2]);
            if (x == 2 * i)
                for (int c = 0; c < 3; c++) mean.c[c] = (a.c[c] + b.c[c] + 1) >> 1;
        }

        u[i] = (u8)affine_of(matrix + 24, mean.c[0], mean.c[1], mean.c[2]);
        v[i] = (u8)affine_of(matrix + 30, mean.c[0], mean.c[1], mean.c[2]);
    }

    store(luma, upper, first);
    store(luma, lower, second);
}
