namespace Url2Video.Farm.Media.Audio.Loudness;

/// <summary>
/// The peak of the wave between the samples (ITU-R BS.1770-4 annex 2): four times oversampling by a polyphase filter,
/// one channel, streamed. Answers are <see cref="DelaySamples"/> late.
/// </summary>
internal sealed class TruePeak
{
    internal const int Oversampling = 4;
    internal const int Taps = 24;

    /// <summary>The value returned for the n-th sample covers the time from sample n − this to the one after it.</summary>
    internal const int DelaySamples = Taps / 2;
    private static readonly double[][] Phases = [.. Enumerable.Range(1, Oversampling - 1).Select(p => KaiserSinc.Phase(p, Oversampling, Taps, 0.5))];

    /// <summary>No interpolated value exceeds the window's largest sample by more than a phase's absolute sum.</summary>
    private static readonly double OvershootMax = Phases.Max(p => p.Sum(Math.Abs));

    /// <summary>Twice the taps, written twice, so that a window is always contiguous.</summary>
    private readonly double[] _history = new double[2 * Taps];
    private int _at;
    private double _loudest;
    private int _quietFor = Taps;

    /// <summary>Largest magnitude so far.</summary>
    internal double Largest { get; private set; }

    /// <summary>Feeds one sample and returns the peak magnitude between sample n − delay and the next.</summary>
    /// <param name="floor">Peaks that cannot exceed this are not worth computing; their plain sample value is returned.</param>
    internal double Next(double x, double floor)
    {
        _history[_at] = x;
        _history[_at + Taps] = x;
        _at = _at + 1 == Taps ? 0 : _at + 1;
        Track(Math.Abs(x));
        var window = _history.AsSpan(_at, Taps);
        var peak = Math.Abs(window[Taps / 2 - 1]);
        if (_loudest * OvershootMax > floor)
        {
            foreach (var phase in Phases)
            {
                var sum = 0.0;
                for (var k = 0; k < Taps; k++)
                {
                    sum += phase[k] * window[k];
                }

                peak = Math.Max(peak, Math.Abs(sum));
            }
        }

        Largest = Math.Max(Largest, peak);
        return peak;
    }

    /// <summary>An upper bound of the window's largest sample: renewed when a louder one comes, or forgotten when it has left.</summary>
    private void Track(double magnitude)
    {
        if (magnitude >= _loudest)
        {
            (_loudest, _quietFor) = (magnitude, 0);
        }
        else if (++_quietFor >= Taps)
        {
            _loudest = 0;
            for (var k = 0; k < Taps; k++)
            {
                _loudest = Math.Max(_loudest, Math.Abs(_history[k]));
            }

            _quietFor = 0;
        }
    }
}
