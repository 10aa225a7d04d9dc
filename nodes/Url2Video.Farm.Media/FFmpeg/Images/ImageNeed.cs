using Url2Video.Farm.Media.Composition;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>What decoding an image will take and give, from its header alone.</summary>
public static class ImageNeed
{
    /// <summary>A decoder may keep the picture it makes and one that it refers to, rows rounded up to blocks.</summary>
    private const int PicturesInDecoder = 2;

    private const int BytesOfRgba = 4, BytesOfRgb = 3;

    /// <exception cref="FFmpegException">As <see cref="ImageDecoder.Decode"/> would say of the header.</exception>
    public static PictureFacts Of(ReadOnlySpan<byte> bytes, ImageDecodeOptions options)
    {
        var info = ImageInfo.Probe(bytes);
        ImageDecoder.CheckSize(info, options);
        var (widthMax, heightMax) = info.IsTurned ? (options.HeightMax, options.WidthMax) : (options.WidthMax, options.HeightMax);
        var (width, height) = ImageSize.Fit(info.Width, info.Height, widthMax, heightMax);
        var (pixels, results) = ((info.Width + 64L) * (info.Height + 64L), (long)width * height);
        var hasOpacity = info.Format is not (ImageFormat.Jpeg or ImageFormat.Bmp);

        // The file twice (as it is read and as a packet), the decoder's pictures, all of it in one layout, and what is scaled of that; turned, the result once more.
        var decoding = (2L * bytes.Length) + (PicturesInDecoder * pixels * Math.Max(info.BitsPerPixel, 24) / 8) + (results * (BytesOfRgba + BytesOfRgb))
            + (hasOpacity ? pixels * BytesOfRgba : 0) + (info.Orientation == 1 ? 0 : results * 3);
        return info.IsTurned ? new PictureFacts(height, width, decoding, hasOpacity) : new PictureFacts(width, height, decoding, hasOpacity);
    }
}
