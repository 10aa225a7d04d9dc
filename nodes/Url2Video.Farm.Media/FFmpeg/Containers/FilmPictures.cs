using System.Globalization;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvFilter;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The pictures of a finished film, whoever made it, in the order in which they are seen. Told by content, never by name.</summary>
public sealed class FilmPictures : IDisposable
{
    private const string Formats = "mov,matroska,avi";
    private const string Codecs = "h264,hevc,vp8,vp9,libdav1d,mpeg4,prores,png,mjpeg";
    private const string Source = "buffer@film";
    private const string Sink = "buffersink@film";
    private const int SideMax = 8_192;

    private readonly VideoReader _reader;
    private readonly AvFrame _frame = AvFrame.Allocate();
    private FilterGraph? _graph;
    private YuvImage? _image;

    /// <param name="stream">Readable and seekable; stays the caller's.</param>
    /// <exception cref="FFmpegException">InvalidData when there are no pictures in it that this build can decode.</exception>
    public FilmPictures(Stream stream)
    {
        try
        {
            _reader = new VideoReader(stream, Formats, Codecs);
        }
        catch
        {
            _frame.Dispose();
            throw;
        }
    }

    /// <summary>Seconds of one tick of the times, as a fraction.</summary>
    public int TimeBaseNum => _reader.Tick.Num;

    /// <inheritdoc cref="TimeBaseNum"/>
    public int TimeBaseDen => _reader.Tick.Den;

    /// <summary>Shows each picture, in BT.709 codes as they are in the file, with its time in ticks; the picture is gone when the call returns.</summary>
    /// <exception cref="FFmpegException">The file is damaged.</exception>
    public void ReadAll(Action<YuvImage, long> sink)
    {
        _reader.ReadAll(decoded =>
        {
            _graph ??= FilterGraph.Parse(Compose(decoded));
            AvResult.Check(av_buffersrc_add_frame_flags(_graph.Filter(Source), decoded, 0));
            Pull(sink);
        });
        if (_graph is not null)
        {
            AvResult.Check(av_buffersrc_close(_graph.Filter(Source), long.MaxValue, 0));
            Pull(sink);
        }
    }

    public void Dispose()
    {
        _image?.Dispose();
        _graph?.Dispose();
        _frame.Dispose();
        _reader.Dispose();
    }

    private void Pull(Action<YuvImage, long> sink)
    {
        while (FilterGraph.TryPull(_graph!.Filter(Sink), _frame))
        {
            _image ??= new YuvImage(_frame.Width, _frame.Height);
            _frame.CopyTo(_image);
            sink(_image, _frame.Pts);
            AvUtil.av_frame_unref(_frame);
        }
    }

    // An odd row or column is left out; sizes that change on the way come out as the first.
    private unsafe string Compose(AvFrame decoded)
    {
        var (width, height) = (decoded.Width, decoded.Height);
        if (width is < 16 or > SideMax || height is < 16 or > SideMax)
        {
            throw new FFmpegException(FFmpegErrorKind.TooLarge, $"The pictures are {width}x{height}; sides of 16 to {SideMax} can be judged.");
        }

        var format = Marshal.PtrToStringUTF8((nint)AvUtil.av_get_pix_fmt_name(decoded.Format));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Source}=video_size={width}x{height}:pix_fmt={format}:time_base={TimeBaseNum}/{TimeBaseDen}:pixel_aspect=1/1,"
            + $"scale={width & ~1}:{height & ~1}:flags=bilinear+accurate_rnd+bitexact,format=yuv420p,{Sink}");
    }
}
