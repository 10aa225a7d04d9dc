using System.Buffers;
using Url2Video.Farm.Media.Audio;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Sound at 48 kHz → a coded file, piece by piece. Not thread-safe.</summary>
/// <remarks>
/// FLAC predicts with whole numbers only (level 2): the better levels compute in floats, whose last bits differ between CPUs, and the file is named by its bytes.
/// Opus and MP3 are coded once a film, on one node.
/// </remarks>
public sealed class SoundFileEncoder : IDisposable
{
    private readonly SoundFileKind _kind;
    private readonly CodecContext _encoder;
    private readonly AudioGraph _graph;
    private readonly MediaOutput _output;
    private readonly MediaStream _stream;
    private readonly AvPacket _packet;
    private readonly AudioGraph.FrameSink _send;

    private SoundFileEncoder(SoundFileKind kind, string path, int channels)
    {
        _kind = kind;
        var format = new AudioFormat(channels);
        var (name, samples, muxer) = TermsOf(kind);
        _encoder = CodecContext.Encoder(name)
            .Set("ar", format.SampleRate)
            .Set("ch_layout", format.Layout)
            .Set("time_base", new AvRational(1, format.SampleRate))
            .Set("flags", "+global_header+bitexact");
        try
        {
            Configure(_encoder, kind);
            AudioEncoder.SetSampleFormat(_encoder, samples);
            _encoder.Open();
            _graph = AudioGraph.OpenAs(samples, "anull", format, format);
            _graph.SetFrameSamples((int)_encoder.GetInt("frame_size"));
            _output = MediaOutput.Create(muxer, path);
            _stream = _output.AddEncoded(_encoder, new AvRational(1, format.SampleRate));
            _output.WriteHeader(("fflags", "+bitexact"));
            _packet = AvPacket.Allocate();
        }
        catch
        {
            _output?.Dispose();
            _graph?.Dispose();
            _encoder.Dispose();
            throw;
        }

        _send = Send;
    }

    /// <param name="path">Created or overwritten; incomplete until <see cref="Finish"/>.</param>
    /// <param name="channels">1 or 2.</param>
    /// <exception cref="FFmpegException">NotFound when this build of FFmpeg lacks the encoder.</exception>
    public static SoundFileEncoder Create(SoundFileKind kind, string path, int channels = 2) => new(kind, path, channels);

    /// <param name="samples">Interleaved floats at 48 kHz, any length.</param>
    public void Write(ReadOnlySpan<float> samples)
    {
        AvLog.Clear();
        var step = PcmFrameSource.FrameSamplesMax * _graph.Output.Channels;
        var quantised = ArrayPool<float>.Shared.Rent(step);
        try
        {
            for (var at = 0; at < samples.Length; at += step)
            {
                var piece = samples.Slice(at, Math.Min(step, samples.Length - at));
                if (_kind == SoundFileKind.Flac)
                {
                    // Exactly the samples of the file, so that no conversion behind this has anything to round.
                    Pcm24.Quantise(piece, quantised);
                    piece = quantised.AsSpan(0, piece.Length);
                }

                _graph.Push(0, piece);
                _graph.Pull(_send);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(quantised);
        }
    }

    /// <summary>Codes what is still inside and completes the file.</summary>
    public void Finish()
    {
        _graph.End(0);
        _graph.Pull(_send);
        AvResult.Check(avcodec_send_frame(_encoder, 0));
        Drain();
        _output.Finish();
    }

    public void Dispose()
    {
        _packet.Dispose();
        _output.Dispose();
        _graph.Dispose();
        _encoder.Dispose();
    }

    private static (string Encoder, string SampleFormat, string Muxer) TermsOf(SoundFileKind kind) => kind switch
    {
        SoundFileKind.Flac => ("flac", "s32", "flac"),
        SoundFileKind.OpusWebM => ("libopus", "flt", "webm"),
        SoundFileKind.Mp3 => ("libmp3lame", "fltp", "mp3"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static void Configure(CodecContext encoder, SoundFileKind kind)
    {
        _ = kind switch
        {
            SoundFileKind.Flac => encoder.Set("compression_level", 2).Set("bits_per_raw_sample", 24),
            SoundFileKind.OpusWebM => encoder.Set("b", 128_000).Set("application", "audio").Set("vbr", "constrained"),
            _ => encoder.Set("b", 192_000),
        };
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
            _packet.StreamIndex = _stream.Index;
            av_packet_rescale_ts(_packet, new AvRational(1, _graph.Output.SampleRate), _stream.TimeBase);
            _output.Write(_packet);
        }
    }
}
