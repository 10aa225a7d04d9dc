// RowKernels.Affine, Lut and Finish.
#pragma once
#include "fixed.cuh"

DEVICE int term(int value, int coefficient) { return mulhrs((value - 128) << 7, coefficient); }

KERNEL void affine(plane a, plane b, plane c, plane target, int width, int height, int ka, int kb, int kc, int bias, int low, int high)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four first = load(a, s), second = load(b, s), third = load(c, s);
    EACH
    {
        int sum = saturate(term(first.v[i], ka) + term(second.v[i], kb));
        sum = saturate(saturate(sum + term(third.v[i], kc)) + bias) >> 5;
        first.v[i] = clamp(to_byte(sum), low, high);
    }

    store(target, s, first);
}

// The walk through a tetrahedron, as RowKernels.Lut tells it.
DEVICE int lut_sum(const s16 *table, int y, int u, int v)
{
    const int step_v = 33, step_u = 33 * 33;
    int fy = y & 7, fu = u & 7, fv = v & 7, m = most(fu, fv), n = least(fu, fv);
    const s16 *near = table + (u >> 3) * step_u + (v >> 3) * step_v + (y >> 3);
    const s16 *middle = near + (fu >= fv ? step_u : step_v), *far = near + step_u + step_v;
    int far_up = least(n, fy), middle_up = clamp(fy, n, m) - n, near_up = most(fy, m) - m;
    return far[0] * (n - far_up) + far[1] * far_up
        + middle[0] * (m - n - middle_up) + middle[1] * middle_up
        + near[0] * (8 - m - near_up) + near[1] * near_up;
}

KERNEL void lut(plane y, plane u, plane v, const s16 *table, plane target, int width, int height, int low, int high)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four luma = load(y, s), blue = load(u, s), red = load(v, s);
    EACH luma.v[i] = clamp((lut_sum(table, luma.v[i], blue.v[i], red.v[i]) + 256) >> 9, low, high);
    store(target, s, luma);
}

// What a row has for itself: how far down it is, squared, and where in the strip of noise its grain begins.
struct finish_row { int down, grain; };

KERNEL void finish(plane row, const s16 *across, const s8 *noise, const finish_row *rows, int width, int height, int zero, int strength, int amount, int low, int high)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four pixels = load(row, s);
    int down = rows[s.y].down;
    const s8 *grain = noise + rows[s.y].grain + s.x;
    EACH
    {
        int r = least((i < s.n ? across[s.x + i] : 0) + down, 32767);
        int gain = 32767 - mulhrs(strength, mulhrs(r, r));
        int value = mulhrs((pixels.v[i] - zero) << 7, gain) + mulhrs((i < s.n ? grain[i] : 0) << 7, amount);
        value = saturate(saturate(value) + 2 * dither(s.x + i, s.y) + 1) >> 7;
        pixels.v[i] = clamp(to_byte(value + zero), low, high);
    }

    store(row, s, pixels);
}
