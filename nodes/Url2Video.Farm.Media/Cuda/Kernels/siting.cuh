// RowKernels.Double and LumaAtChroma.
#pragma once
#include "fixed.cuh"

KERNEL void double_columns(plane chroma, plane target, int width, int height)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    const u8 *from = row_of(chroma, s.y) + (s.x >> 1);
    four out;
    EACH out.v[i] = i < s.n ? from[i >> 1] : 0;
    store(target, s, out);
}

KERNEL void luma_at_chroma(plane upper, plane lower, plane target, int width, int height)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    const u8 *a = row_of(upper, s.y) + 2 * s.x, *b = row_of(lower, s.y) + 2 * s.x;
    four out;
    EACH out.v[i] = i < s.n ? (a[2 * i] + b[2 * i] + 1) >> 1 : 0;
    store(target, s, out);
}
