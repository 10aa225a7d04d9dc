using static Url2Video.Farm.Media.FFmpeg.AvFilter;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>A configured AVFilterGraph, written as one text that names its sources and its sink.</summary>
internal sealed class FilterGraph : AvHandle
{
    private FilterGraph(nint owned) : base(owned) { }

    /// <param name="text">The whole graph, e.g. <c>abuffer@in0=...,volume=2,abuffersink@out</c>.</param>
    /// <exception cref="FFmpegException">NotFound for an unknown filter; Other for a text that does not parse.</exception>
    internal static FilterGraph Parse(string text)
    {
        FFmpegLibrary.EnsureLoaded();
        AvLog.Clear();
        var graph = new FilterGraph(AvResult.CheckPointer(avfilter_graph_alloc()));
        try
        {
            graph.Set("threads", 1);
            var result = avfilter_graph_parse2(graph, text, out var inputs, out var outputs);
            var isClosed = inputs == 0 && outputs == 0;
            avfilter_inout_free(ref inputs);
            avfilter_inout_free(ref outputs);
            AvResult.Check(result, "avfilter_graph_parse2");
            if (!isClosed)
            {
                throw new FFmpegException(FFmpegErrorKind.Other, $"The filter graph leaves pads unconnected: {text}");
            }

            AvResult.Check(avfilter_graph_config(graph, 0));
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>A filter of the graph; valid while the graph is.</summary>
    internal nint Filter(string name)
    {
        var filter = avfilter_graph_get_filter(this, name);
        return filter != 0 ? filter : throw new FFmpegException(FFmpegErrorKind.NotFound, $"The graph has no filter {name}.");
    }

    /// <summary>The next frame that has come out of a graph's sink.</summary>
    /// <returns>False when the graph wants more input first, or has given all.</returns>
    internal static bool TryPull(nint sink, AvFrame frame) => AvResult.HasGiven(av_buffersink_get_frame(sink, frame));

    protected override void Free(nint owned) => avfilter_graph_free(ref owned);
}
