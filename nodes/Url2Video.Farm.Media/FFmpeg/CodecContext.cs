using System.Globalization;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>An encoder or decoder, set up by options only. One thread at a time, and one thread inside.</summary>
internal sealed class CodecContext : AvHandle
{
    private readonly nint _codec;

    private CodecContext(nint owned, nint codec) : base(owned) => _codec = codec;

    /// <exception cref="FFmpegException">NotFound when this build of FFmpeg lacks the encoder.</exception>
    internal static CodecContext Encoder(string name)
    {
        FFmpegLibrary.EnsureLoaded();
        return Allocate(avcodec_find_encoder_by_name(name), $"encoder {name}");
    }

    /// <exception cref="FFmpegException">NotFound when this build of FFmpeg lacks the decoder.</exception>
    internal static CodecContext Decoder(string name)
    {
        FFmpegLibrary.EnsureLoaded();
        return Allocate(avcodec_find_decoder_by_name(name), $"decoder {name}");
    }

    /// <exception cref="FFmpegException">NotFound when this build of FFmpeg lacks a decoder for the codec.</exception>
    internal static CodecContext Decoder(int codecId)
    {
        FFmpegLibrary.EnsureLoaded();
        return Allocate(avcodec_find_decoder(codecId), $"decoder of codec {codecId}");
    }

    /// <summary>A decoder before the libraries are known to be good: for the self-check only.</summary>
    internal static CodecContext Unchecked(string name) => Allocate(avcodec_find_decoder_by_name(name), $"decoder {name}");

    internal CodecContext Open()
    {
        AvResult.Check(avcodec_open2(this, _codec, 0), "avcodec_open2");
        return this;
    }

    /// <summary>The next finished packet of an encoder.</summary>
    /// <returns>False when it wants more pictures or samples first, or has given all.</returns>
    internal bool TryReceive(AvPacket packet) => AvResult.HasGiven(avcodec_receive_packet(this, packet));

    /// <summary>The next picture or samples of a decoder, by the same rule.</summary>
    internal bool TryReceive(AvFrame frame) => AvResult.HasGiven(avcodec_receive_frame(this, frame));

    /// <summary>What every encoder of pictures is told in the same words.</summary>
    internal CodecContext SetPicture(VideoEncoderOptions options, string pixelFormat) => this.Set("video_size", string.Create(CultureInfo.InvariantCulture, $"{options.Width}x{options.Height}"))
        .Set("pixel_format", pixelFormat)
        .Set("time_base", new AvRational(options.FpsDen, options.FpsNum))
        .Set("sar", new AvRational(1, 1))
        .Set("flags", "+global_header+bitexact")
        .Set("g", options.GopFrames);

    internal CodecContext SetBt709() =>
        this.Set("color_range", "tv").Set("colorspace", "bt709").Set("color_primaries", "bt709").Set("color_trc", "bt709").Set("chroma_sample_location", "left");

    protected override void Free(nint owned) => avcodec_free_context(ref owned);

    private static CodecContext Allocate(nint codec, string what)
    {
        if (codec == 0)
        {
            throw new FFmpegException(FFmpegErrorKind.NotFound, $"This build of FFmpeg has no {what}.");
        }

        AvLog.Clear();
        var context = new CodecContext(AvResult.CheckPointer(avcodec_alloc_context3(codec)), codec);
        return context.Set("threads", 1);
    }
}
