// The motion brush: RowKernels.Offsets, then Displace, without a row of offsets in between.
#pragma once
#include "fixed.cuh"

// What a row has for itself: how far all of it moves, 1/128 pixel.
struct shift { int x, y; };

DEVICE int offset(int mask, int along, int bias) { return (mask * (along + bias) + (1 << 13)) >> 14; }

// (left, top) is where the target lies in the source.
KERNEL void displace(plane source, int source_width, int source_height, numbers mask, const int *along_x, const int *along_y, const shift *rows, plane target,
    int width, int height, int left, int top)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    const s16 *weights = row_of(mask, s.y) + s.x;
    shift row = rows[s.y];
    four out;
    EACH
    {
        int at = i < s.n ? i : 0;
        int dx = offset(weights[at], along_x[s.x + at], row.x), dy = offset(weights[at], along_y[s.x + at], row.y);
        int u = clamp(((left + s.x + i) << 7) + dx, 0, (source_width - 1) << 7), v = clamp(((top + s.y) << 7) + dy, 0, (source_height - 1) << 7);
        int fx = u & 127, fy = v & 127, right = least((u >> 7) + 1, source_width - 1);
        const u8 *upper = row_of(source, v >> 7), *lower = row_of(source, least((v >> 7) + 1, source_height - 1));
        int sum = (upper[u >> 7] * (128 - fx) + upper[right] * fx) * (128 - fy) + (lower[u >> 7] * (128 - fx) + lower[right] * fx) * fy;
        out.v[i] = (sum + (1 << 13)) >> 14;
    }

    store(target, s, out);
}
