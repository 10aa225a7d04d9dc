// RowKernels.Paint, Lay and Over, and the soft edge that MaskSampler lays over coverage.
#pragma once
#include "fixed.cuh"

KERNEL void paint(plane row, plane mask, int width, int height, int colour, int alpha)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four pixels = load(row, s), coverage = load(mask, s);
    EACH pixels.v[i] = to_byte(pixels.v[i] + mulhrs(colour - pixels.v[i], mulhrs(w15(coverage.v[i]), alpha)));
    store(row, s, pixels);
}

KERNEL void lay(plane row, plane layer, plane mask, int width, int height, int alpha)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four pixels = load(row, s), colours = load(layer, s), coverage = load(mask, s);
    EACH pixels.v[i] = to_byte(pixels.v[i] + mulhrs(colours.v[i] - pixels.v[i], mulhrs(w15(coverage.v[i]), alpha)));
    store(row, s, pixels);
}

KERNEL void over(plane row, plane layer, plane opacity, int width, int height, int alpha)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four pixels = load(row, s), colours = load(layer, s), coverage = load(opacity, s);
    EACH
    {
        int hidden = mulhrs(pixels.v[i], mulhrs(w15(coverage.v[i]), alpha));
        pixels.v[i] = to_byte(pixels.v[i] - hidden + mulhrs(colours.v[i], alpha));
    }

    store(row, s, pixels);
}

// What a WipeEdge lets through; left is the column of the frame where the mask begins, in samples of a pixel or two.
KERNEL void wipe(plane mask, int width, int height, int edge_q8, int feather, int from_right, int left, int pixels_per_sample)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four coverage = load(mask, s);
    EACH
    {
        int x = ((left + s.x + i) * pixels_per_sample) << 8;
        int passed = from_right ? x - edge_q8 : edge_q8 - x;
        coverage.v[i] = (coverage.v[i] * clamp(passed / feather, 0, 256)) >> 8;
    }

    store(mask, s, coverage);
}
