using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A text that becomes another by its outlines. Before and after it is the plain text as every other one is drawn; between, the lines round its glyphs are
/// moved point by point and filled anew. Texts that run from right to left fade into each other.
/// </summary>
internal sealed class MorphSprite : ISprite
{
    private readonly (Mask? Mask, Mask? Shadow) _from, _to;
    private readonly int _fromY;
    private readonly List<ContourPair> _pairs;
    private readonly OutlineRaster? _raster;
    private readonly Mask? _between;
    private readonly int _x, _y, _drop;
    private readonly Yuv _colour;
    private readonly int _opacity;
    private readonly TextMove _move;
    private readonly MoveClock _clock;

    /// <param name="from">Both in the same block, as they stand at rest.</param>
    /// <param name="fromY">Even: how much lower than the other's the block of the first begins.</param>
    public MorphSprite(LaidOutText from, LaidOutText to, int fromY, LineAlign align, int width, int x, int y, Yuv colour, int opacity, bool hasShadow, TextMove move)
    {
        (_x, _y, _fromY, _colour, _opacity, _move, _drop) = (x, y, fromY, colour, opacity, move, Math.Max(1, to.Em / 32));
        _clock = new MoveClock(move.Rule.Motion.Delay * 1000L, move.Rule.Motion.Length * 1000L, move.Rule.Motion.Ease);
        (_from, _to) = (MaskOf(from, align, width, hasShadow), MaskOf(to, align, width, hasShadow));
        _pairs = from.IsRightToLeft || to.IsRightToLeft ? [] : ContourPairs.Of(OutlineReader.Read(from, align, width), OutlineReader.Read(to, align, width));
        if (_pairs.Count > 0)
        {
            // What lies between two outlines lies between their bounds.
            _pairs = [.. _pairs.Select(p => p with { From = [.. p.From.Select(q => q with { Y = q.Y + (fromY << 8) })] })];
            var all = _pairs.SelectMany(p => p.From.Concat(p.To)).ToList();
            var (left, top) = (((all.Min(p => p.X) >> 8) - 1) & ~1, ((all.Min(p => p.Y) >> 8) - 1) & ~1);
            var plane = new Plane8((all.Max(p => p.X) >> 8) + 2 - left, (all.Max(p => p.Y) >> 8) + 2 - top);
            (_between, _raster) = (new Mask(plane, left, top), new OutlineRaster(plane.Width, plane.Height));
        }
    }

    public void Draw(long frame, YuvImage target, MaskPainter painter)
    {
        if (!_move.Timing.IsSeen(frame))
        {
            return;
        }

        var share = Math.Clamp(_clock.ShareAt(_move.MicrosAt(frame)), 0, EasingCurve.One);
        var seen = _move.Timing.AlphaAt(frame);
        var (alpha, shade) = (FixedPoint.MulHrs(seen, FixedPoint.W15(_opacity)), FixedPoint.MulHrs(seen, FixedPoint.W15(150)));
        var weight = (int)(share * FixedPoint.One15 >> 30);
        Paint(target, painter, _from.Shadow, _fromY + _drop, new Yuv(16, 128, 128), Share(shade, FixedPoint.One15 - weight));
        Paint(target, painter, _to.Shadow, _drop, new Yuv(16, 128, 128), Share(shade, weight));
        if (share is > 0 and < EasingCurve.One && _between is not null)
        {
            Trace(share);
            painter.Paint(target, _between, _x, _y << 8, _colour, alpha);
            return;
        }

        Paint(target, painter, _from.Mask, _fromY, _colour, Share(alpha, FixedPoint.One15 - weight));
        Paint(target, painter, _to.Mask, 0, _colour, Share(alpha, weight));
    }

    public void Dispose()
    {
        foreach (var mask in (Mask?[])[_from.Mask, _from.Shadow, _to.Mask, _to.Shadow, _between])
        {
            mask?.Dispose();
        }
    }

    // All of it is exactly all of it: at rest a text has the bits of one that never moved.
    private static int Share(int alpha, int weight) => weight >= FixedPoint.One15 ? alpha : FixedPoint.MulHrs(alpha, weight);

    private void Paint(YuvImage target, MaskPainter painter, Mask? mask, int below, Yuv colour, int alpha)
    {
        if (mask is not null && alpha > 0)
        {
            painter.Paint(target, mask, _x, (_y + below) << 8, colour, alpha);
        }
    }

    private void Trace(long share)
    {
        var (left, top) = (_between!.X << 8, _between.Y << 8);
        foreach (var (from, to) in _pairs)
        {
            var last = At(from[^1], to[^1]);
            for (var i = 0; i < from.Length; i++)
            {
                var next = At(from[i], to[i]);
                _raster!.Edge(last.X, last.Y, next.X, next.Y);
                last = next;
            }
        }

        _raster!.Fill(_between.Luma);
        _between.Resite();

        OutlinePoint At(OutlinePoint a, OutlinePoint b) =>
            new((int)EasingCurve.Between(a.X, b.X, share) - left, (int)EasingCurve.Between(a.Y, b.Y, share) - top);
    }

    private (Mask? Mask, Mask? Shadow) MaskOf(LaidOutText text, LineAlign align, int width, bool hasShadow)
    {
        var bitmaps = _move.Context.Rasterizer.Render(text, align, width);
        var mask = bitmaps.FirstOrDefault()?.Mask; // All of it has one tag.
        return (mask, mask is null || !hasShadow ? null : MaskShapes.Shadow(mask, Math.Max(1, text.Em / 16), gain: 200));
    }
}
