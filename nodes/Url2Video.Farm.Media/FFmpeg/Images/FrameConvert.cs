using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>One-off conversions between frames and our pictures.</summary>
internal static unsafe class FrameConvert
{
    /// <summary>A new frame of the other side's size and format.</summary>
    internal static AvFrame Render(AvFrame source, SwsSide from, SwsSide to)
    {
        using var context = SwsContext.Open(from, to);
        var target = AvFrame.AllocatePicture(to.Width, to.Height, to.Format);
        context.Convert(source.Planes, source.Strides, from.Height, target.Planes, target.Strides);
        return target;
    }

    internal static AvFrame ToRgb(YuvImage image)
    {
        FFmpegLibrary.EnsureLoaded();
        var rgb = SwsSide.Rgb(image.Width, image.Height, "rgb24");
        using var context = SwsContext.Open(SwsSide.Video(image.Width, image.Height), rgb);
        var target = AvFrame.AllocatePicture(rgb.Width, rgb.Height, rgb.Format);
        var planes = new ImagePlanes(image);
        context.Convert(planes.Pointers, planes.Strides, image.Height, target.Planes, target.Strides);
        GC.KeepAlive(image);
        return target;
    }

    /// <summary>A new picture from a frame of another format and size.</summary>
    internal static YuvImage ToYuv(AvFrame source, SwsSide from, int width, int height)
    {
        using var context = SwsContext.Open(from, SwsSide.Video(width, height));
        var image = new YuvImage(width, height);
        var planes = new ImagePlanes(image);
        context.Convert(source.Planes, source.Strides, from.Height, planes.Pointers, planes.Strides);
        return image;
    }
}
