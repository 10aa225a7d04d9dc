using System.Globalization;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// AAC-LC by FFmpeg's own encoder, 48 kHz. Encode a film's sound once and whole: chunks of AAC do not join. Not thread-safe.
/// </summary>
public sealed class AudioEncoder : IDisposable
{
    /// <summary>Samples per channel in one packet.</summary>
    public const int PacketSamples = 1_024;

    /// <summary>Samples that come out before the first real one: the first packet's pts is minus this.</summary>
    public const int PrimingSamples = 1_024;

    private readonly CodecContext _encoder;
    private readonly AudioGraph _graph;
    private readonly AvPacket _packet;
    private readonly AudioGraph.FrameSink _send;
    private PacketSink? _sink;

    private AudioEncoder(int channels, int bitRate)
    {
        var format = new AudioFormat(channels);
        // The encoder wants planar floats in blocks of one packet; the graph cuts and converts.
        _graph = AudioGraph.OpenAs("fltp", "anull", format, format);
        try
        {
            _graph.SetFrameSamples(PacketSamples);
            _encoder = CodecContext.Encoder("aac")
                .Set("ar", format.SampleRate)
                .Set("ch_layout", format.Layout)
                .Set("b", bitRate)
                .Set("time_base", new AvRational(1, format.SampleRate))
                .Set("flags", "+global_header+bitexact");
            SetSampleFormat(_encoder, "fltp");
            _encoder.Open();
            using var parameters = CodecParameters.Of(_encoder);
            AudioSpecificConfig = parameters.ExtraData.ToArray();
            _packet = AvPacket.Allocate();
        }
        catch
        {
            _encoder?.Dispose();
            _graph.Dispose();
            throw;
        }

        _send = Send;
    }

    /// <summary>Payload of the decoder-specific descriptor (ISO/IEC 14496-3 section 1.6.2.1).</summary>
    public ReadOnlyMemory<byte> AudioSpecificConfig { get; }

    /// <summary>RFC 6381: <c>mp4a.40.2</c>.</summary>
    public string CodecString => string.Create(CultureInfo.InvariantCulture, $"mp4a.40.{AudioSpecificConfig.Span[0] >> 3}");

    /// <param name="channels">1 or 2.</param>
    /// <param name="bitRate">Bits a second, 32000..320000.</param>
    /// <exception cref="FFmpegException">The encoder did not open.</exception>
    public static AudioEncoder Open(int channels = 2, int bitRate = 128_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitRate, 32_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitRate, 320_000);
        return new AudioEncoder(channels, bitRate);
    }

    /// <summary>Encodes more sound.</summary>
    /// <param name="samples">Interleaved floats at 48 kHz, any length.</param>
    /// <param name="sink">Gets packets of <see cref="PacketSamples"/> samples; pts and dts count samples from −1024.</param>
    public void Encode(ReadOnlySpan<float> samples, PacketSink sink)
    {
        AvLog.Clear();
        _sink = sink;
        var step = PcmFrameSource.FrameSamplesMax * _graph.Output.Channels;
        for (var at = 0; at < samples.Length; at += step)
        {
            _graph.Push(0, samples.Slice(at, Math.Min(step, samples.Length - at)));
            _graph.Pull(_send);
        }
    }

    /// <summary>Pads the last packet with silence and gives what is still inside; the encoder is at its end after that.</summary>
    public void Flush(PacketSink sink)
    {
        _sink = sink;
        _graph.End(0);
        _graph.Pull(_send);
        AvResult.Check(avcodec_send_frame(_encoder, 0));
        Drain();
    }

    public void Dispose()
    {
        _packet.Dispose();
        _encoder.Dispose();
        _graph.Dispose();
    }

    // The sample format is the one setting without an option.
    internal static void SetSampleFormat(CodecContext encoder, string format)
    {
        using var parameters = CodecParameters.Of(encoder);
        parameters.Format = AvUtil.av_get_sample_fmt(format);
        AvResult.Check(avcodec_parameters_to_context(encoder, parameters));
    }

    private void Send(AvFrame frame)
    {
        AvResult.Check(avcodec_send_frame(_encoder, frame));
        Drain();
    }

    private void Drain()
    {
        while (_encoder.TryReceive(_packet))
        {
            _sink!(new EncodedPacket(_packet.Data, _packet.Pts, _packet.Dts, isKey: true));
        }
    }
}
