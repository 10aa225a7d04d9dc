// RowKernels.CrossFade and MixByField.
#pragma once
#include "fixed.cuh"

KERNEL void cross_fade(plane a, plane b, plane target, int width, int height, int weight)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four from = load(a, s), to = load(b, s);
    EACH from.v[i] = to_byte(from.v[i] + mulhrs(to.v[i] - from.v[i], weight));
    store(target, s, from);
}

KERNEL void mix_by_field(plane a, plane b, numbers field, plane target, int width, int height, int edge, int soft_bits)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four from = load(a, s), to = load(b, s);
    const s16 *time = row_of(field, s.y) + s.x;
    EACH
    {
        int behind = edge - (i < s.n ? time[i] : 0);
        int weight = least(clamp(behind, 0, 1 << soft_bits) << (15 - soft_bits), 32767);
        from.v[i] = to_byte(from.v[i] + mulhrs(to.v[i] - from.v[i], weight));
    }

    store(target, s, from);
}
