using System.Globalization;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvFilter;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The pictures of a finished film, whoever made it, in the order in which they are seen. Told by content, never by name.</summary>
public sealed unsafe class FilmPictures : IDisposable
{
    private const string Formats = "mov,matroska,avi";
    private const string Codecs = "h264,hevc,vp8,vp9,libdav1d,mpeg4,prores,png,mjpeg";
    private const string Source = "buffer@film";
    private const string Sink = "buffersink@film";
    private const int SideMax = 8_192;

    private readonly MediaInput _input;
    private readonly CodecContext _decoder;
    private readonly AvPacket _packet = AvPacket.Allocate();
    private readonly AvFrame _frame = AvFrame.Allocate();
    private readonly int _index;
    private FilterGraph? _graph;
    private YuvImage? _image;

    /// <param name="stream">Readable and seekable; stays the caller's.</param>
    /// <exception cref="FFmpegException">InvalidData when there are no pictures in it that this build can decode.</exception>
    public FilmPictures(Stream stream)
    {
        MediaInput? input = null;
        CodecContext? decoder = null;
        try
        {
            input = MediaInput.Open(stream, Formats, Codecs);
            var track = input.Best(MediaType.Video) ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "There are no pictures in it.");
            decoder = CodecContext.Decoder(track.CodecId);
            AvResult.Check(avcodec_parameters_to_context(decoder, track.Parameters));
            decoder.Set("flags", "+bitexact").Set("codec_whitelist", Codecs).Open();
            (_input, _decoder, _index) = (input, decoder, track.Index);
            (TimeBaseNum, TimeBaseDen) = (track.TimeBase.Num, track.TimeBase.Den);
        }
        catch
        {
            decoder?.Dispose();
            input?.Dispose();
            _packet.Dispose();
            _frame.Dispose();
            throw;
        }
    }

    /// <summary>Seconds of one tick of the times, as a fraction.</summary>
    public int TimeBaseNum { get; }

    /// <inheritdoc cref="TimeBaseNum"/>
    public int TimeBaseDen { get; }

    /// <summary>Shows each picture, in BT.709 codes as they are in the file, with its time in ticks; the picture is gone when the call returns.</summary>
    /// <exception cref="FFmpegException">The file is damaged.</exception>
    public void ReadAll(Action<YuvImage, long> sink)
    {
        while (_input.Read(_packet))
        {
            if (_packet.StreamIndex == _index)
            {
                AvResult.Check(avcodec_send_packet(_decoder, _packet));
                Drain(sink);
            }

            av_packet_unref(_packet);
        }

        AvResult.Check(avcodec_send_packet(_decoder, 0));
        Drain(sink);
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
        _packet.Dispose();
        _decoder.Dispose();
        _input.Dispose();
    }

    private void Drain(Action<YuvImage, long> sink)
    {
        while (true)
        {
            var result = avcodec_receive_frame(_decoder, _frame);
            if (result == AvResult.Again || result == AvResult.EndOfFile)
            {
                return;
            }

            AvResult.Check(result, nameof(avcodec_receive_frame));
            _graph ??= FilterGraph.Parse(Compose());
            AvResult.Check(av_buffersrc_add_frame_flags(_graph.Filter(Source), _frame, 0));
            Pull(sink);
        }
    }

    private void Pull(Action<YuvImage, long> sink)
    {
        while (true)
        {
            var result = av_buffersink_get_frame(_graph!.Filter(Sink), _frame);
            if (result == AvResult.Again || result == AvResult.EndOfFile)
            {
                return;
            }

            AvResult.Check(result, nameof(av_buffersink_get_frame));
            _image ??= new YuvImage(_frame.Width, _frame.Height);
            Copy(_image);
            sink(_image, _frame.Pts);
            AvUtil.av_frame_unref(_frame);
        }
    }

    private void Copy(YuvImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            new ReadOnlySpan<byte>(_frame.Planes[0] + ((nint)y * _frame.Strides[0]), image.Width).CopyTo(image.RowY(y));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            new ReadOnlySpan<byte>(_frame.Planes[1] + ((nint)y * _frame.Strides[1]), image.Width / 2).CopyTo(image.RowU(y));
            new ReadOnlySpan<byte>(_frame.Planes[2] + ((nint)y * _frame.Strides[2]), image.Width / 2).CopyTo(image.RowV(y));
        }
    }

    // An odd row or column is left out; sizes that change on the way come out as the first.
    private string Compose()
    {
        var (width, height) = (_frame.Width, _frame.Height);
        if (width is < 16 or > SideMax || height is < 16 or > SideMax)
        {
            throw new FFmpegException(FFmpegErrorKind.TooLarge, $"The pictures are {width}x{height}; sides of 16 to {SideMax} can be judged.");
        }

        var format = Marshal.PtrToStringUTF8((nint)AvUtil.av_get_pix_fmt_name(_frame.Format));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Source}=video_size={width}x{height}:pix_fmt={format}:time_base={TimeBaseNum}/{TimeBaseDen}:pixel_aspect=1/1,"
            + $"scale={width & ~1}:{height & ~1}:flags=bilinear+accurate_rnd+bitexact,format=yuv420p,{Sink}");
    }
}
