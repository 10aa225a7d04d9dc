using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The bar over the line between two pictures; its edges are soft where they cut a pixel.</summary>
internal sealed unsafe class SplitLine : IDisposable
{
    private readonly Plane8 _cover;
    private readonly Yuv _colour;
    private readonly bool _isStacked;
    private readonly long _width;
    private readonly Lanes _lanes;

    public SplitLine(Background.Split split, RenderContext context)
    {
        (_isStacked, _colour, _lanes) = (split.IsStacked, split.DividerColour.ToYuv(), context.Lanes);
        _width = ((long)context.Safe.ShortSide << 16) * split.DividerMillionths / 1_000_000;
        _cover = new Plane8(split.IsStacked ? context.Width : (int)(_width >> 16) + 8, 1);
    }

    /// <param name="at">Of its middle, 1/65536 pixel.</param>
    public void Draw(YuvImage target, long at)
    {
        if (_width == 0)
        {
            return;
        }

        var (start, end) = (at - (_width >> 1), at - (_width >> 1) + _width);
        Plane(target.Y, target.StrideY, target.Width, target.Height, start, end, 1, 0, _colour.Y);
        var siting = _isStacked ? 0 : 1 << 15;
        Plane(target.U, target.StrideC, target.Width / 2, target.Height / 2, start, end, 2, siting, _colour.U);
        Plane(target.V, target.StrideC, target.Width / 2, target.Height / 2, start, end, 2, siting, _colour.V);
    }

    public void Dispose() => _cover.Dispose();

    /// <param name="unit">Luma pixels to a sample.</param>
    /// <param name="siting">How far before its place a sample's stretch begins.</param>
    private void Plane(byte* plane, int stride, int width, int height, long start, long end, int unit, int siting, byte colour)
    {
        var size = (long)unit << 16;
        var length = _isStacked ? height : width;
        var first = (int)Math.Clamp((start + siting) / size - 1, 0, length);
        var last = (int)Math.Clamp(((end + siting) / size) + 2, 0, length);
        if (_isStacked)
        {
            for (nint row = first; row < last; row++)
            {
                _cover.Row(0)[..width].Fill(Cover((int)row));
                _cover.Row(0)[width..].Clear();
                RowKernels.Paint(plane + (row * stride), _cover.Pixels, width, colour, FixedPoint.One15, _lanes);
            }

            return;
        }

        _cover.Row(0).Clear();
        for (var x = first; x < last; x++)
        {
            _cover.Row(0)[x - first] = Cover(x);
        }

        for (nint row = 0; row < height; row++)
        {
            RowKernels.Paint(plane + (row * stride) + first, _cover.Pixels, last - first, colour, FixedPoint.One15, _lanes);
        }

        byte Cover(int sample)
        {
            var from = (sample * size) - siting;
            var covered = Math.Clamp(Math.Min(end, from + size) - Math.Max(start, from), 0, size);
            return (byte)(((covered * 255) + (size / 2)) / size);
        }
    }
}
