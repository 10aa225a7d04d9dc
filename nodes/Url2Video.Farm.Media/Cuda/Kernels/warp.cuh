// RowKernels.Warp with the lines that WarpSampler lays between its nodes.
#pragma once
#include "fixed.cuh"

struct place { int u, v; };

DEVICE int between(int from, int to, int part, int shift) { return from + (int)(((s64)(to - from) * part) >> shift); }

// Of the nodes at a column, above and below a row: half a phase more rounds the fraction that is cut to 7 bits.
DEVICE place on_line(const place *nodes, int columns, int column, int y, int is_chroma)
{
    int luma = is_chroma ? 2 * y : y;
    const place *a = nodes + (luma >> 4) * columns + column, *b = a + columns;
    int part = luma & 15, shift = 4;
    place p;
    if (is_chroma)
    {
        part = 2 * part + 1;
        shift = 5;
    }

    p.u = between(a->u, b->u, part, shift);
    p.v = between(a->v, b->v, part, shift);
    if (is_chroma)
    {
        p.u >>= 1;
        p.v = (p.v - (1 << 15)) >> 1;
    }

    p.u += 256;
    p.v += 256;
    return p;
}

KERNEL void warp(plane source, int source_width, int source_height, const place *nodes, int columns, int is_chroma, plane target, int width, int height)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    int step = is_chroma ? 2 : 1, cell = (s.x >> 4) * step, last_x = ((source_width - 1) << 16) - 1, last_y = ((source_height - 1) << 16) - 1;
    place a = on_line(nodes, columns, cell, s.y, is_chroma), b = on_line(nodes, columns, cell + step, s.y, is_chroma);
    int du = (b.u - a.u) >> 4, dv = (b.v - a.v) >> 4, along = s.x & 15;
    four out;
    EACH
    {
        int x = clamp(a.u + (along + i) * du, 0, last_x), y = clamp(a.v + (along + i) * dv, 0, last_y);
        int fx = (x >> 9) & 127, fy = (y >> 9) & 127;
        const u8 *pixel = row_of(source, y >> 16) + (x >> 16);
        int upper = pixel[0] * (128 - fx) + pixel[1] * fx;
        int lower = pixel[source.stride] * (128 - fx) + pixel[source.stride + 1] * fx;
        out.v[i] = (upper * (128 - fy) + lower * fy + (1 << 13)) >> 14;
    }

    store(target, s, out);
}
