using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Gives every light the colour of its place on a scale of colours from dark to light.</summary>
internal sealed unsafe class GradientEffect : IShotEffect
{
    private readonly byte[] _y = new byte[256];
    private readonly byte[] _u = new byte[256];
    private readonly byte[] _v = new byte[256];
    private readonly int _share;
    private readonly Lanes _lanes;
    private readonly Plane8 _luma;

    /// <param name="scale">At least two colours.</param>
    public GradientEffect(ReadOnlySpan<Rgb> scale, int share, RenderContext context)
    {
        (_share, _lanes, _luma) = (share, context.Lanes, new Plane8(context.Width, 1));
        for (var code = 0; code < 256; code++)
        {
            var place = Math.Clamp(code - 16, 0, 219) * (scale.Length - 1) * 256 / 219;
            var below = Math.Min(place >> 8, scale.Length - 2);
            var colour = scale[below].Mix(scale[below + 1], place - (below << 8)).ToYuv();
            (_y[code], _u[code], _v[code]) = (colour.Y, colour.U, colour.V);
        }
    }

    public void Draw(long frame, YuvImage image)
    {
        var half = image.Width / 2;
        for (nint y = 0; y < image.Height / 2; y++)
        {
            var upper = image.Y + (2 * y * image.StrideY);
            RowKernels.LumaAtChroma(upper, upper + image.StrideY, _luma.Pixels, half, _lanes);
            var luma = _luma.Row(0)[..half];
            Replace(image.RowU((int)y), luma, _u);
            Replace(image.RowV((int)y), luma, _v);
            Replace(image.RowY((int)(2 * y)), image.RowY((int)(2 * y)), _y);
            Replace(image.RowY((int)(2 * y) + 1), image.RowY((int)(2 * y) + 1), _y);
        }
    }

    public void Dispose() => _luma.Dispose();

    private void Replace(Span<byte> row, ReadOnlySpan<byte> luma, byte[] table)
    {
        for (var x = 0; x < row.Length; x++)
        {
            row[x] = FixedPoint.ToByte(row[x] + FixedPoint.MulHrs(table[luma[x]] - row[x], _share));
        }
    }
}
