using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture with brushes: the copy of it that is seen at a frame. Only what the brushes touch is written anew.</summary>
internal sealed class BrushedPicture : IDisposable
{
    private readonly YuvImage _still, _moved;
    private readonly YuvImage? _before;
    private readonly BrushPainter[] _brushes;
    private readonly FrameRate _rate;
    private long _frame = -1;

    /// <param name="still">Not disposed by this.</param>
    public BrushedPicture(YuvImage still, ImmutableArray<MotionBrush> brushes, RenderContext context)
    {
        (_still, _rate) = (still, context.Rate);
        _moved = new YuvImage(still.Width, still.Height);
        ImageBlend.Copy(still, _moved);
        var painters = new List<BrushPainter>();
        foreach (var brush in brushes)
        {
            var field = BrushField.Rent(brush.Area, still.Width, still.Height, context);
            if (field.Value.IsEmpty)
            {
                field.Dispose();
                continue;
            }

            painters.Add(new BrushPainter(brush, field, Math.Min(still.Width, still.Height), context.Lanes));
        }

        _brushes = [.. painters];

        // A brush over what another has moved reads it as that one left it.
        var overlap = _brushes.Index().Any(a => _brushes.Take(a.Index).Any(b => IsEmpty(b.Rect.Inflate(b.Reach).Intersect(a.Item.Rect.Inflate(a.Item.Reach))) is false));
        _before = overlap ? new YuvImage(still.Width, still.Height) : null;
    }

    /// <param name="frame">Counted from the start of the shot.</param>
    public YuvImage At(long frame)
    {
        if (frame == _frame)
        {
            return _moved;
        }

        var micros = MoveClock.MicrosAt(frame, _rate);
        if (_before is not null)
        {
            foreach (var brush in _brushes)
            {
                CopyArea(_still, _moved, brush.Rect);
            }
        }

        foreach (var brush in _brushes)
        {
            if (_before is not null)
            {
                CopyArea(_moved, _before, brush.Rect.Inflate(brush.Reach));
            }

            brush.Paint(_before ?? _still, _moved, micros);
        }

        _frame = frame;
        return _moved;
    }

    public void Dispose()
    {
        _moved.Dispose();
        _before?.Dispose();
        Array.ForEach(_brushes, b => b.Dispose());
    }

    private static bool IsEmpty(PixelRect rect) => rect.Width == 0 || rect.Height == 0;

    private static void CopyArea(YuvImage from, YuvImage to, PixelRect area)
    {
        var inside = area.Intersect(new PixelRect(0, 0, from.Width, from.Height));
        var (left, width) = (inside.X & ~1, (inside.Right - (inside.X & ~1) + 1) & ~1);
        for (var y = inside.Y; y < inside.Bottom; y++)
        {
            from.RowY(y).Slice(left, width).CopyTo(to.RowY(y)[left..]);
        }

        for (var y = inside.Y / 2; y < (inside.Bottom + 1) / 2; y++)
        {
            from.RowU(y).Slice(left / 2, width / 2).CopyTo(to.RowU(y)[(left / 2)..]);
            from.RowV(y).Slice(left / 2, width / 2).CopyTo(to.RowV(y)[(left / 2)..]);
        }
    }
}
