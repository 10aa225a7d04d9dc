using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.FrameConvert;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>A decoded frame of whatever format → our own picture and its opacity.</summary>
internal static unsafe class FrameToYuv
{
    /// <param name="width">Of the result, even.</param>
    /// <param name="height">Of the result, even.</param>
    /// <param name="isSpread">See <see cref="ImageDecodeOptions.IsSpread"/>.</param>
    internal static (YuvImage Image, Plane8? Opacity) Convert(AvFrame frame, ImageFormat format, int width, int height, bool isSpread = false)
    {
        var name = NameOf(frame.Format);
        if (PixelFormats.MayHaveAlpha(name))
        {
            return FromAlpha(frame, name, Side(frame, name, format), width, height, isSpread);
        }

        if (!PixelFormats.IsYuv(name))
        {
            return (ToYuv(frame, Side(frame, name, format), width, height), null);
        }

        // Through RGB at the final size: the matrix changes (601 → 709) and the place of chroma samples with it.
        using var rgb = Render(frame, Side(frame, name, format), SwsSide.Rgb(width, height, "rgb24"));
        return (ToYuv(rgb, SwsSide.Rgb(width, height, "rgb24"), width, height), null);
    }

    private static (YuvImage Image, Plane8? Opacity) FromAlpha(AvFrame frame, string name, SwsSide side, int width, int height, bool isSpread)
    {
        var isPacked = name is "rgba" or "bgra" or "argb" or "abgr";
        using var converted = isPacked ? null : Render(frame, side, SwsSide.Rgb(frame.Width, frame.Height, "rgba"));
        var (full, layout) = isPacked ? (frame, name) : (converted!, "rgba");
        var fullSide = SwsSide.Rgb(full.Width, full.Height, layout);
        var pixels = new PackedAlpha(full, layout[0] == 'a' ? 0 : 3);
        if (pixels.IsOpaque())
        {
            return (ToYuv(full, fullSide with { Format = AvUtil.av_get_pix_fmt(PixelFormats.WithoutAlpha(layout)) }, width, height), null);
        }

        var isScaled = (width, height) != (full.Width, full.Height);
        if (isScaled)
        {
            // Weighted by opacity, so that the unseen colour of transparent pixels does not bleed into the rim.
            AvResult.Check(AvUtil.av_frame_make_writable(full));
            new PackedAlpha(full, pixels.AlphaByte).Premultiply();
        }

        using var scaled = isScaled ? Render(full, fullSide, SwsSide.Rgb(width, height, layout)) : null;
        var result = new PackedAlpha(scaled ?? full, pixels.AlphaByte);
        if (isScaled)
        {
            result.Unpremultiply();
        }

        if (isSpread)
        {
            AvResult.Check(AvUtil.av_frame_make_writable(scaled ?? full));
            new PackedAlpha(scaled ?? full, pixels.AlphaByte).Spread();
        }

        var opacity = result.Extract();
        try
        {
            var opaque = AvUtil.av_get_pix_fmt(PixelFormats.WithoutAlpha(layout));
            return (ToYuv(scaled ?? full, SwsSide.Rgb(width, height, layout) with { Format = opaque }, width, height), opacity);
        }
        catch
        {
            opacity.Dispose();
            throw;
        }
    }

    // Only WebP's lossy frames are limited range; JPEG, gray and everything RGB use all values.
    private static SwsSide Side(AvFrame frame, string name, ImageFormat format) =>
        new(frame.Width, frame.Height, frame.Format, SwsMatrix.Bt601, IsFull: !(format == ImageFormat.Webp && PixelFormats.IsYuv(name)));

    private static string NameOf(int format) =>
        Marshal.PtrToStringUTF8((nint)AvUtil.av_get_pix_fmt_name(format)) ?? throw ImageInfo.Damaged("a picture without a pixel format");
}
