using static Url2Video.Farm.Media.FFmpeg.AvFormat;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>An opened container: AVFormatContext over a <see cref="Stream"/>. Only the named demuxers may answer.</summary>
internal sealed unsafe class MediaInput : AvHandle
{
    private const int SeekBackward = 1;
    private readonly AvioReader _reader;

    private MediaInput(nint owned, AvioReader reader) : base(owned) => _reader = reader;

    /// <param name="stream">Readable and seekable; stays the caller's.</param>
    /// <param name="formats">Demuxers to consider, comma-separated.</param>
    /// <param name="codecs">Decoders that may be opened to learn about the streams, comma-separated.</param>
    /// <exception cref="FFmpegException">InvalidData when the bytes are none of these formats.</exception>
    internal static MediaInput Open(Stream stream, string formats, string codecs)
    {
        FFmpegLibrary.EnsureFormats();
        AvLog.Clear();
        var reader = AvioReader.Open(stream);
        try
        {
            // Freed by avformat_open_input when that fails.
            var context = AvResult.CheckPointer(avformat_alloc_context());
            *(nint*)(context + AvLayout.FormatIo) = reader.Pointer;
            nint options = 0;
            Add(ref options, "format_whitelist", formats);
            Add(ref options, "codec_whitelist", codecs);
            // References to other files are never followed.
            Add(ref options, "protocol_whitelist", "none");
            var result = avformat_open_input(ref context, "", 0, ref options);
            AvUtil.av_dict_free(ref options);
            if (result < 0)
            {
                throw reader.Fault is null && AvResult.KindOf(result) != FFmpegErrorKind.OutOfMemory
                    ? new FFmpegException(FFmpegErrorKind.InvalidData, AvResult.Failure(result, nameof(avformat_open_input)).Message)
                    : Failure(result, nameof(avformat_open_input), reader);
            }

            return new MediaInput(context, reader).WithStreamInfo();
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The best stream of a kind, or null.</summary>
    internal MediaStream? Best(MediaType type)
    {
        var index = av_find_best_stream(handle, (int)type, -1, -1, 0, 0);
        return index < 0 ? null : new MediaStream((*(nint**)(handle + AvLayout.FormatStreams))[index]);
    }

    /// <summary>Reads the next packet of any stream; false at the end.</summary>
    internal bool Read(AvPacket packet)
    {
        var result = av_read_frame(handle, packet);
        if (result == AvResult.EndOfFile && _reader.Fault is null)
        {
            return false;
        }

        return result >= 0 ? true : throw Failure(result, nameof(av_read_frame), _reader);
    }

    /// <summary>What the header says of the length, in microseconds; negative when it says nothing.</summary>
    internal long DurationMicros => *(long*)(handle + FFmpegLibrary.Layout.FormatDuration);

    /// <summary>The stream that packets name by this number.</summary>
    internal MediaStream StreamAt(int index) => new((*(nint**)(handle + AvLayout.FormatStreams))[index]);

    /// <summary>Goes to the last key packet at or before a time of decoding; false where the container cannot.</summary>
    internal bool TrySeek(MediaStream stream, long dts) => av_seek_frame(handle, stream.Index, dts, SeekBackward) >= 0;

    /// <summary>Width to height of a pixel, as container and bitstream say it; 0/1 when neither does.</summary>
    internal AvRational PixelShapeOf(MediaStream stream) => av_guess_sample_aspect_ratio(handle, stream.Pointer, 0);

    protected override void Free(nint owned)
    {
        avformat_close_input(ref owned); // Leaves a reader that is not its own alone.
        _reader.Dispose();
    }

    private static void Add(ref nint options, string key, string value) =>
        AvResult.Check(AvUtil.av_dict_set(ref options, key, value, 0));

    private static Exception Failure(int result, string call, AvioReader reader) =>
        reader.Fault is { } fault ? new IOException($"{call}: {fault.Message}", fault) : AvResult.Failure(result, call);

    private MediaInput WithStreamInfo()
    {
        try
        {
            AvResult.Check(avformat_find_stream_info(handle, 0));
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
