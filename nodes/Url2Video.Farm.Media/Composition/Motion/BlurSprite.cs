using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A text that becomes sharp: copies of it, each softer than the one before, mixed two by two.</summary>
internal sealed unsafe class BlurSprite : ISprite
{
    /// <summary>Radii of the copies, in sixteenths of the softest.</summary>
    private static readonly int[] s_radii = [0, 1, 2, 4, 7, 11, 16];

    private readonly Mask[] _copies;
    private readonly Mask _mixed;
    private readonly int _originX, _originY, _opacity;
    private readonly Yuv _colour;
    private readonly TextMove _move;

    /// <param name="mask">Disposed by this.</param>
    /// <param name="radius">Of the softest copy, pixels.</param>
    public BlurSprite(Mask mask, int radius, int originX, int originY, Yuv colour, int opacity, TextMove move)
    {
        (_originX, _originY, _colour, _opacity, _move) = (originX, originY, colour, opacity, move);

        // Two passes reach twice the radius.
        var margin = ((2 * radius) + 3) & ~1;
        _copies = [.. s_radii.Select(r => Soft(mask, margin, (r * radius) / s_radii[^1]))];
        _mixed = Soft(mask, margin, 0);
        mask.Dispose();
    }

    public void Draw(long frame, YuvImage target, MaskPainter painter)
    {
        if (frame < _move.Start || frame >= _move.Timing.End)
        {
            return;
        }

        var pose = _move.PoseAt(frame, 0);
        var alpha = FixedPoint.MulHrs(pose.Alpha, FixedPoint.W15(_opacity));
        var place = pose.Blur * (s_radii.Length - 1);
        var (copy, weight) = ((int)(place >> 30), (int)((place & (EasingCurve.One - 1)) >> 15));
        if (weight == 0)
        {
            painter.Paint(target, _copies[copy], _originX, _originY << 8, _colour, alpha);
        }
        else if (alpha > 0)
        {
            var (from, to) = (_copies[copy], _copies[copy + 1]);
            Mix(from.Luma, to.Luma, _mixed.Luma, Math.Min(weight, FixedPoint.One15));
            Mix(from.Chroma, to.Chroma, _mixed.Chroma, Math.Min(weight, FixedPoint.One15));
            painter.Paint(target, _mixed, _originX, _originY << 8, _colour, alpha);
        }
    }

    public void Dispose()
    {
        foreach (var copy in _copies)
        {
            copy.Dispose();
        }

        _mixed.Dispose();
    }

    private void Mix(Plane8 from, Plane8 to, Plane8 target, int weight)
    {
        for (nint y = 0; y < target.Height; y++)
        {
            RowKernels.CrossFade(from.Pixels + (y * from.Stride), to.Pixels + (y * to.Stride), target.Pixels + (y * target.Stride),
                target.Width, weight, _move.Context.Lanes);
        }
    }

    private static Mask Soft(Mask mask, int margin, int radius)
    {
        var plane = new Plane8(mask.Luma.Width + (2 * margin), mask.Luma.Height + (2 * margin));
        for (var y = 0; y < mask.Luma.Height; y++)
        {
            mask.Luma.Row(y).CopyTo(plane.Row(y + margin)[margin..]);
        }

        for (var pass = 0; pass < 2 && radius > 0; pass++)
        {
            BoxBlur.Rows(plane, radius);
            BoxBlur.Columns(plane, radius);
        }

        return new Mask(plane, mask.X - margin, mask.Y - margin);
    }
}
