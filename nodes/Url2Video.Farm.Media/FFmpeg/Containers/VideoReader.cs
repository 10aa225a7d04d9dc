using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Decodes the pictures of a file from its beginning to its end.</summary>
internal sealed class VideoReader : IDisposable
{
    private readonly MediaInput _input;
    private readonly CodecContext _decoder;
    private readonly AvPacket _packet = AvPacket.Allocate();
    private readonly AvFrame _frame = AvFrame.Allocate();
    private readonly int _index;
    private bool _isSkipping;

    /// <param name="stream">Readable and seekable; stays the caller's.</param>
    /// <param name="formats">Demuxers to consider, comma-separated.</param>
    /// <param name="codecs">Decoders that may be opened, comma-separated.</param>
    /// <exception cref="FFmpegException">InvalidData when there are no pictures in it that these decode.</exception>
    internal VideoReader(Stream stream, string formats, string codecs)
    {
        MediaInput? input = null;
        CodecContext? decoder = null;
        try
        {
            input = MediaInput.Open(stream, formats, codecs);
            var track = input.Best(MediaType.Video) ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "There are no pictures in it.");
            decoder = CodecContext.Decoder(track.CodecId);
            AvResult.Check(avcodec_parameters_to_context(decoder, track.Parameters));
            decoder.Set("flags", "+bitexact").Set("codec_whitelist", codecs).Open();
            (_input, _decoder, _index, Tick) = (input, decoder, track.Index, track.TimeBase);
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

    /// <summary>Of the times of the pictures.</summary>
    internal AvRational Tick { get; }

    /// <summary>Gives every picture in the order in which they are shown; the frame is gone when the call returns.</summary>
    /// <param name="isWanted">Of the time of a picture. Those that are not are left out where no other picture is made from them, which saves decoding them.</param>
    internal void ReadAll(Action<AvFrame> sink, Func<long, bool>? isWanted = null)
    {
        while (_input.Read(_packet))
        {
            if (_packet.StreamIndex == _index)
            {
                Skip(isWanted is not null && !isWanted(_packet.Pts));
                AvResult.Check(avcodec_send_packet(_decoder, _packet));
                Drain(sink);
            }

            av_packet_unref(_packet);
        }

        AvResult.Check(avcodec_send_packet(_decoder, 0));
        Drain(sink);
    }

    public void Dispose()
    {
        _frame.Dispose();
        _packet.Dispose();
        _decoder.Dispose();
        _input.Dispose();
    }

    private void Skip(bool isSkipping)
    {
        const int Nothing = 0, WhatNoOtherNeeds = 8; // AVDISCARD_DEFAULT, AVDISCARD_NONREF
        if (_isSkipping != isSkipping)
        {
            _decoder.Set("skip_frame", isSkipping ? WhatNoOtherNeeds : Nothing);
            _isSkipping = isSkipping;
        }
    }

    private void Drain(Action<AvFrame> sink)
    {
        while (_decoder.TryReceive(_frame))
        {
            sink(_frame);
            AvUtil.av_frame_unref(_frame);
        }
    }
}
