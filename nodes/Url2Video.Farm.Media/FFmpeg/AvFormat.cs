using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The libavformat entry points in use. Negative results are AVERROR codes; a null pointer is out of memory.</summary>
internal static unsafe partial class AvFormat
{
    private const string Lib = FFmpegFiles.AvFormat;

    [LibraryImport(Lib)] internal static partial uint avformat_version();
    [LibraryImport(Lib)] internal static partial nint avformat_alloc_context();
    [LibraryImport(Lib)] internal static partial void avformat_free_context(nint context);
    [LibraryImport(Lib)] internal static partial nint avformat_new_stream(nint context, nint codec);

    /// <summary>0 when this build lacks the demuxer.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint av_find_input_format(string name);

    /// <summary>Frees the context and sets it to 0 when it fails.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avformat_open_input(ref nint context, string url, nint format, ref nint options);

    [LibraryImport(Lib)] internal static partial void avformat_close_input(ref nint context);
    [LibraryImport(Lib)] internal static partial int avformat_find_stream_info(nint context, nint options);

    /// <summary>The stream's index, or AVERROR_STREAM_NOT_FOUND.</summary>
    [LibraryImport(Lib)]
    internal static partial int av_find_best_stream(nint context, int mediaType, int wanted, int related, nint decoder, int flags);

    /// <summary>Until FFmpeg 6; null when there is none.</summary>
    [LibraryImport(Lib)] internal static partial int* av_stream_get_side_data(nint stream, int type, nuint* bytes);

    /// <summary>0/1 when nobody knows.</summary>
    [LibraryImport(Lib)] internal static partial AvRational av_guess_sample_aspect_ratio(nint context, nint stream, nint frame);

    [LibraryImport(Lib)] internal static partial int av_seek_frame(nint context, int stream, long timestamp, int flags);

    /// <summary>AVERROR_EOF at the end.</summary>
    [LibraryImport(Lib)] internal static partial int av_read_frame(nint context, AvPacket packet);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avformat_alloc_output_context2(out nint context, nint format, string formatName, string fileName);

    [LibraryImport(Lib)] internal static partial int avformat_write_header(nint context, ref nint options);

    /// <summary>Takes the packet's reference over, also when it fails.</summary>
    [LibraryImport(Lib)] internal static partial int av_interleaved_write_frame(nint context, AvPacket packet);

    [LibraryImport(Lib)] internal static partial int av_write_trailer(nint context);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avio_open(out nint io, string url, int flags);

    [LibraryImport(Lib)] internal static partial int avio_closep(ref nint io);

    [LibraryImport(Lib)]
    internal static partial nint avio_alloc_context(
        nint buffer,
        int bufferBytes,
        int isWritable,
        nint opaque,
        delegate* unmanaged[Cdecl]<nint, byte*, int, int> read,
        nint write,
        delegate* unmanaged[Cdecl]<nint, long, int, long> seek);

    [LibraryImport(Lib)] internal static partial void avio_context_free(ref nint io);
}
