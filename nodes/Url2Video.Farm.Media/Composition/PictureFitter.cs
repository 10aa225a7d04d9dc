using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Brings pictures to a size a camera can move over.</summary>
internal static class PictureFitter
{
    /// <summary>A reduced picture has this many pixels per frame pixel at the widest view, in thousandths: near 1:1 is sharpest.</summary>
    private const int ReducedThousandths = 1_125;

    /// <summary>
    /// True when filling the frame would stretch the picture more than <see cref="CompositionLimits.UpscaleMaxThousandths"/>.
    /// </summary>
    public static bool IsTooSmall(YuvImage picture, int width, int height) => IsTooSmall(picture.Width, picture.Height, width, height);

    /// <inheritdoc cref="IsTooSmall(YuvImage, int, int)"/>
    public static bool IsTooSmall(int pictureWidth, int pictureHeight, int width, int height) =>
        pictureWidth * (long)CompositionLimits.UpscaleMaxThousandths < width * 1000L
        || pictureHeight * (long)CompositionLimits.UpscaleMaxThousandths < height * 1000L;

    /// <summary>
    /// The largest even rectangle in the middle of the frame that shows all of a picture, stretched no more than allowed.
    /// </summary>
    public static PixelRect Contained(YuvImage picture, int width, int height) => Contained(picture.Width, picture.Height, width, height);

    /// <inheritdoc cref="Contained(YuvImage, int, int)"/>
    public static PixelRect Contained(int pictureWidth, int pictureHeight, int width, int height)
    {
        var shown = Math.Min(
            Math.Min(((long)width << 32) / pictureWidth, ((long)height << 32) / pictureHeight),
            ((long)CompositionLimits.UpscaleMaxThousandths << 32) / 1000);
        var w = Math.Clamp((int)((pictureWidth * (Int128)shown) >> 32) & ~1, 2, width);
        var h = Math.Clamp((int)((pictureHeight * (Int128)shown) >> 32) & ~1, 2, height);
        return new PixelRect(((width - w) / 2) & ~1, ((height - h) / 2) & ~1, w, h);
    }

    /// <summary>Lays a picture with holes on paper or ink, whichever its own pixels stand out from; disposes nothing.</summary>
    public static void Flatten(YuvImage picture, Plane8 opacity, Theme theme)
    {
        long light = 0, mass = 0;
        for (var y = 0; y < picture.Height; y += 2)
        {
            var alphas = opacity.Row(Math.Min(y, opacity.Height - 1));
            var luma = picture.RowY(y);
            for (var x = 0; x < Math.Min(luma.Length, alphas.Length); x += 2)
            {
                light += luma[x] * alphas[x];
                mass += alphas[x];
            }
        }

        var ground = (mass > 0 && light / mass < 110 ? Lighter(theme.Paper, theme.Ink) : Darker(theme.Paper, theme.Ink)).ToYuv();
        using var holes = new Plane8(picture.Width, picture.Height);
        for (var y = 0; y < Math.Min(picture.Height, opacity.Height); y++)
        {
            var from = opacity.Row(y)[..Math.Min(opacity.Width, picture.Width)];
            var to = holes.Row(y);
            for (var x = 0; x < from.Length; x++)
            {
                to[x] = (byte)(255 - from[x]);
            }
        }

        using var mask = new Mask(holes, 0, 0);
        using var painter = new MaskPainter(LanesOfCpu.Best);
        painter.Paint(picture, mask, 0, 0, ground, FixedPoint.One15);
    }

    /// <summary>
    /// Gives back the picture itself, or, when the camera's widest view has more than 1.5 picture pixels to a frame pixel, a
    /// reduced copy (and disposes the original).
    /// </summary>
    /// <param name="widest">The camera's widest window, 32.32.</param>
    public static YuvImage Reduce(YuvImage picture, long widest, int width)
    {
        var (toWidth, toHeight) = ReducedSize(picture.Width, picture.Height, widest, width);
        return Reduce(picture, toWidth, toHeight);
    }

    /// <summary>The same to a size that is known already.</summary>
    public static YuvImage Reduce(YuvImage picture, int toWidth, int toHeight)
    {
        if ((toWidth, toHeight) == (picture.Width, picture.Height))
        {
            return picture;
        }

        using (picture)
        {
            return PictureScaler.Scale(picture, toWidth, toHeight);
        }
    }

    /// <summary>The size that <see cref="Reduce"/> brings a picture to: the same factor for both sides, rounded to even sizes.</summary>
    public static (int Width, int Height) ReducedSize(int pictureWidth, int pictureHeight, long widest, int width) =>
        widest <= (long)((Int128)width * FrameSampler.StepMaxQ32)
            ? (pictureWidth, pictureHeight)
            : Reduced(pictureWidth, pictureHeight, widest, width, ReducedThousandths);

    /// <summary>The size to which a picture is brought before a camera moves over it: never larger than it is.</summary>
    /// <param name="widest">The camera's widest window, 32.32.</param>
    /// <param name="thousandths">Pixels for a frame pixel at the widest view.</param>
    public static (int Width, int Height) Reduced(int pictureWidth, int pictureHeight, long widest, int width, int thousandths) =>
        widest <= (long)(((Int128)width * thousandths << 32) / 1_000)
            ? (pictureWidth, pictureHeight)
            : (Scaled(pictureWidth, widest, width, thousandths), Scaled(pictureHeight, widest, width, thousandths));

    /// <summary>The same for a camera that sees <paramref name="step"/> picture pixels to a frame pixel.</summary>
    public static (int Width, int Height) ReducedSize(int pictureWidth, int pictureHeight, double step) =>
        ReducedSize(pictureWidth, pictureHeight, (long)(step * (1L << 32)), 1);

    private static Rgb Lighter(Rgb a, Rgb b) => a.ToYuv().Y >= b.ToYuv().Y ? a : b;

    private static Rgb Darker(Rgb a, Rgb b) => a.ToYuv().Y >= b.ToYuv().Y ? b : a;

    private static int Scaled(int size, long widestQ32, int width, int thousandths) =>
        Math.Max(2, (int)(((Int128)size * width * thousandths << 32) / ((Int128)widestQ32 * 2000)) * 2);
}
