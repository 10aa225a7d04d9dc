namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// One mono signal through a <see cref="HeadFilter"/>, block after block. It is given its input so many samples ahead as the
/// filter delays, and its output is in time.
/// </summary>
internal sealed class HeadStream(HeadFilter filter)
{
    private const int BlockFrames = ScratchSamples.BlockFrames;
    private readonly int _past = filter.Taps - 1;
    private readonly double[] _input = new double[filter.Taps - 1 + BlockFrames];
    private readonly double[] _output = new double[BlockFrames];

    internal int LeadSamples => filter.LeadSamples;

    /// <summary>The first <see cref="LeadSamples"/> of the signal, before any block.</summary>
    internal void Prime(ReadOnlySpan<int> mono) => Shift(mono);

    /// <summary>Adds the next samples to <paramref name="stereo"/>.</summary>
    /// <param name="mono">The signal from <see cref="LeadSamples"/> ahead on.</param>
    internal void AddTo(ReadOnlySpan<int> mono, Span<int> stereo)
    {
        for (var at = 0; at < mono.Length; at += BlockFrames)
        {
            var part = mono.Slice(at, Math.Min(BlockFrames, mono.Length - at));
            for (var i = 0; i < part.Length; i++)
            {
                _input[_past + i] = part[i];
            }

            AddEar(filter.Left, part.Length, stereo[(2 * at)..]);
            AddEar(filter.Right, part.Length, stereo[(2 * at + 1)..]);
            _input.AsSpan(part.Length, _past).CopyTo(_input);
        }
    }

    private void AddEar(double[] taps, int frames, Span<int> every2nd)
    {
        var output = _output.AsSpan(0, frames);
        Convolution.Run(taps, _input.AsSpan(0, _past + frames), output);
        for (var i = 0; i < frames; i++)
        {
            every2nd[2 * i] += (int)Math.Round(output[i]);
        }
    }

    private void Shift(ReadOnlySpan<int> mono)
    {
        for (var i = 0; i < mono.Length; i++)
        {
            _input[_past + i] = mono[i];
        }

        _input.AsSpan(mono.Length, _past).CopyTo(_input);
    }
}
