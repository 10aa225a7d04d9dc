using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Warm light from the side that swells and goes.</summary>
internal sealed class LightLeakEffect : IShotEffect
{
    private static readonly Yuv[] s_colours = [new Rgb(0xFF, 0x8A, 0x30).ToYuv(), new Rgb(0xFF, 0x48, 0x50).ToYuv(), new Rgb(0xFF, 0xD0, 0x78).ToYuv()];
    private readonly Mask[] _leaks;
    private readonly ulong _seed;
    private readonly int _alpha;
    private readonly RenderContext _context;

    public LightLeakEffect(ulong seed, int alpha, RenderContext context)
    {
        (_seed, _alpha, _context) = (seed, alpha, context);
        _leaks = [.. Enumerable.Range(0, s_colours.Length).Select(i => Leak(i, context))];
    }

    public void Draw(long frame, YuvImage image)
    {
        for (var i = 0; i < _leaks.Length; i++)
        {
            var turn = Swing.Turn(frame, _context.Rate, 5 + (2 * i), (uint)(_seed * 0x9E3779B9) + ((uint)i * 0x55555555));
            var light = (FixedPoint.One15 + Swing.At(FixedPoint.One15, turn)) / 2;
            _context.Painter.Paint(image, _leaks[i], 0, 0, s_colours[i], FixedPoint.MulHrs(light, _alpha));
        }
    }

    public void Dispose() => Array.ForEach(_leaks, m => m.Dispose());

    // A blob whose middle lies on the border; higher than wide, as light through a gap is.
    private Mask Leak(int index, RenderContext context)
    {
        var hash = PlaneGeometry.Hash(index, 3, (uint)_seed);
        var plane = new Plane8(context.Width, context.Height);
        var x0 = (index & 1) == 0 ? 0 : context.Width;
        var (y0, radius) = ((int)(hash % (uint)context.Height), context.Height * (60 + (int)(hash >> 20 & 31)) / 100);
        for (var y = 0; y < context.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var distance = PlaneGeometry.Length(x - x0, (y - y0) * 2 / 3);
                var rest = Math.Max(0, ((radius - distance) * 1_024) / radius);
                row[x] = (byte)(((rest * rest >> 10) * 1_000 / 1_024 + (4 * Dither.At(x, y) / 63)) * 255 >> 10);
            }
        }

        return new Mask(plane, 0, 0);
    }
}

/// <summary>Dark but for a soft circle in the middle.</summary>
internal sealed class SpotlightEffect : IShotEffect
{
    private static readonly Yuv s_black = new(16, 128, 128);
    private readonly Mask _dark;
    private readonly int _alpha;
    private readonly RenderContext _context;

    public SpotlightEffect(int alpha, RenderContext context)
    {
        (_alpha, _context) = (alpha, context);
        var plane = new Plane8(context.Width, context.Height);
        var (inner, outer) = (context.Height * 62 / 100, context.Height * 104 / 100);
        for (var y = 0; y < context.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var distance = PlaneGeometry.Length((2 * x) + 1 - context.Width, (2 * y) + 1 - context.Height);
                var share = EasingCurve.At(Easing.Smooth, distance - inner, outer - inner);
                row[x] = (byte)Math.Min(255, ((share * 16_320 >> 30) + Dither.At(x, y)) >> 6);
            }
        }

        _dark = new Mask(plane, 0, 0);
    }

    public void Draw(long frame, YuvImage image) => _context.Painter.Paint(image, _dark, 0, 0, s_black, _alpha);

    public void Dispose() => _dark.Dispose();
}

/// <summary>Bars above and below, to the shape of a wide screen.</summary>
internal sealed class LetterboxEffect(int share, RenderContext context) : IShotEffect
{
    private readonly int _bar = Bar(context) * share / FixedPoint.One15 & ~1;

    public void Draw(long frame, YuvImage image)
    {
        for (var y = 0; y < _bar; y++)
        {
            image.RowY(y).Fill(16);
            image.RowY(image.Height - 1 - y).Fill(16);
        }

        for (var y = 0; y < _bar / 2; y++)
        {
            Black(image, y);
            Black(image, (image.Height / 2) - 1 - y);
        }
    }

    // 2.39 : 1; a frame that is wider already has no bars, and an upright one those of 16 : 9.
    private static int Bar(RenderContext context) =>
        Math.Max(0, context.Height - (context.Width > context.Height ? context.Width * 100 / 239 : context.Width * 9 / 16)) / 2;

    private static void Black(YuvImage image, int row)
    {
        image.RowU(row).Fill(128);
        image.RowV(row).Fill(128);
    }
}

/// <summary>A frame in the colour of the text.</summary>
internal sealed class BorderEffect(int share, RenderContext context) : IShotEffect
{
    private readonly int _side = Math.Max(2, (int)((long)Math.Min(context.Width, context.Height) * share / (12L * FixedPoint.One15))) & ~1;

    public void Draw(long frame, YuvImage image)
    {
        var (c, side) = (context.Paper, _side);
        for (var y = 0; y < image.Height; y++)
        {
            Rim(image.RowY(y), side, y < side || y >= image.Height - side, c.Y);
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            var isWhole = 2 * y < side || 2 * y >= image.Height - side;
            Rim(image.RowU(y), side / 2, isWhole, c.U);
            Rim(image.RowV(y), side / 2, isWhole, c.V);
        }
    }

    private static void Rim(Span<byte> row, int side, bool isWhole, byte code)
    {
        if (isWhole)
        {
            row.Fill(code);
            return;
        }

        row[..side].Fill(code);
        row[^side..].Fill(code);
    }
}
