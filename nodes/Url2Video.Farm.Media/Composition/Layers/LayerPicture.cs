using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Fits a picture at rest into the box of a layer, its holes kept.</summary>
internal static class LayerPicture
{
    /// <param name="size">Of the layer: the shape that is cut out of the picture.</param>
    /// <param name="of">The content's.</param>
    /// <returns>The colours and, unless all of it is opaque, the opacity.</returns>
    public static (YuvImage Image, Plane8? Opacity) Fit(
        Background.Picture background, DecodedPicture decoded, LayerSize size, (int Width, int Height) of, FrameSampler sampler)
    {
        var (width, height) = of;
        var (image, opacity) = (decoded.Image, decoded.Opacity);
        var view = WindowOver(image.Width, image.Height);

        // Once to near its final size, where it is much larger; then to its exact place.
        var isLarge = view.WidthQ32 > width * FrameSampler.StepMaxQ32 || view.HeightQ32 > height * FrameSampler.StepMaxQ32;
        var (smallWidth, smallHeight) = isLarge
            ? (Reduced(image.Width, view.WidthQ32, width), Reduced(image.Height, view.HeightQ32, height))
            : (image.Width, image.Height);
        using var small = isLarge ? PictureScaler.Scale(image, smallWidth, smallHeight) : null;
        using var smallOpacity = isLarge && opacity is not null ? PictureScaler.Scale(opacity, smallWidth, smallHeight) : null;

        var result = new YuvImage(width, height);
        var window = WindowOver(smallWidth, smallHeight);
        sampler.Draw(small ?? image, window, result, new PixelRect(0, 0, width, height));
        return (result, (smallOpacity ?? opacity) is { } holes ? OpacityIn(holes, window, width, height, sampler) : null);

        // The shape of the layer to 1/4096 pixel: rounding it to the content's pixels would move what is seen.
        CropWindow WindowOver(int ofWidth, int ofHeight) => background.Fit == PictureFit.Contain
            ? CropWindow.Full(ofWidth, ofHeight)
            : new CameraPath(background.Camera, ofWidth, ofHeight, (int)(size.WidthQ32 >> 20), (int)(size.HeightQ32 >> 20)).At(0);
    }

    private static int Reduced(int size, long windowQ32, int pixels) =>
        (int)Math.Clamp((long)(((Int128)size * pixels << 32) / windowQ32) + 1 & ~1L, 2, size);

    // The sampler knows pictures, so opacity goes through it as the luma of one.
    private static Plane8 OpacityIn(Plane8 opacity, CropWindow window, int width, int height, FrameSampler sampler)
    {
        using var source = new YuvImage(opacity.Width, opacity.Height);
        using var target = new YuvImage(width, height);
        source.Fill(0, 0, 0);
        for (var y = 0; y < opacity.Height; y++)
        {
            opacity.Row(y).CopyTo(source.RowY(y));
        }

        sampler.Draw(source, window, target, new PixelRect(0, 0, width, height));
        var result = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            target.RowY(y).CopyTo(result.Row(y));
        }

        return result;
    }
}
