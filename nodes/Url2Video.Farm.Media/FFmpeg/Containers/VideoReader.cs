using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Decodes the pictures of a rung of our own: init segment and media segments in order.</summary>
internal sealed class VideoReader : IDisposable
{
    private readonly FileSequence _files;
    private readonly MediaInput _input;
    private readonly CodecContext _decoder;
    private readonly AvPacket _packet = AvPacket.Allocate();
    private readonly AvFrame _frame = AvFrame.Allocate();
    private readonly int _index;

    /// <exception cref="FFmpegException">InvalidData when the files are no H.264 rung.</exception>
    internal VideoReader(IReadOnlyList<string> files)
    {
        _files = new FileSequence(files);
        MediaInput? input = null;
        CodecContext? decoder = null;
        try
        {
            input = MediaInput.Open(_files, "mov", "h264");
            var stream = input.Best(MediaType.Video) ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "The input has no pictures.");
            decoder = CodecContext.Decoder(stream.CodecId);
            AvResult.Check(avcodec_parameters_to_context(decoder, stream.Parameters));
            decoder.Set("flags", "+bitexact").Set("codec_whitelist", "h264").Open();
            (_input, _decoder, _index) = (input, decoder, stream.Index);
        }
        catch
        {
            decoder?.Dispose();
            input?.Dispose();
            _files.Dispose();
            _packet.Dispose();
            _frame.Dispose();
            throw;
        }
    }

    /// <summary>Gives every picture in the order in which they are shown; the frame is gone when the call returns.</summary>
    internal void ReadAll(Action<AvFrame> sink)
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
    }

    public void Dispose()
    {
        _frame.Dispose();
        _packet.Dispose();
        _decoder.Dispose();
        _input.Dispose();
        _files.Dispose();
    }

    private void Drain(Action<AvFrame> sink)
    {
        while (true)
        {
            var result = avcodec_receive_frame(_decoder, _frame);
            if (result == AvResult.Again || result == AvResult.EndOfFile)
            {
                return;
            }

            AvResult.Check(result, nameof(avcodec_receive_frame));
            sink(_frame);
            AvUtil.av_frame_unref(_frame);
        }
    }
}
