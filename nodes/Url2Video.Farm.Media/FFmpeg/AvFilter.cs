using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The libavfilter entry points in use. Negative results are AVERROR codes; filter contexts belong to their graph.</summary>
internal static partial class AvFilter
{
    private const string Lib = FFmpegFiles.AvFilter;

    [LibraryImport(Lib)] internal static partial uint avfilter_version();
    [LibraryImport(Lib)] internal static partial nint avfilter_graph_alloc();
    [LibraryImport(Lib)] internal static partial void avfilter_graph_free(ref nint graph);

    /// <summary>The two lists out are linked chains of open pads, null when the text left none open.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avfilter_graph_parse2(FilterGraph graph, string text, out nint inputs, out nint outputs);

    [LibraryImport(Lib)] internal static partial void avfilter_inout_free(ref nint list);
    [LibraryImport(Lib)] internal static partial int avfilter_graph_config(FilterGraph graph, nint logContext);

    /// <summary>0 when the graph has no filter of that name.</summary>
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint avfilter_graph_get_filter(FilterGraph graph, string name);

    /// <summary>Takes the frame's buffers over and leaves it empty.</summary>
    [LibraryImport(Lib)] internal static partial int av_buffersrc_add_frame_flags(nint source, AvFrame frame, int flags);
    [LibraryImport(Lib)] internal static partial int av_buffersrc_close(nint source, long pts, uint flags);

    /// <summary>AVERROR(EAGAIN): the graph needs more input. AVERROR_EOF: all is out.</summary>
    [LibraryImport(Lib)] internal static partial int av_buffersink_get_frame(nint sink, AvFrame frame);
    [LibraryImport(Lib)] internal static partial void av_buffersink_set_frame_size(nint sink, uint samples);
}
