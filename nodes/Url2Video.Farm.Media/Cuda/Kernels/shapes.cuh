// ShapePainter: coverage of a small square by a disc, a glow or a four-cornered shape. Places are in 1/256 pixel.
#pragma once
#include "fixed.cuh"

// Where shapes are painted: a part of a plane whose first sample lies at (left, top); footprint is 1 for luma and 2 for chroma.
struct canvas { u8 *at; int stride, footprint; };
struct corner { int left, top, width, height; };
struct line { int x, y, normal_x, normal_y; };

DEVICE int edge(int inside, int footprint) { return clamp(inside / footprint + 128, 0, 255); }

// The whole part of a square root below 2^24, digit by digit.
DEVICE int root(s64 square)
{
    u64 rest = (u64)square, found = 0;
#pragma clang loop unroll(disable)
    for (u64 digit = 1ull << 46; digit != 0; digit >>= 2)
    {
        u64 tried = found + digit;
        found >>= 1;
        if (rest >= tried)
        {
            rest -= tried;
            found += digit;
        }
    }

    return (int)found;
}

DEVICE int disc_at(int x, int y, int centre_x, int centre_y, int radius, int hole, int footprint)
{
    s64 dx = (s64)x - centre_x, dy = (s64)y - centre_y, square = dx * dx + dy * dy, reach = radius + (footprint << 8);
    if (square > reach * reach) return 0;
    int distance = root(square), disc = edge(radius - distance, footprint);
    return hole == 0 ? disc : least(disc, edge(distance - hole, footprint));
}

DEVICE int glow_at(int x, int y, int centre_x, int centre_y, int radius)
{
    s64 dx = (s64)x - centre_x, dy = (s64)y - centre_y, square = dx * dx + dy * dy;
    if (square >= (s64)radius * radius) return 0;
    int rest = (int)(((s64)(radius - root(square)) << 8) / radius);
    return least(255, rest * rest >> 8);
}

DEVICE int inside(line l, int x, int y) { return (int)(((s64)(x - l.x) * l.normal_x + (s64)(y - l.y) * l.normal_y) >> 14); }

// The middle of a sample; chroma lies level with the left luma pixel of its pair, midway between two rows.
DEVICE int middle_x(int x, int footprint) { return footprint == 1 ? (x << 8) + 128 : (x << 9) + 128; }
DEVICE int middle_y(int y, int footprint) { return footprint == 1 ? (y << 8) + 128 : (y << 9) + 256; }

DEVICE void cover(u8 *pixel, int colour, int coverage, int alpha)
{
    if (coverage > 0) *pixel = (u8)to_byte(*pixel + mulhrs(colour - *pixel, mulhrs(w15(coverage), alpha)));
}

KERNEL void paint_disc(canvas c, corner area, int centre_x, int centre_y, int radius, int hole, int colour, int alpha)
{
    int x = thread_x(), y = thread_y();
    if (x >= area.width || y >= area.height) return;
    int at_x = middle_x(area.left + x, c.footprint), at_y = middle_y(area.top + y, c.footprint);
    cover(c.at + (s64)y * c.stride + x, colour, disc_at(at_x, at_y, centre_x, centre_y, radius, hole, c.footprint), alpha);
}

KERNEL void paint_glow(canvas c, corner area, int centre_x, int centre_y, int radius, int colour, int alpha)
{
    int x = thread_x(), y = thread_y();
    if (x >= area.width || y >= area.height) return;
    int at_x = middle_x(area.left + x, c.footprint), at_y = middle_y(area.top + y, c.footprint);
    cover(c.at + (s64)y * c.stride + x, colour, glow_at(at_x, at_y, centre_x, centre_y, radius), alpha);
}

KERNEL void paint_quad(canvas c, corner area, line l0, line l1, line l2, line l3, int colour, int alpha)
{
    int x = thread_x(), y = thread_y();
    if (x >= area.width || y >= area.height) return;
    int at_x = middle_x(area.left + x, c.footprint), at_y = middle_y(area.top + y, c.footprint);
    int deep = least(least(inside(l0, at_x, at_y), inside(l1, at_x, at_y)), least(inside(l2, at_x, at_y), inside(l3, at_x, at_y)));
    cover(c.at + (s64)y * c.stride + x, colour, edge(deep, c.footprint), alpha);
}
