using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>All of it out of focus.</summary>
internal sealed class BlurEffect(int amount, RenderContext context) : IShotEffect
{
    private readonly SoftBlur _blur = new(context.Width, context.Height, context.Lanes);
    private readonly int _radius = Math.Clamp(context.Height * amount / 4_000, 0, SoftBlur.RadiusMax);

    public void Draw(long frame, YuvImage image) => _blur.Apply(image, _radius, passes: 2);

    public void Dispose() => _blur.Dispose();
}

/// <summary>Bright places shine over their surroundings: what is above a light grey, blurred, screened over the luma.</summary>
internal sealed unsafe class GlowEffect(int alpha, RenderContext context) : IShotEffect
{
    // 2·(Y − 128): black below the middle, so nothing dark is lifted.
    private static readonly AffineRow s_lights = AffineRow.From(2, 0, 0, 0, 0, 219);
    private readonly YuvImage _light = new(context.Width, context.Height);
    private readonly SoftBlur _blur = new(context.Width, context.Height, context.Lanes);

    public void Draw(long frame, YuvImage image)
    {
        for (nint y = 0; y < image.Height; y++)
        {
            var row = image.Y + (y * image.StrideY);
            RowKernels.Affine(row, row, row, s_lights, _light.Y + (y * _light.StrideY), image.Width, context.Lanes);
        }

        _blur.ApplyLuma(_light, Math.Min(context.Height / 36, SoftBlur.RadiusMax), passes: 2);
        for (nint y = 0; y < image.Height; y++)
        {
            var row = image.Y + (y * image.StrideY);
            RowKernels.Blend(BlendMode.Screen, row, _light.Y + (y * _light.StrideY), row, image.Width, alpha, context.Lanes);
        }
    }

    public void Dispose()
    {
        _light.Dispose();
        _blur.Dispose();
    }
}

/// <summary>Sharp in the middle, soft above and below.</summary>
internal sealed class TiltShiftEffect : IShotEffect
{
    /// <summary>Of half the height: where softness begins and where it is complete.</summary>
    private const int SharpPercent = 25;

    private readonly SoftBlur _blur;
    private readonly YuvImage _soft;
    private readonly ArrivalField _field;
    private readonly int _radius;
    private readonly Lanes _lanes;

    public TiltShiftEffect(int amount, RenderContext context)
    {
        (_blur, _soft, _lanes) = (new(context.Width, context.Height, context.Lanes), new(context.Width, context.Height), context.Lanes);
        _radius = Math.Clamp(context.Height * amount / 4_000, 0, SoftBlur.RadiusMax);
        var (height, sharp) = (context.Height, context.Height * SharpPercent / 100);
        _field = new ArrivalField(
            context.Width, context.Height, (_, y) => Field16.Max - (Math.Max(0, Math.Abs(y) - sharp) * Field16.Max / (height - sharp)), softBits: 13);
    }

    public void Draw(long frame, YuvImage image)
    {
        ImageBlend.Copy(image, _soft);
        _blur.Apply(_soft, _radius, passes: 2);

        // The edge stands still: all soft at the border, all sharp where the field is full.
        _field.Mix(image, _soft, FixedPoint.One15 * 2 / 3, image, _lanes);
    }

    public void Dispose()
    {
        _blur.Dispose();
        _soft.Dispose();
        _field.Dispose();
    }
}

/// <summary>Coarse pixels.</summary>
internal sealed class MosaicEffect(int share, RenderContext context) : IShotEffect
{
    private readonly int _size = Pixelate.SizeAt(share / 2, context.Height);

    public void Draw(long frame, YuvImage image) => Pixelate.Apply(image, _size);
}
