using System.Globalization;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvFilter;

namespace Url2Video.Farm.Media.FFmpeg;

/// <param name="Width">Of the pictures that come in.</param>
/// <param name="Height">Of the pictures that come in.</param>
/// <param name="SideMax">The longer side of the GIF, at most.</param>
/// <param name="FpsMax">Frames a second of the GIF, at most.</param>
public sealed record GifOptions(int Width, int Height, int FpsNum, int FpsDen, int SideMax, int FpsMax);

/// <summary>
/// An H.264 rung → an animated GIF. The one palette is chosen from the whole film, so the pictures are decoded twice and none is kept: memory does not grow with
/// the length. This is why a GIF cannot be made in chunks.
/// </summary>
public static class GifMaker
{
    private const string Source = "buffer@farm", PaletteSource = "buffer@palette", Sink = "buffersink@farm";

    /// <param name="files">Init segment and media segments in order.</param>
    /// <param name="path">Created or overwritten.</param>
    /// <exception cref="FFmpegException">InvalidData when the files are no H.264 rung.</exception>
    public static void Make(IReadOnlyList<string> files, string path, GifOptions options)
    {
        using var palette = AvFrame.Allocate();
        FindPalette(files, options, palette);
        using var graph = FilterGraph.Parse(
            $"{InputOf(options)},{ScaleOf(options)}[pictures];{PaletteSource}=video_size=16x16:pix_fmt=bgra:time_base=1/1:pixel_aspect=1/1[palette];"
            + $"[pictures][palette]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle,format=pal8,{Sink}");
        AvResult.Check(av_buffersrc_add_frame_flags(graph.Filter(PaletteSource), palette, 0));
        AvResult.Check(av_buffersrc_close(graph.Filter(PaletteSource), 1, 0));
        using var writer = new Writer(path, options);
        Run(files, graph, writer.Write);
        writer.Finish();
    }

    private static void FindPalette(IReadOnlyList<string> files, GifOptions options, AvFrame palette)
    {
        using var graph = FilterGraph.Parse($"{InputOf(options)},{ScaleOf(options)},palettegen=reserve_transparent=0:stats_mode=full,{Sink}");
        var isFound = false;
        Run(files, graph, frame =>
        {
            isFound = true;
            AvUtil.av_frame_move_ref(palette, frame);
        });
        if (!isFound)
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "No palette was found: there are no pictures.");
        }
    }

    private static void Run(IReadOnlyList<string> files, FilterGraph graph, Action<AvFrame> sink)
    {
        using var sequence = new FileSequence(files);
        using var reader = new VideoReader(sequence, "mov", "h264");
        using var taken = AvFrame.Allocate();
        var count = 0L;
        reader.ReadAll(frame =>
        {
            frame.Pts = count++;
            AvResult.Check(av_buffersrc_add_frame_flags(graph.Filter(Source), frame, 0));
            Pull();
        });
        AvResult.Check(av_buffersrc_close(graph.Filter(Source), count, 0));
        Pull();

        void Pull()
        {
            while (FilterGraph.TryPull(graph.Filter(Sink), taken))
            {
                sink(taken);
                AvUtil.av_frame_unref(taken);
            }
        }
    }

    private static string InputOf(GifOptions o) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Source}=video_size={o.Width}x{o.Height}:pix_fmt=yuv420p:time_base={o.FpsDen}/{o.FpsNum}:frame_rate={o.FpsNum}/{o.FpsDen}:pixel_aspect=1/1");

    private static string ScaleOf(GifOptions o)
    {
        var (width, height) = SizeOf(o);
        var (num, den) = RateOf(o);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"fps={num}/{den},scale={width}:{height}:in_color_matrix=bt709:in_range=tv:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact,format=bgra");
    }

    private static (int Width, int Height) SizeOf(GifOptions o)
    {
        var longer = Math.Max(o.Width, o.Height);
        return longer <= o.SideMax
            ? (o.Width, o.Height)
            : ((int)(((long)o.Width * o.SideMax + longer / 2) / longer), (int)(((long)o.Height * o.SideMax + longer / 2) / longer));
    }

    // The times of a GIF are hundredths of a second: a whole number of them a frame, or its motion stutters.
    private static (int Num, int Den) RateOf(GifOptions o)
    {
        var slowest = (100 + o.FpsMax - 1) / o.FpsMax;
        var own = (int)((100L * o.FpsDen + o.FpsNum - 1) / o.FpsNum);
        return (100, Math.Max(slowest, own));
    }

    private sealed class Writer : IDisposable
    {
        private readonly CodecContext _encoder;
        private readonly MediaOutput _output;
        private readonly MediaStream _stream;
        private readonly AvPacket _packet = AvPacket.Allocate();
        private readonly AvRational _tick;
        private long _count;

        internal Writer(string path, GifOptions options)
        {
            var (width, height) = SizeOf(options);
            var (num, den) = RateOf(options);
            _tick = new AvRational(den, num);
            _encoder = CodecContext.Encoder("gif")
                .Set("video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"))
                .Set("pixel_format", "pal8")
                .Set("time_base", _tick)
                .Set("flags", "+bitexact")
                .Open();
            try
            {
                _output = MediaOutput.Create("gif", path);
                _stream = _output.AddEncoded(_encoder, _tick);
                _output.WriteHeader(("fflags", "+bitexact"), ("loop", "0"));
            }
            catch
            {
                _output?.Dispose();
                _encoder.Dispose();
                _packet.Dispose();
                throw;
            }
        }

        internal void Write(AvFrame frame)
        {
            frame.Pts = _count++;
            AvResult.Check(avcodec_send_frame(_encoder, frame));
            Drain();
        }

        internal void Finish()
        {
            AvResult.Check(avcodec_send_frame(_encoder, 0));
            Drain();
            _output.Finish();
        }

        public void Dispose()
        {
            _packet.Dispose();
            _output.Dispose();
            _encoder.Dispose();
        }

        private void Drain()
        {
            while (_encoder.TryReceive(_packet))
            {
                _packet.StreamIndex = _stream.Index;
                _packet.Duration = 1;
                av_packet_rescale_ts(_packet, _tick, _stream.TimeBase);
                _output.Write(_packet);
            }
        }
    }
}
