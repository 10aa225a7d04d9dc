using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What the brushes over a picture want: a moved copy of it, and a field each as large as what it touches.</summary>
internal static class BrushMemory
{
    /// <summary>Offsets for a row, both ways, and what comes out of them.</summary>
    private const int RowBytes = (4 * sizeof(int)) + 2;

    /// <param name="width">Of the picture as it is kept.</param>
    public static (long Held, long Passing) Of(ImmutableArray<MotionBrush> brushes, int width, int height, MemoryDesk desk)
    {
        if (brushes.IsEmpty)
        {
            return (0, 0);
        }

        // What two brushes touch may overlap, and then there is a copy of the picture as it was between them.
        var held = YuvImage.BytesOf(width, height) * (brushes.Length > 1 ? 2 : 1);
        var passing = 0L;
        foreach (var area in brushes.Select(b => b.Area))
        {
            var rect = BrushField.Whole(BrushShapes.Around(area, width, height));
            var field = rect.Width == 0 ? 0 : Field16.BytesOf(rect.Width, rect.Height) + Field16.BytesOf(rect.Width / 2, rect.Height / 2);
            held += desk.Once((area, width, height), field) + ((long)RowBytes * rect.Width);
            passing = Math.Max(passing, Field16.BytesOf(width, height) + Painted(area, width, height, desk));
        }

        return (held, passing);
    }

    private static long Painted(BrushArea area, int width, int height, MemoryDesk desk) => area is BrushArea.Painted painted
        ? MemoryDesk.Opened(desk.FactsOf(painted.PictureId)) + YuvImage.BytesOf((width + 1) & ~1, (height + 1) & ~1) + Plane8.BytesOf(width, height)
        : 0;
}
