using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Pictures of a clip in the order in which they are shown, from the beginning or from a key picture. One thread, the same bits everywhere.</summary>
internal sealed class ClipDecoder : IDisposable
{
    private const long NoTime = long.MinValue;

    // A decoder that reads other sizes inside the data meets the bound as well. It counts rows rounded up to blocks.
    private const int BlockPixels = 128;

    private readonly Stream _stream;
    private readonly AvPacket _packet = AvPacket.Allocate();
    private MediaInput _input;
    private CodecContext? _decoder;
    private bool _isAtEnd, _hasDecoded;
    private long _last = NoTime;

    /// <param name="stream">Readable and seekable; disposed by this.</param>
    internal ClipDecoder(Stream stream, ClipBounds bounds)
    {
        _stream = stream;
        MediaInput? input = null;
        try
        {
            _input = input = OpenInput();
            Video = _input.Best(MediaType.Video) ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "There are no pictures in it.");
            Orientation = DisplayMatrix.OrientationOf(Video);
            HasSound = _input.Best(MediaType.Audio) is not null;
            CheckSize(Video, bounds);
            _decoder = OpenDecoder(Video, bounds);
            Index = ClipIndex.Read(_input, Video, bounds);
            CutOff.Check(stream, _input, Index);
        }
        catch
        {
            _decoder?.Dispose();
            input?.Dispose();
            _packet.Dispose();
            stream.Dispose();
            throw;
        }
    }

    internal MediaStream Video { get; private set; }

    internal ClipIndex Index { get; }

    /// <summary>EXIF 1..8.</summary>
    internal int Orientation { get; }

    internal bool HasSound { get; }

    /// <summary>Packets of the pictures that were given to the decoder, counted from the clip's first.</summary>
    internal int Ordinal { get; private set; }

    /// <summary>Pictures that came out, seeking included: what decoding costs.</summary>
    internal long Decoded { get; private set; }

    internal CodecContext Codec => _decoder!;

    /// <summary>The container's word for the shape of a pixel.</summary>
    internal AvRational PixelShape => _input.PixelShapeOf(Video);

    /// <summary>The next picture into an empty frame, and when it is shown; false at the end.</summary>
    internal bool Next(AvFrame frame, out long tick)
    {
        while (true)
        {
            var result = avcodec_receive_frame(Codec, frame);
            if (result == AvResult.Again)
            {
                Feed();
                continue;
            }

            tick = NoTime;
            if (result == AvResult.EndOfFile)
            {
                return false;
            }

            AvResult.Check(result, nameof(avcodec_receive_frame));
            (_hasDecoded, Decoded) = (true, Decoded + 1);
            tick = Index.HasTimes && frame.Pts != NoTime ? frame.Pts : _last == NoTime ? Index.Times.FirstTick : _last + Index.Step;
            _last = tick;
            return true;
        }
    }

    /// <summary>Goes on from a key picture; where the container cannot find it, from the beginning.</summary>
    internal void Seek(ClipKey key)
    {
        if (Index.HasTimes && ClipFormats.HasKeys(Video.CodecId) && _input.TrySeek(Video, key.Dts))
        {
            Begin(key.Ordinal);
            return;
        }

        Restart();
    }

    /// <summary>Goes on from the very beginning.</summary>
    internal void Restart()
    {
        _input.Dispose();
        _input = OpenInput();
        Video = _input.Best(MediaType.Video) ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "There are no pictures in it.");
        Begin(0);
    }

    public void Dispose()
    {
        _packet.Dispose();
        _decoder?.Dispose();
        _input.Dispose();
        _stream.Dispose();
    }

    private void Begin(int ordinal)
    {
        avcodec_flush_buffers(Codec);
        (Ordinal, _isAtEnd, _hasDecoded, _last) = (ordinal, false, false, NoTime);
    }

    private void Feed()
    {
        if (_isAtEnd || !_input.Read(_packet))
        {
            _isAtEnd = true;
            AvResult.Check(avcodec_send_packet(Codec, 0), nameof(avcodec_send_packet));
            return;
        }

        try
        {
            if (_packet.StreamIndex == Video.Index && _packet.Data.Length == 0)
            {
                Ordinal++; // A picture that was left out: the one before stays. To the decoder it would be the end.
            }
            else if (_packet.StreamIndex == Video.Index)
            {
                Ordinal++;
                var result = avcodec_send_packet(Codec, _packet);

                // A recording may begin in the middle of a group: what comes before its first whole picture is left out.
                if (result < 0 && (_hasDecoded || AvResult.KindOf(result) == FFmpegErrorKind.OutOfMemory))
                {
                    throw AvResult.Failure(result, nameof(avcodec_send_packet));
                }
            }
        }
        finally
        {
            av_packet_unref(_packet);
        }
    }

    private MediaInput OpenInput()
    {
        _stream.Position = 0;
        return MediaInput.Open(_stream, ClipFormats.Containers, ClipFormats.Codecs);
    }

    private static void CheckSize(MediaStream video, ClipBounds bounds)
    {
        if (video.Width <= 0 || video.Height <= 0 || (long)video.Width * video.Height > bounds.PixelsMax)
        {
            throw new FFmpegException(
                video.Width <= 0 || video.Height <= 0 ? FFmpegErrorKind.InvalidData : FFmpegErrorKind.TooLarge,
                $"Its pictures have {video.Width}x{video.Height} pixels; {bounds.PixelsMax / 1_000_000.0:0.0} megapixels are allowed.");
        }
    }

    private static CodecContext OpenDecoder(MediaStream video, ClipBounds bounds)
    {
        var name = ClipFormats.NameOf(video.CodecId);
        CodecContext? decoder = null;
        try
        {
            // What is damaged is an error: a decoder that guesses shows grey blocks, which nobody asked for.
            decoder = CodecContext.Decoder(video.CodecId);
            AvResult.Check(avcodec_parameters_to_context(decoder, video.Parameters));
            var padded = (video.Width + 2L * BlockPixels) * (video.Height + 2L * BlockPixels);
            return decoder.Set("flags", "+bitexact").Set("err_detect", "+crccheck+explode").Set("idct", "simple").Set("codec_whitelist", ClipFormats.Codecs)
                .Set("max_pixels", Math.Min(padded, 4L * bounds.PixelsMax)).Set("pkt_timebase", video.TimeBase).Open();
        }
        catch (FFmpegException e) when (e.Kind != FFmpegErrorKind.OutOfMemory)
        {
            decoder?.Dispose();
            throw new FFmpegException(FFmpegErrorKind.Unsupported, $"Its pictures are coded as {name}, which is not read here.");
        }
    }
}
