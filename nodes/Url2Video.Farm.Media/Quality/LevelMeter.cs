using System.Collections.Immutable;
using Url2Video.Farm.Media.Audio;

namespace Url2Video.Farm.Media.Quality;

/// <summary>Levels and clipping of stereo sound that comes piece by piece.</summary>
internal sealed class LevelMeter(int blockSamples)
{
    /// <summary>Full scale, less what a coder's rounding may take.</summary>
    private const float Full = 0.9999f;

    private readonly ImmutableArray<int>.Builder _levels = ImmutableArray.CreateBuilder<int>();
    private readonly ClipCounter _left = new(), _right = new();
    private double _energy;
    private int _inBlock;

    /// <summary>So far.</summary>
    public long Samples { get; private set; }

    /// <param name="samples">Interleaved, a whole number of frames.</param>
    public void Add(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i + 1 < samples.Length; i += 2)
        {
            _energy += ((double)samples[i] * samples[i]) + ((double)samples[i + 1] * samples[i + 1]);
            _left.Add(Math.Abs(samples[i]) >= Full, Samples);
            _right.Add(Math.Abs(samples[i + 1]) >= Full, Samples++);
            if (++_inBlock == blockSamples)
            {
                Close();
            }
        }
    }

    public TrackLevels End()
    {
        if (_inBlock > 0)
        {
            Close();
        }

        var first = Math.Min(_left.First, _right.First);
        return new TrackLevels(_levels.ToImmutable(), _left.Runs + _right.Runs, first == long.MaxValue ? -1 : first);
    }

    private void Close()
    {
        var rms = Math.Sqrt(_energy / (2 * _inBlock));
        _levels.Add(rms <= 1e-6 ? SoundMeter.LevelMin : Math.Max(SoundMeter.LevelMin, StrictMath.DecibelHundredths(rms)));
        (_energy, _inBlock) = (0, 0);
    }
}
