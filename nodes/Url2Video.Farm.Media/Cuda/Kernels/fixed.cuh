// The arithmetic of FixedPoint.cs, and four neighbouring pixels at once: what one thread makes.
#pragma once
#include "device.cuh"

#define EACH _Pragma("unroll") for (int i = 0; i < 4; i++)

typedef u32 __attribute__((may_alias)) word;

struct four { int v[4]; };

// Where a thread works; n pixels of its four lie inside, none if n is not positive.
struct spot { int x, y, n; };

DEVICE int least(int a, int b) { return a < b ? a : b; }
DEVICE int most(int a, int b) { return a > b ? a : b; }
DEVICE int clamp(int v, int low, int high) { return least(most(v, low), high); }
DEVICE int to_byte(int v) { return clamp(v, 0, 255); }
DEVICE int saturate(int v) { return clamp(v, -32768, 32767); }
DEVICE int mulhrs(int x, int weight) { return (x * weight + 0x4000) >> 15; }
DEVICE int w15(int alpha) { return (alpha << 7) + (alpha >> 1); }

// The 8 by 8 Bayer matrix of Dither.cs, bit by bit: x xor y and y, woven and turned round.
DEVICE int dither(int x, int y)
{
    int c = x ^ y;
    return ((c & 1) << 5) | ((y & 1) << 4) | ((c & 2) << 2) | ((y & 2) << 1) | ((c & 4) >> 1) | ((y & 4) >> 2);
}

DEVICE spot here(int width, int height)
{
    spot s;
    s.x = 4 * thread_x();
    s.y = thread_y();
    s.n = s.y < height ? least(4, width - s.x) : 0;
    return s;
}

DEVICE u8 *row_of(plane p, int y) { return p.at + (s64)y * p.stride; }
DEVICE s16 *row_of(numbers p, int y) { return p.at + (s64)y * p.stride; }

// One word where four pixels are there and lie on a word's boundary, bytes elsewhere: nothing outside of the picture is touched.
DEVICE four load(const u8 *p, int n)
{
    four f;
    if (n == 4 && ((u64)p & 3) == 0)
    {
        u32 w = *(const word *)p;
        EACH f.v[i] = (w >> (8 * i)) & 255;
        return f;
    }

    EACH f.v[i] = i < n ? p[i] : 0;
    return f;
}

DEVICE four load(plane p, spot s) { return load(row_of(p, s.y) + s.x, s.n); }

DEVICE void store(plane p, spot s, four f)
{
    u8 *to = row_of(p, s.y) + s.x;
    if (s.n == 4 && ((u64)to & 3) == 0)
    {
        *(word *)to = (u32)f.v[0] | (u32)f.v[1] << 8 | (u32)f.v[2] << 16 | (u32)f.v[3] << 24;
        return;
    }

    EACH if (i < s.n) to[i] = (u8)f.v[i];
}
