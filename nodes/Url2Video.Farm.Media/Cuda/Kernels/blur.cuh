// SoftBlur: running means down (RowKernels.BlurColumns) and across. A sum of bytes is the same in any order, so every thread begins its
// own stretch with a whole window and slides from there.
#pragma once
#include "fixed.cuh"

#define STRETCH 16

DEVICE int mean(int sum, int half, int reciprocal) { return (u8)((u32)(sum + half) * (u32)reciprocal >> 16); }

// A thread for every column and stretch of rows: neighbours read neighbours.
KERNEL void blur_columns(plane source, plane target, int width, int height, int radius, int half, int reciprocal)
{
    int x = thread_x(), first = STRETCH * thread_y(), last = height - 1;
    if (x >= width || first >= height) return;
    int sum = 0;
#pragma clang loop unroll(disable)
    for (int y = first - radius; y <= first + radius; y++) sum += row_of(source, clamp(y, 0, last))[x];
#pragma clang loop unroll(disable)
    for (int y = first; y < least(first + STRETCH, height); y++)
    {
        row_of(target, y)[x] = (u8)mean(sum, half, reciprocal);
        sum += row_of(source, least(y + radius + 1, last))[x] - row_of(source, most(y - radius, 0))[x];
    }
}

// A thread for every stretch of a row. Not in place.
KERNEL void blur_rows(plane source, plane target, int width, int height, int radius, int half, int reciprocal)
{
    int first = STRETCH * thread_x(), y = thread_y(), last = width - 1;
    if (first >= width || y >= height) return;
    const u8 *row = row_of(source, y);
    u8 *out = row_of(target, y);
    int sum = 0;
#pragma clang loop unroll(disable)
    for (int x = first - radius; x <= first + radius; x++) sum += row[clamp(x, 0, last)];
#pragma clang loop unroll(disable)
    for (int x = first; x < least(first + STRETCH, width); x++)
    {
        out[x] = (u8)mean(sum, half, reciprocal);
        sum += row[least(x + radius + 1, last)] - row[most(x - radius, 0)];
    }
}
