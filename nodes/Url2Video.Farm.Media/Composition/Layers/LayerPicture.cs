using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Fits a picture at rest into the box of a layer, its holes kept.</summary>
internal static class LayerPicture
{
    /// <param name="width">Of the box, in pixels of the content.</param>
    /// <returns>The colours and, unless all of it is opaque, the opacity.</returns>
    public static (YuvImage Image, Plane8? Opacity) Fit(Background.Picture background, int width, int height, RenderContext context)
    {
        using var decoded = context.Pictures.OpenLayer(background.PictureId);
        var (image, opacity) = (decoded.Image, decoded.Opacity);
        var isContained = background.Fit == PictureFit.Contain;
        var area = isContained ? Inside(image, width, height) : new PixelRect(0, 0, width, height);
        var view = WindowOver(image.Width, image.Height);

        // Once to near its final size, where it is much larger; then to its exact place.
        var isLarge = view.WidthQ32 > area.Width * FrameSampler.StepMaxQ32 || view.HeightQ32 > area.Height * FrameSampler.StepMaxQ32;
        var (smallWidth, smallHeight) = isLarge
            ? (Reduced(image.Width, view.WidthQ32, area.Width), Reduced(image.Height, view.HeightQ32, area.Height))
            : (image.Width, image.Height);
        using var small = isLarge ? PictureScaler.Scale(image, smallWidth, smallHeight) : null;
        using var smallOpacity = isLarge && opacity is not null ? PictureScaler.Scale(opacity, smallWidth, smallHeight) : null;

        var result = new YuvImage(width, height);
        result.Fill(16, 128, 128);
        var sampler = context.LayerStage.Sampler;
        var window = WindowOver(smallWidth, smallHeight);
        sampler.Draw(small ?? image, window, result, area);
        if (opacity is null && (area.Width, area.Height) == (width, height))
        {
            return (result, null);
        }

        return (result, OpacityIn(smallOpacity ?? opacity, window, area, width, height, sampler));

        CropWindow WindowOver(int ofWidth, int ofHeight) => isContained
            ? CropWindow.Full(ofWidth, ofHeight)
            : new CameraPath(background.Camera, ofWidth, ofHeight, width, height).At(0);
    }

    /// <summary>The largest even rectangle in the middle of the box that has the picture's shape.</summary>
    private static PixelRect Inside(YuvImage image, int width, int height)
    {
        var isWider = (long)image.Width * height > (long)image.Height * width;
        var w = isWider ? width : (int)Math.Clamp((long)height * image.Width / image.Height, 2, width) & ~1;
        var h = isWider ? (int)Math.Clamp((long)width * image.Height / image.Width, 2, height) & ~1 : height;
        return new PixelRect(((width - w) / 2) & ~1, ((height - h) / 2) & ~1, w, h);
    }

    private static int Reduced(int size, long windowQ32, int pixels) =>
        (int)Math.Clamp((long)(((Int128)size * pixels << 32) / windowQ32) + 1 & ~1L, 2, size);

    private static Plane8 OpacityIn(Plane8? opacity, CropWindow window, PixelRect area, int width, int height, FrameSampler sampler)
    {
        var result = new Plane8(width, height);
        if (opacity is null)
        {
            for (var y = area.Y; y < area.Bottom; y++)
            {
                result.Row(y).Slice(area.X, area.Width).Fill(255);
            }

            return result;
        }

        // The sampler knows pictures, so opacity goes through it as the luma of one.
        using var source = new YuvImage(opacity.Width, opacity.Height);
        using var target = new YuvImage(width, height);
        target.Fill(0, 0, 0);
        for (var y = 0; y < opacity.Height; y++)
        {
            opacity.Row(y).CopyTo(source.RowY(y));
        }

        sampler.Draw(source, window, target, area);
        for (var y = 0; y < height; y++)
        {
            target.RowY(y).CopyTo(result.Row(y));
        }

        return result;
    }
}
