namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>
/// A decaying sine by a rotation a sample: two multiplications for each of its parts, no transcendental function after the start.
/// </summary>
internal struct Resonator
{
    private readonly double _cos;
    private readonly double _sin;
    private readonly double _decay;
    private double _x;
    private double _y;

    /// <param name="hertz">At 48 kHz.</param>
    /// <param name="decibelPerSecond">How fast it dies, positive.</param>
    internal Resonator(double hertz, double decibelPerSecond, double amplitude)
    {
        (_cos, _sin) = (StrictMath.CosTurns(hertz / 48_000), StrictMath.SinTurns(hertz / 48_000));
        _decay = DecayPerSample(decibelPerSecond);
        (_x, _y) = (amplitude, 0);
    }

    internal double Next()
    {
        (_x, _y) = (_decay * (_x * _cos - _y * _sin), _decay * (_x * _sin + _y * _cos));
        return _y;
    }

    /// <summary>The factor that, applied 48000 times, takes so many decibels; a series, so that it has the same bits everywhere.</summary>
    internal static double DecayPerSample(double decibelPerSecond)
    {
        // e^x for tiny x: four terms leave less than 1e-16.
        var x = -decibelPerSecond * 0.11512925464970228 / 48_000;
        return 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4)));
    }
}
