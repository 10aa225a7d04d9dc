// RowKernels.Blend: the formulas of BlendFormulas.cs, by the numbers of BlendMode.
#pragma once
#include "fixed.cuh"

DEVICE int product(int a, int b)
{
    int p = a * b + 128;
    return (p + (p >> 8)) >> 8;
}

DEVICE int formula(int mode, int a, int b)
{
    switch (mode)
    {
        case 1: return product(a, b);                                                                        // multiply
        case 2: return a + b - product(a, b);                                                                // screen
        case 3: return a < 128 ? 2 * product(a, b) : 255 - 2 * product(255 - a, 255 - b);                    // overlay
        case 4: return product(255 - a, product(a, b)) + product(a, a + b - product(a, b));                  // soft light
        case 5: return least(a + b, 255);                                                                    // add
        case 6: return least(a, b);                                                                          // darken
        case 7: return most(a, b);                                                                           // lighten
        case 8: return a < b ? b - a : a - b;                                                                // difference
        default: return b;                                                                                   // normal
    }
}

KERNEL void blend(plane below, plane layer, plane target, int width, int height, int mode, int alpha)
{
    spot s = here(width, height);
    if (s.n <= 0) return;
    four a = load(below, s), b = load(layer, s);
    EACH a.v[i] = to_byte(a.v[i] + mulhrs(formula(mode, a.v[i], b.v[i]) - a.v[i], alpha));
    store(target, s, a);
}
