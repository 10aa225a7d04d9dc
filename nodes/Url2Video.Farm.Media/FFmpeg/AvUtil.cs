using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The libavutil entry points in use. Negative results are AVERROR codes; a null pointer is out of memory.</summary>
internal static unsafe partial class AvUtil
{
    private const string Lib = FFmpegFiles.AvUtil;

    [LibraryImport(Lib)] internal static partial uint avutil_version();
    [LibraryImport(Lib)] internal static partial void av_max_alloc(nuint bytesMax);
    [LibraryImport(Lib)] internal static partial nint av_malloc(nuint bytes);
    [LibraryImport(Lib)] internal static partial void av_free(nint pointer);
    [LibraryImport(Lib)] internal static partial int av_strerror(int code, byte* text, nuint textBytes);

    [LibraryImport(Lib)]
    internal static partial void av_log_set_callback(delegate* unmanaged[Cdecl]<nint, int, byte*, nint, void> callback);

    [LibraryImport(Lib)]
    internal static partial int av_log_format_line2(
        nint source, int level, byte* format, nint arguments, byte* line, int lineBytes, int* hasPrefix);

    [LibraryImport(Lib)] internal static partial nint av_frame_alloc();
    [LibraryImport(Lib)] internal static partial void av_frame_free(ref nint frame);
    [LibraryImport(Lib)] internal static partial void av_frame_unref(AvFrame frame);

    /// <summary>The target must be empty; the source is afterwards.</summary>
    [LibraryImport(Lib)] internal static partial void av_frame_move_ref(AvFrame target, AvFrame source);
    [LibraryImport(Lib)] internal static partial int av_frame_get_buffer(AvFrame frame, int alignment);
    [LibraryImport(Lib)] internal static partial int av_frame_make_writable(AvFrame frame);

    /// <summary>The AVBufferRef that holds a plane, owned by the frame; 0 for none.</summary>
    [LibraryImport(Lib)] internal static partial nint av_frame_get_plane_buffer(AvFrame frame, int plane);

    /// <summary>0 is out of memory; <paramref name="free"/> is called when the last reference goes.</summary>
    [LibraryImport(Lib)]
    internal static partial nint av_buffer_create(
        byte* data, nuint bytes, delegate* unmanaged[Cdecl]<nint, byte*, void> free, nint opaque, int flags);

    [LibraryImport(Lib)] internal static partial int av_buffer_get_ref_count(nint buffer);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_dict_set(ref nint dictionary, string key, string value, int flags);

    [LibraryImport(Lib)] internal static partial void av_dict_free(ref nint dictionary);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_opt_set(SafeHandle target, string name, string value, int searchFlags);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_opt_set_int(SafeHandle target, string name, long value, int searchFlags);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_opt_set_q(SafeHandle target, string name, AvRational value, int searchFlags);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_opt_get_int(SafeHandle target, string name, int searchFlags, out long value);

    /// <summary>The text is the caller's to free with av_free.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_opt_get(SafeHandle target, string name, int searchFlags, out nint value);

    /// <summary>−1 when there is no such format.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_get_pix_fmt(string name);

    /// <summary>−1 when there is no such format.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_get_sample_fmt(string name);

    /// <summary>A static text, or null.</summary>
    [LibraryImport(Lib)] internal static partial byte* av_get_pix_fmt_name(int format);

    /// <summary>A static text, or null.</summary>
    [LibraryImport(Lib)] internal static partial byte* av_get_sample_fmt_name(int format);
}

/// <summary>AVRational, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AvRational(int Num, int Den);
