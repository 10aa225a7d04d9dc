using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Every frame a little lighter or darker than the last, as an old projector shows them.</summary>
internal sealed unsafe class FlickerEffect(ulong seed, int share, RenderContext context) : IShotEffect
{
    public void Draw(long frame, YuvImage image)
    {
        // Within a tenth at most, twelve times a second: it is seen, and far from what harms anybody.
        var step = frame * 12 * context.Rate.Denominator / context.Rate.Numerator;
        var swing = (int)(PlaneGeometry.Hash((int)step, 5, (uint)seed) % 257) - 128;
        var gain = 1 + (swing / 1_280.0 * share / FixedPoint.One15);
        var row = AffineRow.From(gain, 0, 0, 16 + (112 * gain), 0, 235);
        for (nint y = 0; y < image.Height; y++)
        {
            var line = image.Y + (y * image.StrideY);
            RowKernels.Affine(line, line, line, row, line, image.Width, context.Lanes);
        }
    }
}

/// <summary>Lines that run through several frames, and specks that are there for one.</summary>
internal sealed class ScratchesEffect(ulong seed, int alpha, RenderContext context) : IShotEffect
{
    private const int Lanes = 5;
    private const int Specks = 7;
    private static readonly Yuv s_light = new Rgb(0xF0, 0xEC, 0xE0).ToYuv();
    private static readonly Yuv s_dark = new Rgb(0x10, 0x0C, 0x08).ToYuv();

    public void Draw(long frame, YuvImage image)
    {
        // A print ran at 24 frames a second, whatever the film runs at now.
        var step = frame * 24 * context.Rate.Denominator / context.Rate.Numerator;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var life = PlaneGeometry.Hash(lane, (int)(step / 14), (uint)seed);
            if (life % 3 == 0)
            {
                var tremble = (int)(PlaneGeometry.Hash(lane, (int)step, (uint)seed + 1) % 512) - 256;
                var x = (int)(life >> 4 & 0xFFFF) * image.Width / 256 + (tremble * image.Height / 1080);
                var thin = Math.Max(100, image.Height * 220 / 1080);
                var bottom = image.Height << 8;
                new QuadShape((x, -512), (x + thin, -512), (x + (thin * 2), bottom + 512), (x + thin, bottom + 512))
                    .Paint(image, s_light, alpha / 3);
            }
        }

        for (var speck = 0; speck < Specks; speck++)
        {
            var hash = PlaneGeometry.Hash(speck, (int)step, (uint)seed + 2);
            if (hash % 4 == 0)
            {
                var place = PlaneGeometry.Hash(speck, (int)step, (uint)seed + 3);
                var (x, y) = ((int)(place & 0xFFFF) * image.Width / 256, (int)(place >> 16) * image.Height / 256);
                var size = (int)((hash >> 8 & 0x3FF) + 300) * image.Height / 1080;
                new QuadShape((x, y), (x + size, y + (size / 3)), (x + (size / 2), y + size), (x - (size / 4), y + (size / 2)))
                    .Paint(image, (hash >> 20 & 1) == 0 ? s_dark : s_light, alpha);
            }
        }
    }
}
