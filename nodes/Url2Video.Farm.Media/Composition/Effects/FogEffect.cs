using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Haze: two layers of soft noise, made once, that drift over each other.</summary>
internal sealed unsafe class FogEffect : IShotEffect
{
    private static readonly Yuv s_colour = new Rgb(0xD8, 0xDE, 0xE4).ToYuv();
    private readonly Plane8 _noise;
    private readonly Plane8 _rows;
    private readonly int _alpha;
    private readonly RenderContext _context;

    public FogEffect(ulong seed, int alpha, RenderContext context)
    {
        (_alpha, _context) = (alpha, context);
        _rows = new Plane8(context.Width, 2);

        // Twice as wide as the frame: a layer that has drifted a whole width comes in again on the other side.
        _noise = new Plane8(2 * context.Width, context.Height);
        var size = context.Height / 2;
        for (var y = 0; y < context.Height; y++)
        {
            var row = _noise.Row(y);
            for (var x = 0; x < context.Width; x++)
            {
                var coarse = PlaneGeometry.ValueNoise(x, y, size, (uint)seed);
                var fine = PlaneGeometry.ValueNoise(x, y, size / 3, (uint)seed + 1);
                row[x] = (byte)(((2 * coarse) + fine) / (3 * 256));
            }

            row[..context.Width].CopyTo(row[context.Width..]);
        }
    }

    public void Draw(long frame, YuvImage image)
    {
        // Five and three percent of the height a second.
        var perSecond = frame * _context.Rate.Denominator * image.Height;
        var first = (int)(perSecond * 5 / (100L * _context.Rate.Numerator) % image.Width) & ~1;
        var second = (int)(image.Width - 1 - (perSecond * 3 / (100L * _context.Rate.Numerator) % image.Width)) & ~1;
        var mixed = _rows.Pixels;
        var half = mixed + _rows.Stride;
        for (nint y = 0; y < image.Height; y++)
        {
            var noise = _noise.Pixels + (y * _noise.Stride);
            RowKernels.Blend(BlendMode.Multiply, noise + first, noise + second, mixed, image.Width, FixedPoint.One15, _context.Lanes);
            RowKernels.Paint(image.Y + (y * image.StrideY), mixed, image.Width, s_colour.Y, _alpha, _context.Lanes);
            if ((y & 1) == 0)
            {
                RowKernels.LumaAtChroma(mixed, mixed, half, image.Width / 2, _context.Lanes);
                RowKernels.Paint(image.U + (y / 2 * image.StrideC), half, image.Width / 2, s_colour.U, _alpha, _context.Lanes);
                RowKernels.Paint(image.V + (y / 2 * image.StrideC), half, image.Width / 2, s_colour.V, _alpha, _context.Lanes);
            }
        }
    }

    public void Dispose()
    {
        _noise.Dispose();
        _rows.Dispose();
    }
}
