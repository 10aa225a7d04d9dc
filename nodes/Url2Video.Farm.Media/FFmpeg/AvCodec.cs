using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The libavcodec entry points in use. Negative results are AVERROR codes; a null pointer is out of memory.</summary>
internal static unsafe partial class AvCodec
{
    private const string Lib = FFmpegFiles.AvCodec;

    [LibraryImport(Lib)] internal static partial uint avcodec_version();

    /// <summary>A static description, or 0 when this build lacks the codec.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint avcodec_find_encoder_by_name(string name);

    /// <summary>A static description, or 0 when this build lacks the codec.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint avcodec_find_decoder_by_name(string name);

    [LibraryImport(Lib)] internal static partial nint avcodec_find_decoder(int codecId);
    [LibraryImport(Lib)] internal static partial nint avcodec_alloc_context3(nint codec);
    [LibraryImport(Lib)] internal static partial void avcodec_free_context(ref nint context);
    [LibraryImport(Lib)] internal static partial int avcodec_open2(CodecContext context, nint codec, nint options);

    /// <summary>AVERROR(EAGAIN): take output first. AVERROR_EOF: after the flush.</summary>
    [LibraryImport(Lib)] internal static partial int avcodec_send_frame(CodecContext context, AvFrame frame);
    [LibraryImport(Lib)] internal static partial int avcodec_send_frame(CodecContext context, nint noFrame);

    /// <summary>AVERROR(EAGAIN): give input first. AVERROR_EOF: all is out.</summary>
    [LibraryImport(Lib)] internal static partial int avcodec_receive_packet(CodecContext context, AvPacket packet);
    [LibraryImport(Lib)] internal static partial int avcodec_send_packet(CodecContext context, AvPacket packet);
    [LibraryImport(Lib)] internal static partial int avcodec_send_packet(CodecContext context, nint noPacket);
    [LibraryImport(Lib)] internal static partial int avcodec_receive_frame(CodecContext context, AvFrame frame);

    [LibraryImport(Lib)] internal static partial void avcodec_flush_buffers(CodecContext context);

    /// <summary>A static text; never null.</summary>
    [LibraryImport(Lib)] internal static partial nint avcodec_get_name(int codecId);

    /// <summary>From FFmpeg 7 on: pointer, size and type of an entry, or null.</summary>
    [LibraryImport(Lib)] internal static partial nint* av_packet_side_data_get(nint entries, int count, int type);

    [LibraryImport(Lib)] internal static partial nint av_packet_alloc();
    [LibraryImport(Lib)] internal static partial void av_packet_free(ref nint packet);
    [LibraryImport(Lib)] internal static partial void av_packet_unref(AvPacket packet);
    [LibraryImport(Lib)] internal static partial int av_new_packet(AvPacket packet, int bytes);
    [LibraryImport(Lib)] internal static partial void av_packet_rescale_ts(AvPacket packet, AvRational from, AvRational to);

    [LibraryImport(Lib)] internal static partial nint avcodec_parameters_alloc();
    [LibraryImport(Lib)] internal static partial void avcodec_parameters_free(ref nint parameters);
    [LibraryImport(Lib)] internal static partial int avcodec_parameters_from_context(CodecParameters parameters, CodecContext context);
    [LibraryImport(Lib)] internal static partial int avcodec_parameters_from_context(nint parameters, CodecContext context);
    [LibraryImport(Lib)] internal static partial int avcodec_parameters_to_context(CodecContext context, CodecParameters parameters);
    [LibraryImport(Lib)] internal static partial int avcodec_parameters_to_context(CodecContext context, nint parameters);
    [LibraryImport(Lib)] internal static partial int avcodec_parameters_copy(nint target, nint source);

    /// <summary>A static description, or 0 when this build lacks the filter.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint av_bsf_get_by_name(string name);

    [LibraryImport(Lib)] internal static partial int av_bsf_alloc(nint filter, out nint context);
    [LibraryImport(Lib)] internal static partial int av_bsf_init(BitstreamFilter filter);
    [LibraryImport(Lib)] internal static partial void av_bsf_free(ref nint context);

    /// <summary>Takes the packet's reference over.</summary>
    [LibraryImport(Lib)] internal static partial int av_bsf_send_packet(BitstreamFilter filter, AvPacket packet);

    /// <summary>AVERROR(EAGAIN): give input first.</summary>
    [LibraryImport(Lib)] internal static partial int av_bsf_receive_packet(BitstreamFilter filter, AvPacket packet);
}
