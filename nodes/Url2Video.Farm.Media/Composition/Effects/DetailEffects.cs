using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Luma moved away from its surroundings' mean.</summary>
internal sealed class SharpenEffect(int amount, RenderContext context) : IShotEffect
{
    private readonly YuvImage _soft = new(context.Width, context.Height);
    private readonly SoftBlur _blur = new(context.Width, context.Height, context.Lanes);

    public void Draw(long frame, YuvImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            image.RowY(y).CopyTo(_soft.RowY(y));
        }

        _blur.ApplyLuma(_soft, Math.Max(1, context.Height / 540), passes: 1);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.RowY(y);
            var soft = _soft.RowY(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)Math.Clamp(row[x] + ((row[x] - soft[x]) * amount / 50), 16, 235);
            }
        }
    }

    public void Dispose()
    {
        _soft.Dispose();
        _blur.Dispose();
    }
}

/// <summary>Slopes of light: as relief lit from the upper left, or as bright lines on black.</summary>
internal sealed class ReliefEffect(bool isEdges, int share, RenderContext context) : IShotEffect
{
    private readonly Plane8 _rows = new(context.Width, 2);

    public void Draw(long frame, YuvImage image)
    {
        image.RowY(0).CopyTo(_rows.Row(0));
        for (var y = 0; y < image.Height; y++)
        {
            // The row above as it was: the picture above is relief already.
            var row = image.RowY(y);
            var above = _rows.Row((y + 1) & 1);
            var own = _rows.Row(y & 1);
            row.CopyTo(own);
            Slopes(row, y == 0 ? own : above, own, image.RowY(Math.Min(y + 1, image.Height - 1)));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            ToGrey(image.RowU(y));
            ToGrey(image.RowV(y));
        }
    }

    public void Dispose() => _rows.Dispose();

    private void Slopes(Span<byte> row, ReadOnlySpan<byte> above, ReadOnlySpan<byte> own, ReadOnlySpan<byte> below)
    {
        var last = row.Length - 1;
        for (var x = 0; x <= last; x++)
        {
            var (left, right) = (Math.Max(0, x - 1), Math.Min(last, x + 1));
            var value = isEdges
                ? 16 + (2 * (Math.Abs(own[right] - own[left]) + Math.Abs(below[x] - above[x])))
                : 126 + (2 * (above[left] - below[right]));
            row[x] = FixedPoint.ToByte(own[x] + FixedPoint.MulHrs(Math.Clamp(value, 16, 235) - own[x], share));
        }
    }

    private void ToGrey(Span<byte> row)
    {
        foreach (ref var code in row)
        {
            code = (byte)(code + FixedPoint.MulHrs(128 - code, share));
        }
    }
}

/// <summary>A printed screen: round dots at 45 degrees, larger where it is darker.</summary>
internal sealed class HalftoneEffect : IShotEffect
{
    private readonly byte[] _limits;
    private readonly int _size, _share;

    public HalftoneEffect(int share, RenderContext context)
    {
        (_share, _size) = (share, Math.Max(4, context.Height / 135) & ~1);
        _limits = new byte[_size * _size];
        for (var y = 0; y < _size; y++)
        {
            for (var x = 0; x < _size; x++)
            {
                // Distance from the nearer of the two dots of a cell, its middle and its corner.
                var middle = PlaneGeometry.Length((2 * x) + 1 - _size, (2 * y) + 1 - _size);
                var corner = PlaneGeometry.Length(Math.Min((2 * x) + 1, (2 * (_size - x)) - 1), Math.Min((2 * y) + 1, (2 * (_size - y)) - 1));
                _limits[(y * _size) + x] = (byte)(16 + Math.Clamp(110 + ((corner - middle) * 110 / _size), 0, 219));
            }
        }
    }

    public void Draw(long frame, YuvImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.RowY(y);
            var limits = _limits.AsSpan(y % _size * _size, _size);
            for (int x = 0, column = 0; x < row.Length; x++, column = column + 1 == _size ? 0 : column + 1)
            {
                // Four codes of light to the edge: dots are smooth.
                var dot = Math.Clamp(126 + ((row[x] - limits[column]) * 6), 16, 235);
                row[x] = FixedPoint.ToByte(row[x] + FixedPoint.MulHrs(dot - row[x], _share));
            }
        }
    }
}
