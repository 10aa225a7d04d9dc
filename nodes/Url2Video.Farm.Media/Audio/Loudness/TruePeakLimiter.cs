namespace Url2Video.Farm.Media.Audio.Loudness;

/// <summary>
/// A look-ahead limiter on true peaks, stereo-linked. The gain a peak needs is held over the look-ahead, recovers
/// exponentially, and is averaged over the look-ahead, so the gain is smooth and never above what the peak needs.
/// Gains are integers (2³⁰ is 1), so running sums are exact. Output is <see cref="LatencyFrames"/> late.
/// </summary>
internal sealed class TruePeakLimiter(double ceiling)
{
    /// <summary>5 ms.</summary>
    private const int LookAhead = 240;
    private const long One = 1L << 30;

    /// <summary>Recovers 63 % in 2¹³ samples, 170 ms: slow enough not to distort, fast enough not to dip words.</summary>
    private const int ReleaseShift = 13;

    /// <summary>The interpolator sees a peak between two samples, so one more sample is held.</summary>
    private const int Hold = LookAhead + 1;

    internal const int LatencyFrames = LookAhead + TruePeak.DelaySamples;
    private readonly TruePeak _left = new();
    private readonly TruePeak _right = new();
    private readonly double[] _delayed = new double[2 * (LatencyFrames + 1)];
    private readonly long[] _gains = FilledWithOne();
    private readonly SlidingMinimum _needed = new(Hold + 1);
    private long _gain = One;
    private long _sum = One * LookAhead;
    private int _delayAt;
    private int _gainAt;

    /// <summary>Largest reduction so far: the smallest gain applied, 1 for none.</summary>
    internal double SmallestGain { get; private set; } = 1;

    internal (double Left, double Right) Next(double left, double right)
    {
        var peak = Math.Max(_left.Next(left, ceiling), _right.Next(right, ceiling));
        var needs = peak <= ceiling ? One : (long)(ceiling / peak * One);
        var held = _needed.Next(needs);
        _gain = Math.Min(held, _gain + ((One - _gain) >> ReleaseShift));
        _sum += _gain - _gains[_gainAt];
        _gains[_gainAt] = _gain;
        _gainAt = _gainAt + 1 == LookAhead ? 0 : _gainAt + 1;

        _delayed[_delayAt] = left;
        _delayed[_delayAt + 1] = right;
        _delayAt = _delayAt + 2 == _delayed.Length ? 0 : _delayAt + 2;
        var gain = _sum / ((double)LookAhead * One);
        SmallestGain = Math.Min(SmallestGain, gain);
        return (_delayed[_delayAt] * gain, _delayed[_delayAt + 1] * gain);
    }

    private static long[] FilledWithOne()
    {
        var gains = new long[LookAhead];
        gains.AsSpan().Fill(One);
        return gains;
    }
}
