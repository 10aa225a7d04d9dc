using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Uncovered from the left: whole left of the edge, nothing a feather right of it.</summary>
internal readonly struct WipeWeight(int edgeQ8, int feather) : IRevealWeight
{
    public int At(int x, int y) => Math.Clamp((edgeQ8 - (x << 8)) / feather, 0, 255);
}

/// <summary>Inside of a circle about the middle.</summary>
internal readonly struct IrisWeight(int centreX, int centreY, int radiusQ8) : IRevealWeight
{
    private const int EdgePixels = 3;

    public int At(int x, int y)
    {
        long dx = x - centreX, dy = y - centreY;
        var inside = radiusQ8 - (int)(Math.Sqrt((dx * dx) + (dy * dy)) * 256);
        return Math.Clamp(inside / EdgePixels, 0, 255);
    }
}

/// <summary>Outlines that are drawn round the middle, and a filling that comes after them.</summary>
/// <param name="outlines">How much of an outline a pixel is.</param>
/// <param name="order">When it is drawn, 0..255 of the round.</param>
/// <param name="drawn">How far the pen is, 0..<see cref="DrawnMax"/>.</param>
/// <param name="filled">0..255.</param>
internal readonly struct DrawWeight(Plane8 outlines, Plane8 order, int drawn, int filled) : IRevealWeight
{
    /// <summary>The stroke becomes whole a little behind the pen.</summary>
    public const int DrawnMax = 255 + Ink;

    private const int Ink = 16;

    public int At(int x, int y)
    {
        if ((uint)x >= (uint)outlines.Width || (uint)y >= (uint)outlines.Height)
        {
            return filled;
        }

        var stroke = outlines.Row(y)[x] * Math.Clamp(drawn - order.Row(y)[x], 0, Ink) / Ink;
        return Math.Max(stroke, filled);
    }
}

/// <summary>A slanting beam, brightest in its middle.</summary>
internal readonly struct BeamWeight(int middle, int half) : IRevealWeight
{
    public int At(int x, int y) => Math.Clamp(255 - (Math.Abs(x + (y / 2) - middle) * 255 / half), 0, 255);
}
