using static Url2Video.Farm.Media.FFmpeg.AvFormat;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>A container file being written.</summary>
internal sealed unsafe class MediaOutput : AvHandle
{
    private const int WriteFlag = 2;

    private MediaOutput(nint owned) : base(owned) { }

    private ref nint Io => ref *(nint*)(handle + AvLayout.FormatIo);

    /// <param name="format">Muxer name, e.g. <c>mp4</c>.</param>
    /// <param name="path">The file is created or emptied. The muxer reopens it to move the index to the front.</param>
    internal static MediaOutput Create(string format, string path)
    {
        FFmpegLibrary.EnsureFormats();
        AvLog.Clear();
        var url = $"file:{Path.GetFullPath(path)}";
        AvResult.Check(avformat_alloc_output_context2(out var context, 0, format, url));
        var output = new MediaOutput(context);
        try
        {
            AvResult.Check(avio_open(out var io, url, WriteFlag));
            output.Io = io;
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Adds a stream that carries the packets of another unchanged.</summary>
    /// <param name="parameters">AVCodecParameters; the source's own, or what a filter makes of them.</param>
    /// <param name="keepsTag">The sample entry stays what it is: hvc1 and not hev1, the right one of the ProRes family. Else the muxer chooses.</param>
    internal MediaStream AddCopy(MediaStream source, nint parameters, bool keepsTag)
    {
        var stream = new MediaStream(AvResult.CheckPointer(avformat_new_stream(handle, 0)));
        AvResult.Check(AvCodec.avcodec_parameters_copy(stream.Parameters, parameters));
        stream.CodecTag = keepsTag ? source.CodecTag : 0;
        stream.TimeBase = source.TimeBase;
        return stream;
    }

    /// <summary>Adds a stream for the packets of an opened encoder.</summary>
    internal MediaStream AddEncoded(CodecContext encoder, AvRational timeBase)
    {
        var stream = new MediaStream(AvResult.CheckPointer(avformat_new_stream(handle, 0)));
        AvResult.Check(AvCodec.avcodec_parameters_from_context(stream.Parameters, encoder));
        stream.TimeBase = timeBase;
        return stream;
    }

    internal void WriteHeader(params (string Key, string Value)[] settings)
    {
        nint options = 0;
        try
        {
            foreach (var (key, value) in settings)
            {
                AvResult.Check(AvUtil.av_dict_set(ref options, key, value, 0));
            }

            AvResult.Check(avformat_write_header(handle, ref options));
        }
        finally
        {
            AvUtil.av_dict_free(ref options);
        }
    }

    internal void Write(AvPacket packet) => AvResult.Check(av_interleaved_write_frame(handle, packet));

    /// <summary>Completes the file and closes it, so that errors of the last bytes are seen.</summary>
    internal void Finish()
    {
        AvResult.Check(av_write_trailer(handle));
        AvResult.Check(avio_closep(ref Io));
    }

    protected override void Free(nint owned)
    {
        _ = avio_closep(ref *(nint*)(owned + AvLayout.FormatIo));
        avformat_free_context(owned);
    }
}
