using System.Runtime.InteropServices;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Turns interleaved float samples into AVFrames that carry rate and channel layout. Those fields move between FFmpeg
/// versions; the decoder of raw PCM sets them for us, so that no offset is needed.
/// </summary>
internal sealed class PcmFrameSource : IDisposable
{
    /// <summary>Samples per channel of one frame: bounds what a graph must buffer, and fixed for reproducible results.</summary>
    internal const int FrameSamplesMax = 4_096;

    private readonly CodecContext _decoder;
    private readonly AvPacket _packet = AvPacket.Allocate();
    private readonly int _channels;
    private long _position;

    internal PcmFrameSource(AudioFormat format)
    {
        _channels = format.Channels;
        try
        {
            _decoder = CodecContext.Decoder("pcm_f32le")
                .Set("ar", format.SampleRate)
                .Set("ch_layout", format.Layout)
                .Open();
        }
        catch
        {
            _packet.Dispose();
            throw;
        }
    }

    /// <summary>Samples per channel made into frames so far.</summary>
    internal long Position => _position;

    /// <summary>Fills <paramref name="frame"/>; pts counts samples.</summary>
    /// <param name="samples">At most <see cref="FrameSamplesMax"/> per channel, not empty.</param>
    internal void Fill(AvFrame frame, ReadOnlySpan<float> samples)
    {
        var bytes = MemoryMarshal.AsBytes(samples);
        bytes.CopyTo(_packet.Renew(bytes.Length));
        AvResult.Check(avcodec_send_packet(_decoder, _packet));
        AvResult.Check(avcodec_receive_frame(_decoder, frame));
        frame.Pts = _position;
        _position += samples.Length / _channels;
    }

    public void Dispose()
    {
        _packet.Dispose();
        _decoder.Dispose();
    }
}
