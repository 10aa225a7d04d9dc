using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// How much each pixel of a picture takes part in a brush's movement, made once: for luma and for chroma, where there is any. Rows end in
/// zeros, so that what a vector does beyond them is nothing.
/// </summary>
internal sealed class BrushField : IDisposable
{
    /// <summary>The rectangle begins and ends at multiples of this, so that chroma is cut into whole vectors too.</summary>
    private const int Grid = 2 * RowKernels.DisplaceCount;

    private BrushField(PixelRect rect, Field16 luma, Field16 chroma) => (Rect, Luma, Chroma) = (rect, luma, chroma);

    /// <summary>What is touched, in luma pixels; it may reach over the right edge into the padding.</summary>
    public PixelRect Rect { get; }

    public Field16 Luma { get; }

    public Field16 Chroma { get; }

    /// <summary>True for a brush that touches nothing.</summary>
    public bool IsEmpty => Rect.Width == 0;

    /// <summary>The same for all pictures of a size that a brush is laid on.</summary>
    public static Lease<BrushField> Rent(BrushArea area, int width, int height, RenderContext context) =>
        context.Shared.Rent((area, width, height), () => Create(area, width, height, context));

    private static BrushField Create(BrushArea area, int width, int height, RenderContext context)
    {
        using var whole = new Field16(width, height);
        BrushShapes.Fill(area, whole, context);
        var touched = Bounds(whole);
        if (touched.Width == 0)
        {
            return new BrushField(default, new Field16(1, 1), new Field16(1, 1));
        }

        var rect = Whole(touched);
        var (luma, chroma) = (new Field16(rect.Width, rect.Height), new Field16(rect.Width / 2, rect.Height / 2));
        for (var y = 0; y < rect.Height; y++)
        {
            whole.Numbers(rect.Y + y)[rect.X..Math.Min(rect.Right, width)].CopyTo(luma.Numbers(y));
        }

        for (var y = 0; y < chroma.Height; y++)
        {
            var upper = luma.Numbers(2 * y);
            var lower = luma.Numbers((2 * y) + 1);
            var numbers = chroma.Numbers(y);
            for (var x = 0; x < numbers.Length; x++)
            {
                numbers[x] = (short)((upper[2 * x] + lower[2 * x] + 1) >> 1);
            }
        }

        return new BrushField(rect, luma, chroma);
    }

    /// <summary>The rectangle of a field that reaches over a part of a picture.</summary>
    public static PixelRect Whole(PixelRect touched)
    {
        var (left, right) = (touched.X / Grid * Grid, (touched.Right + Grid - 1) / Grid * Grid);
        var (top, bottom) = (touched.Y & ~1, (touched.Bottom + 1) & ~1);
        return new PixelRect(left, top, right - left, bottom - top);
    }

    public void Dispose()
    {
        Luma.Dispose();
        Chroma.Dispose();
    }

    private static PixelRect Bounds(Field16 field)
    {
        var (left, top, right, bottom) = (field.Width, field.Height, 0, 0);
        for (var y = 0; y < field.Height; y++)
        {
            var row = field.Numbers(y);
            var first = row.IndexOfAnyExcept((short)0);
            if (first >= 0)
            {
                (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept((short)0) + 1));
                (top, bottom) = (Math.Min(top, y), y + 1);
            }
        }

        return right == 0 ? default : new PixelRect(left, top, right - left, bottom - top);
    }
}
