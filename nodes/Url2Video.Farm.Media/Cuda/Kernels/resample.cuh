// RowKernels.MixRows and Gather: taps and weights as ResampleAxis has them, padded to a multiple of four outputs.
#pragma once
#include "fixed.cuh"

struct __attribute__((aligned(8))) weights { s16 of[4]; };

// Outside of the source its edge is repeated (a picture), or there is nothing (a mask).
DEVICE int tap_at(int tap, int size, int is_mask) { return is_mask && (tap < 0 || tap >= size) ? -1 : clamp(tap, 0, size - 1); }

KERNEL void mix_rows(plane source, int source_height, const int *taps, const weights *shares, plane target, int width, int height, int is_mask)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    int first = taps[s.y];
    weights share = shares[s.y];
    four sum = {{64, 64, 64, 64}};
#pragma unroll
    for (int tap = 0; tap < 4; tap++)
    {
        int y = tap_at(first + tap, source_height, is_mask);
        if (y < 0) continue;
        four row = load(row_of(source, y) + s.x, s.n);
        EACH sum.v[i] += row.v[i] * share.of[tap];
    }

    EACH sum.v[i] = to_byte(sum.v[i] >> 7);
    store(target, s, sum);
}

KERNEL void gather(plane source, int source_width, const int *taps, const weights *shares, plane target, int width, int height, int is_mask)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    const u8 *row = row_of(source, s.y);
    four out;
    EACH
    {
        int first = taps[s.x + i], sum = 64;
        weights share = shares[s.x + i];
#pragma unroll
        for (int tap = 0; tap < 4; tap++)
        {
            int x = tap_at(first + tap, source_width, is_mask);
            sum += x < 0 ? 0 : row[x] * share.of[tap];
        }

        out.v[i] = to_byte(sum >> 7);
    }

    store(target, s, out);
}
