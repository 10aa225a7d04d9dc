using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Bands of rows jump sideways for moments; between them the picture is whole.</summary>
internal sealed class GlitchEffect(ulong seed, int share, RenderContext context) : IShotEffect
{
    /// <summary>A state lasts this long.</summary>
    private const int StepMillis = 80;

    private readonly Plane8 _row = new(context.Width, 1);

    public void Draw(long frame, YuvImage image)
    {
        var step = frame * 1_000 * context.Rate.Denominator / context.Rate.Numerator / StepMillis;

        // Between one step in eight and one in two is broken.
        if (PlaneGeometry.Hash((int)step, 1, (uint)seed) % 256 >= 32 + (96 * share / FixedPoint.One15))
        {
            return;
        }

        var top = 0;
        for (var band = 0; top < image.Height; band++)
        {
            var hash = PlaneGeometry.Hash(band, (int)step, (uint)seed + 2);
            var height = Math.Max(2, (int)((hash & 31) + 2) * image.Height / 240) & ~1;
            var by = hash % 3 == 0 ? (int)(((int)(hash >> 8 & 255) - 128) * (long)image.Width * share / (1_024L * FixedPoint.One15)) : 0;
            Band(image, top, Math.Min(image.Height, top + height), by, image.Width * share / (110 * FixedPoint.One15));
            top += height;
        }
    }

    public void Dispose() => _row.Dispose();

    private void Band(YuvImage image, int top, int end, int by, int split)
    {
        for (var y = top; y < end; y++)
        {
            Shift.Row(image.RowY(y), by, _row.Row(0));
        }

        for (var y = top / 2; y < end / 2; y++)
        {
            Shift.Row(image.RowU(y), (by - split) / 2, _row.Row(0));
            Shift.Row(image.RowV(y), (by + split) / 2, _row.Row(0));
        }
    }
}

/// <summary>Blue to the left and red to the right of their light.</summary>
internal sealed class RgbSplitEffect(int share, RenderContext context) : IShotEffect
{
    private readonly Plane8 _row = new(context.Width, 1);

    public void Draw(long frame, YuvImage image)
    {
        var by = (int)((long)image.Width * share / (70L * FixedPoint.One15)) / 2;
        for (var y = 0; y < image.Height / 2; y++)
        {
            Shift.Row(image.RowU(y), -by, _row.Row(0));
            Shift.Row(image.RowV(y), by, _row.Row(0));
        }
    }

    public void Dispose() => _row.Dispose();
}

/// <summary>Every second line of an old screen is dark; a line is as high as it would have been there.</summary>
internal sealed class ScanlinesEffect(int share, RenderContext context) : IShotEffect
{
    public void Draw(long frame, YuvImage image) => Lines.Darken(image, share, context.Lanes);
}

/// <summary>Worn tape.</summary>
internal sealed class VhsEffect(ulong seed, int share, RenderContext context) : IShotEffect
{
    private readonly Plane8 _row = new(context.Width, 1);
    private readonly FinishPass _noise = new(context.Width, context.Height, 0, 14 * share / FixedPoint.One15, context.Lanes);

    public void Draw(long frame, YuvImage image)
    {
        var jitter = image.Width * share / (640 * FixedPoint.One15);
        var smear = (image.Width * share / (160 * FixedPoint.One15)) + jitter;
        var band = (int)ParticleStage.Wrap(
            frame * context.Rate.Denominator * image.Height / (4L * context.Rate.Numerator) + (long)(seed % 97) * 11, image.Height * 5 / 4);
        for (var y = 0; y < image.Height; y++)
        {
            Shift.Row(image.RowY(y), Jump(frame, y, jitter, band, image.Height), _row.Row(0));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            var by = smear + Jump(frame, 2 * y, jitter, band, image.Height);
            Smear(image.RowU(y));
            Smear(image.RowV(y));
            Shift.Row(image.RowU(y), by / 2, _row.Row(0));
            Shift.Row(image.RowV(y), by / 2, _row.Row(0));
        }

        _noise.Apply(image, frame);
        Lines.Darken(image, share / 3, context.Lanes);
    }

    public void Dispose()
    {
        _row.Dispose();
        _noise.Dispose();
    }

    // In the band that wanders down, lines are pulled aside; elsewhere each trembles by itself.
    private int Jump(long frame, int y, int jitter, int band, int height)
    {
        var hash = (int)(PlaneGeometry.Hash(y / 2, (int)frame, (uint)seed) % 256) - 128;
        var inside = (height / 12) - Math.Abs(y - band);
        return (hash * jitter / 128) + (inside > 0 ? inside * (180 + hash) / 400 : 0);
    }

    // Colour on tape is a quarter as sharp.
    private static void Smear(Span<byte> row)
    {
        var mean = row[0] << 4;
        foreach (ref var code in row)
        {
            mean += (code - (mean >> 4)) * 4;
            code = FixedPoint.ToByte(mean >> 4);
        }
    }
}

internal static unsafe class Lines
{
    /// <summary>Rows in pairs of a 540-line screen: the second of each pair loses up to two thirds of its light.</summary>
    public static void Darken(YuvImage image, int share, Lanes lanes)
    {
        var thickness = Math.Max(1, image.Height / 540);
        var gain = 1 - (share * 2 / (3.0 * FixedPoint.One15));
        var row = AffineRow.From(gain, 0, 0, 16 + (112 * gain), 0, 255);
        for (nint y = 0; y < image.Height; y++)
        {
            if ((y / thickness & 1) != 0)
            {
                var line = image.Y + (y * image.StrideY);
                RowKernels.Affine(line, line, line, row, line, image.Width, lanes);
            }
        }
    }
}
