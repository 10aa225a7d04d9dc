using System.Globalization;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Pictures → image files in memory: thumbnails and posters. The same bytes for the same picture.</summary>
public static class ImageEncoder
{
    /// <param name="quantizer">2 (best) .. 31; 3 is hard to tell from the source.</param>
    public static byte[] EncodeJpeg(YuvImage image, int quantizer = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quantizer, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantizer, 31);
        // JFIF means BT.601, full range, chroma in the middle; through RGB as when decoding.
        using var rgb = FrameConvert.ToRgb(image);
        var jpeg = new SwsSide(image.Width, image.Height, AvUtil.av_get_pix_fmt("yuvj420p"), SwsMatrix.Bt601, IsFull: true);
        using var frame = FrameConvert.Render(rgb, SwsSide.Rgb(image.Width, image.Height, "rgb24"), jpeg);
        using var encoder = Encoder("mjpeg", image, "yuvj420p").Set("color_range", "pc").Set("qmin", quantizer).Set("qmax", quantizer);
        return Encode(encoder, frame);
    }

    public static byte[] EncodePng(YuvImage image)
    {
        using var rgb = FrameConvert.ToRgb(image);
        using var encoder = Encoder("png", image, "rgb24");
        return Encode(encoder, rgb);
    }

    private static CodecContext Encoder(string name, YuvImage image, string format) => CodecContext.Encoder(name)
        .Set("video_size", string.Create(CultureInfo.InvariantCulture, $"{image.Width}x{image.Height}"))
        .Set("pixel_format", format)
        .Set("time_base", new AvRational(1, 25))
        .Set("flags", "+bitexact");

    private static byte[] Encode(CodecContext encoder, AvFrame frame)
    {
        encoder.Open();
        frame.Pts = 0;
        AvResult.Check(avcodec_send_frame(encoder, frame));
        AvResult.Check(avcodec_send_frame(encoder, 0));
        using var packet = AvPacket.Allocate();
        AvResult.Check(avcodec_receive_packet(encoder, packet));
        return packet.Data.ToArray();
    }
}
