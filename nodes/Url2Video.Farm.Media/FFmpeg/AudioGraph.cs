using System.Globalization;
using System.Text;
using static Url2Video.Farm.Media.FFmpeg.AvFilter;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// A libavfilter graph over sound: one or more inputs, one output, in bounded pieces. Not thread-safe; deterministic
/// (one thread, fixed piece size).
/// </summary>
/// <remarks>
/// In the text, inputs are the labels <c>[in0]</c>, <c>[in1]</c>, ... and the output is <c>[out]</c>. A text without labels
/// is a chain from the one input to the output. Texts come from code, never from users. A mono signal that reaches a stereo
/// output is spread with equal power, 3 dB lower in each channel, as the libraries do; <c>pan=stereo|c0=c0|c1=c0</c> keeps it.
/// </remarks>
public sealed unsafe class AudioGraph : IDisposable
{
    private const string SinkName = "abuffersink@farm";
    private readonly FilterGraph _graph;
    private readonly AvFrame _frame;
    private readonly PcmFrameSource?[] _sources;
    private readonly nint[] _inputs;
    private readonly AudioFormat[] _formats;
    private readonly bool[] _isEnded;

    private AudioGraph(string text, AudioFormat output, AudioFormat[] inputs, string sampleFormat)
    {
        output.Validated();
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Length, nameof(inputs));
        (Output, _formats, _isEnded) = (output, inputs, new bool[inputs.Length]);
        _graph = FilterGraph.Parse(Compose(text, output, inputs, sampleFormat));
        _frame = AvFrame.Allocate();
        _inputs = new nint[inputs.Length];
        _sources = new PcmFrameSource[inputs.Length];
        try
        {
            Sink = _graph.Filter(SinkName);
            for (var i = 0; i < inputs.Length; i++)
            {
                _inputs[i] = _graph.Filter(InputName(i));
                _sources[i] = new PcmFrameSource(inputs[i]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public AudioFormat Output { get; }

    /// <summary>Called with each piece of output; the samples are gone when it returns.</summary>
    public delegate void SampleSink(ReadOnlySpan<float> samples);

    /// <summary>Called with each frame of output, in the sample format the graph was opened with.</summary>
    internal delegate void FrameSink(AvFrame frame);

    private nint Sink { get; }

    /// <exception cref="FFmpegException">NotFound for an unknown filter or option, Other for a text that does not parse.</exception>
    public static AudioGraph Open(string text, AudioFormat output, params AudioFormat[] inputs) =>
        OpenAs("flt", text, output, inputs);

    /// <param name="sampleFormat">What the frames of <see cref="Pull(FrameSink)"/> hold, e.g. <c>fltp</c>.</param>
    internal static AudioGraph OpenAs(string sampleFormat, string text, AudioFormat output, params AudioFormat[] inputs) =>
        new(text, output, inputs, sampleFormat);

    /// <summary>Runs clips through a graph; the result has the most channels of any input, at 48 kHz, interleaved.</summary>
    /// <exception cref="FFmpegException">The graph is not valid, or failed.</exception>
    public static float[] Run(string text, params AudioClip[] inputs) =>
        Run(text, new AudioFormat(inputs.Max(c => c.Channels)), inputs);

    /// <inheritdoc cref="Run(string, AudioClip[])"/>
    /// <param name="output">Channels and rate of the result.</param>
    public static float[] Run(string text, AudioFormat output, params AudioClip[] inputs)
    {
        var result = new SampleBuffer(ExpectedSamples(output, inputs));
        Run(text, output, inputs, result.Append);
        return result.ToArray();
    }

    /// <summary>As <see cref="Run(string, AudioClip[])"/>, but piece by piece: memory does not grow with the length.</summary>
    public static void Run(string text, AudioFormat output, AudioClip[] inputs, SampleSink sink)
    {
        using var graph = Open(text, output, [.. inputs.Select(c => c.Format)]);
        var offsets = new int[inputs.Length];
        while (graph.NextInput() is >= 0 and var i)
        {
            var count = Math.Min(PcmFrameSource.FrameSamplesMax, inputs[i].Frames - offsets[i]);
            graph.Push(i, inputs[i].Samples.Span.Slice(offsets[i] * inputs[i].Channels, count * inputs[i].Channels));
            offsets[i] += count;
            if (offsets[i] == inputs[i].Frames)
            {
                graph.End(i);
            }

            graph.Pull(sink);
        }

        graph.Pull(sink);
    }

    /// <summary>Gives one input more sound. Feed the inputs evenly: the graph keeps what it cannot use yet.</summary>
    /// <param name="samples">Interleaved; any length.</param>
    public void Push(int input, ReadOnlySpan<float> samples)
    {
        var step = PcmFrameSource.FrameSamplesMax * _formats[input].Channels;
        for (var at = 0; at < samples.Length; at += step)
        {
            _sources[input]!.Fill(_frame, samples.Slice(at, Math.Min(step, samples.Length - at)));
            AvResult.Check(av_buffersrc_add_frame_flags(_inputs[input], _frame, 0));
        }
    }

    /// <summary>No more will come on this input.</summary>
    public void End(int input)
    {
        if (!_isEnded[input])
        {
            _isEnded[input] = true;
            AvResult.Check(av_buffersrc_close(_inputs[input], _sources[input]!.Position, 0));
        }
    }

    /// <summary>Takes all the output there is by now.</summary>
    public void Pull(SampleSink sink) =>
        Pull(frame => sink(new ReadOnlySpan<float>(frame.Planes[0], frame.Samples * Output.Channels)));

    /// <summary>Makes every frame of output this long; the last may be shorter.</summary>
    internal void SetFrameSamples(int samples) => av_buffersink_set_frame_size(Sink, (uint)samples);

    internal void Pull(FrameSink sink)
    {
        while (FilterGraph.TryPull(Sink, _frame))
        {
            sink(_frame);
            AvUtil.av_frame_unref(_frame);
        }
    }

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source?.Dispose(); // Null where opening failed half way.
        }

        _frame.Dispose();
        _graph.Dispose();
    }

    /// <summary>The input that is furthest behind in time and not ended, or −1: feeding it next keeps queues short.</summary>
    private int NextInput()
    {
        var next = -1;
        for (var i = 0; i < _sources.Length; i++)
        {
            if (!_isEnded[i] && (next < 0 || IsBehind(i, next)))
            {
                next = i;
            }
        }

        return next;
    }

    // Cross-multiplied, so that different sample rates compare exactly.
    private bool IsBehind(int left, int right) =>
        (Int128)_sources[left]!.Position * _formats[right].SampleRate < (Int128)_sources[right]!.Position * _formats[left].SampleRate;

    private static string InputName(int index) => string.Create(CultureInfo.InvariantCulture, $"abuffer@farm{index}");

    private static int ExpectedSamples(AudioFormat output, AudioClip[] inputs)
    {
        var frames = inputs.Max(c => ((long)c.Frames * output.SampleRate + c.SampleRate - 1) / c.SampleRate);
        return (int)Math.Min(Array.MaxLength, frames * output.Channels);
    }

    private static string Compose(string text, AudioFormat output, AudioFormat[] inputs, string sampleFormat)
    {
        var graph = new StringBuilder();
        for (var i = 0; i < inputs.Length; i++)
        {
            var format = inputs[i].Validated();
            graph.Append(CultureInfo.InvariantCulture,
                $"{InputName(i)}=sample_fmt=flt:sample_rate={format.SampleRate}:channel_layout={format.Layout}");
            graph.Append(CultureInfo.InvariantCulture, $":time_base=1/{format.SampleRate}[in{i}];");
        }

        var isChain = !text.Contains("[in0]", StringComparison.Ordinal);
        graph.Append(isChain ? "[in0]" : "").Append(text).Append(isChain ? "[out];" : ";");
        graph.Append(CultureInfo.InvariantCulture,
            $"[out]aformat=sample_fmts={sampleFormat}:sample_rates={output.SampleRate}:channel_layouts={output.Layout},{SinkName}");
        return graph.ToString();
    }
}
