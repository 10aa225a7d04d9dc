using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Image bytes from anywhere → picture. The header is judged first, by our own code; then one decoder, chosen by content,
/// gets the bytes as one packet: no demuxer, no protocol, no file name is involved.
/// </summary>
public static class ImageDecoder
{
    /// <exception cref="FFmpegException">
    /// InvalidData for damaged bytes or no image; TooLarge past a bound, before decoding; Unsupported for an animated WebP.
    /// </exception>
    public static DecodedImage Decode(ReadOnlySpan<byte> bytes, ImageDecodeOptions? options = null)
    {
        options ??= new ImageDecodeOptions();
        var info = ImageInfo.Probe(bytes);
        CheckSize(info, options);
        using var frame = CheckedFrame(bytes, info);
        var (width, height) = SizeOf(info, options);
        var (image, opacity) = FrameToYuv.Convert(frame, info.Format, width, height, options.IsSpread);
        if (info.Orientation == 1)
        {
            return new DecodedImage(image, opacity, info);
        }

        using (image)
        using (opacity)
        {
            var turnedOpacity = opacity is null ? null : Turn.Upright(opacity, info.Orientation);
            return new DecodedImage(Turn.Upright(image, info.Orientation), turnedOpacity, info);
        }
    }

    /// <summary>Decodes as <see cref="Decode"/> does, converts no more than a corner, and gives only the size that the picture would have: half the cost.</summary>
    /// <returns>Upright, even sides.</returns>
    /// <exception cref="FFmpegException">As <see cref="Decode"/>.</exception>
    public static (int Width, int Height) Check(ReadOnlySpan<byte> bytes, ImageDecodeOptions? options = null)
    {
        options ??= new ImageDecodeOptions();
        var info = ImageInfo.Probe(bytes);
        CheckSize(info, options);
        using (var frame = CheckedFrame(bytes, info))
        {
            TryCorner(frame, info.Format);
        }

        var (width, height) = SizeOf(info, options);
        return info.IsTurned ? (height, width) : (width, height);
    }

    // Whether there is a way from the decoder's format to ours does not depend on the size.
    private static void TryCorner(AvFrame frame, ImageFormat format)
    {
        const int Side = 16;
        frame.SetShape(Math.Min(Side, frame.Width), Math.Min(Side, frame.Height), frame.Format);
        var (image, opacity) = FrameToYuv.Convert(frame, format, Math.Max(2, frame.Width / 4 * 2), Math.Max(2, frame.Height / 4 * 2));
        image.Dispose();
        opacity?.Dispose();
    }

    // As it lies in the file.
    private static (int Width, int Height) SizeOf(ImageInfo info, ImageDecodeOptions options)
    {
        var (widthMax, heightMax) = info.IsTurned ? (options.HeightMax, options.WidthMax) : (options.WidthMax, options.HeightMax);
        return ImageSize.Fit(info.Width, info.Height, widthMax, heightMax);
    }

    private static AvFrame CheckedFrame(ReadOnlySpan<byte> bytes, ImageInfo info)
    {
        var frame = DecodeFrame(bytes, info);
        if ((frame.Width, frame.Height) == (info.Width, info.Height))
        {
            return frame;
        }

        using (frame)
        {
            throw ImageInfo.Damaged($"an image that says {info.Width}x{info.Height} and is {frame.Width}x{frame.Height}");
        }
    }

    internal static void CheckSize(ImageInfo info, ImageDecodeOptions options)
    {
        var pixels = (long)info.Width * info.Height;
        if (info.Width > ImageInfo.SideMax || info.Height > ImageInfo.SideMax || pixels > options.PixelsMax
            || pixels * info.BitsPerPixel / 8 > options.BytesMax)
        {
            throw new FFmpegException(FFmpegErrorKind.TooLarge, $"An image of {info.Width}x{info.Height} pixels is more than is decoded.");
        }
    }

    private static AvFrame DecodeFrame(ReadOnlySpan<byte> bytes, ImageInfo info)
    {
        // A decoder that reads a second header inside the data meets the same bound. It counts rows rounded up to blocks.
        const int BlockPixels = 64;
        var padded = (info.Width + 2L * BlockPixels) * (info.Height + 2L * BlockPixels);
        using var decoder = CodecContext.Decoder(NameOf(info.Format))
            .Set("flags", "+bitexact")
            .Set("err_detect", "+crccheck+explode")
            .Set("max_pixels", padded)
            .Open();
        using var packet = AvPacket.Allocate();
        Fill(packet, bytes, info.Format);
        var frame = AvFrame.Allocate();
        try
        {
            CheckDecoded(avcodec_send_packet(decoder, packet), nameof(avcodec_send_packet));
            _ = avcodec_send_packet(decoder, 0);
            CheckDecoded(avcodec_receive_frame(decoder, frame), nameof(avcodec_receive_frame));
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    // Decoders answer damaged bytes with many codes; out of memory is the only one that is not the bytes' fault.
    private static void CheckDecoded(int result, string call)
    {
        if (result < 0)
        {
            var failure = AvResult.Failure(result, call);
            throw failure.Kind is FFmpegErrorKind.OutOfMemory or FFmpegErrorKind.Unsupported
                ? failure
                : new FFmpegException(FFmpegErrorKind.InvalidData, failure.Message);
        }
    }

    private static void Fill(AvPacket packet, ReadOnlySpan<byte> bytes, ImageFormat format)
    {
        if (format != ImageFormat.Png)
        {
            bytes.CopyTo(packet.Renew(bytes.Length));
            return;
        }

        // The rest of the packet is zeros, which the decoder takes for the end.
        var target = packet.Renew(bytes.Length);
        var written = PngHeader.CopyPicture(bytes, target);
        target[written..].Clear();
    }

    private static string NameOf(ImageFormat format) => format switch
    {
        ImageFormat.Png => "png",
        ImageFormat.Jpeg => "mjpeg",
        ImageFormat.Webp => "webp",
        ImageFormat.Gif => "gif",
        ImageFormat.Bmp => "bmp",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
