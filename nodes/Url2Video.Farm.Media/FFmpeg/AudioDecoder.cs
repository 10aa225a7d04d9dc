using System.Globalization;
using System.Runtime.InteropServices;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvFilter;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Bounds and form of one decoding.</summary>
public sealed record AudioDecodeOptions
{
    /// <summary>What the samples come out as, whatever they were.</summary>
    public AudioFormat Output { get; init; } = new(2);

    /// <summary>Longer sound is refused, not cut: a small file may unpack to days of silence.</summary>
    public int SecondsMax { get; init; } = 4 * 3600;

    /// <summary>Demuxers that may answer.</summary>
    internal string Formats { get; init; } = "wav,mp3,aac,mov,ogg,flac,matroska";

    /// <summary>Told once, before the first samples: when they begin on the container's clock, in samples of the output.</summary>
    internal Action<long>? Begun { get; init; }

    /// <summary>Asked before each packet: true when nothing of what would come is wanted.</summary>
    internal Func<bool>? IsOver { get; init; }
}

/// <summary>Sound files (WAV, MP3, AAC, M4A/MP4, Ogg, FLAC, Matroska/WebM) → interleaved floats. Told by content, never by name.</summary>
/// <remarks>Lossy decoders use float arithmetic whose last bits may differ between CPU families, not between runs.</remarks>
public static unsafe class AudioDecoder
{
    private const string Codecs =
        "aac,mp3float,mp3,vorbis,opus,flac,alac,"
        + "pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_f64le,pcm_alaw,pcm_mulaw";

    private const string Source = "abuffer@farm";
    private const string Sink = "abuffersink@farm";

    /// <exception cref="FFmpegException">InvalidData when there is no sound in it; TooLarge past the bound.</exception>
    public static AudioClip Decode(ReadOnlySpan<byte> bytes, AudioDecodeOptions? options = null)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        return Decode(stream, options);
    }

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, AudioDecodeOptions)"/>
    /// <param name="stream">Readable and seekable; stays the caller's.</param>
    public static AudioClip Decode(Stream stream, AudioDecodeOptions? options = null)
    {
        options ??= new AudioDecodeOptions();
        var samples = new SampleBuffer(options.Output.SampleRate * options.Output.Channels);
        Decode(stream, options, samples.Append);
        return new AudioClip(samples.ToArray(), options.Output.Channels, options.Output.SampleRate);
    }

    /// <summary>As the others, but piece by piece: memory does not grow with the length.</summary>
    public static void Decode(Stream stream, AudioDecodeOptions options, AudioGraph.SampleSink sink)
    {
        options.Output.Validated();
        try
        {
            DecodeTrack(stream, options, sink);
        }
        catch (FFmpegException e) when (e.Kind is FFmpegErrorKind.Other or FFmpegErrorKind.NotFound)
        {
            // Damaged bytes come back as many codes; an unknown codec as a decoder that is not there.
            var kind = e.Kind == FFmpegErrorKind.Other ? FFmpegErrorKind.InvalidData : FFmpegErrorKind.Unsupported;
            throw new FFmpegException(kind, e.Message);
        }
    }

    private static void DecodeTrack(Stream stream, AudioDecodeOptions options, AudioGraph.SampleSink sink)
    {
        using var input = MediaInput.Open(stream, options.Formats, Codecs);
        var track = input.Best(MediaType.Audio) ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "There is no sound in it.");
        using var decoder = CodecContext.Decoder(track.CodecId);
        AvResult.Check(avcodec_parameters_to_context(decoder, track.Parameters));
        decoder.Set("flags", "+bitexact").Set("codec_whitelist", Codecs).Set("pkt_timebase", track.TimeBase).Open();
        using var packet = AvPacket.Allocate();
        using var run = new Run(decoder, track.TimeBase, options, sink);
        while (options.IsOver?.Invoke() != true && input.Read(packet))
        {
            if (packet.StreamIndex == track.Index)
            {
                // A damaged packet costs its own samples only; a stream of nothing else ends up without a graph.
                _ = avcodec_send_packet(decoder, packet);
                run.Drain();
            }

            av_packet_unref(packet);
        }

        _ = avcodec_send_packet(decoder, 0);
        run.Drain();
        run.Finish();
    }

    /// <summary>Decoder → graph → sink. The graph is made when the first frame has shown what comes.</summary>
    private sealed class Run(CodecContext decoder, AvRational tick, AudioDecodeOptions options, AudioGraph.SampleSink sink) : IDisposable
    {
        private readonly AvFrame _frame = AvFrame.Allocate();
        private FilterGraph? _graph;
        private long _samples;

        internal void Drain()
        {
            while (true)
            {
                var result = avcodec_receive_frame(decoder, _frame);
                if (result < 0)
                {
                    return; // More input, the end, or a damaged packet.
                }

                if (_graph is null)
                {
                    _graph = FilterGraph.Parse(Compose());
                    options.Begun?.Invoke(StartOf(_frame.Pts));
                }

                AvResult.Check(av_buffersrc_add_frame_flags(_graph.Filter(Source), _frame, 0));
                Pull();
            }
        }

        internal void Finish()
        {
            if (_graph is null)
            {
                throw new FFmpegException(FFmpegErrorKind.InvalidData, "No sound could be decoded.");
            }

            AvResult.Check(av_buffersrc_close(_graph.Filter(Source), long.MaxValue, 0));
            Pull();
        }

        public void Dispose()
        {
            _frame.Dispose();
            _graph?.Dispose();
        }

        private void Pull()
        {
            while (FilterGraph.TryPull(_graph!.Filter(Sink), _frame))
            {
                _samples += _frame.Samples;
                if (_samples > (long)options.SecondsMax * options.Output.SampleRate)
                {
                    throw new FFmpegException(FFmpegErrorKind.TooLarge, $"The sound is longer than {options.SecondsMax} seconds.");
                }

                sink(new ReadOnlySpan<float>(_frame.Planes[0], _frame.Samples * options.Output.Channels));
                AvUtil.av_frame_unref(_frame);
            }
        }

        // Rounded down; 0 where the container does not say.
        private long StartOf(long pts) => pts == long.MinValue || tick.Den <= 0
            ? 0
            : (long)Int128.Clamp((Int128)pts * tick.Num * options.Output.SampleRate / tick.Den, -long.MaxValue / 4, long.MaxValue / 4);

        private string Compose()
        {
            var format = Marshal.PtrToStringUTF8((nint)AvUtil.av_get_sample_fmt_name(_frame.Format));
            var (rate, output) = (decoder.GetInt("ar"), options.Output);
            return string.Create(CultureInfo.InvariantCulture,
                $"{Source}=sample_fmt={format}:sample_rate={rate}:channel_layout={Layout()}:time_base=1/{rate},"
                + $"aformat=sample_fmts=flt:sample_rates={output.SampleRate}:channel_layouts={output.Layout},{Sink}");
        }

        // "stereo", "5.1(side)", or "3 channels" where the order is not known; nothing else may enter the text of a graph.
        private string Layout()
        {
            var layout = decoder.GetText("ch_layout");
            if (layout.EndsWith(" channels", StringComparison.Ordinal))
            {
                layout = layout[..layout.IndexOf(' ', StringComparison.Ordinal)] + "c";
            }

            return layout.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '(' or ')' or '+')
                ? layout
                : throw new FFmpegException(FFmpegErrorKind.Unsupported, "The channel layout is not supported.");
        }
    }
}
