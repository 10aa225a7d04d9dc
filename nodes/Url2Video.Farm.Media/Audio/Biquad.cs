namespace Url2Video.Farm.Media.Audio;

/// <summary>A second-order section (direct form I, double, one sample after another). Coefficients after the RBJ cookbook.</summary>
internal struct Biquad
{
    private readonly double _b0, _b1, _b2, _a1, _a2;
    private double _x1, _x2, _y1, _y2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2)
    {
        (_b0, _b1, _b2, _a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);
        (_x1, _x2, _y1, _y2) = (0, 0, 0, 0);
    }

    /// <summary>Second-order high-pass at 48 kHz.</summary>
    internal static Biquad HighPass(double hertz, double q)
    {
        var (sin, cos) = (StrictMath.SinTurns(hertz / 48_000), StrictMath.CosTurns(hertz / 48_000));
        var alpha = sin / (2 * q);
        return new Biquad((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /// <summary>Bell at 48 kHz.</summary>
    /// <param name="decibelHundredths">Gain at the centre.</param>
    internal static Biquad Peak(double hertz, double q, int decibelHundredths)
    {
        var (sin, cos) = (StrictMath.SinTurns(hertz / 48_000), StrictMath.CosTurns(hertz / 48_000));
        var (alpha, a) = (sin / (2 * q), Math.Sqrt(StrictMath.Amplitude(decibelHundredths)));
        return new Biquad(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
    }

    internal double Next(double x)
    {
        var y = _b0 * x + _b1 * _x1 + _b2 * _x2 - _a1 * _y1 - _a2 * _y2;
        (_x2, _x1, _y2, _y1) = (_x1, x, _y1, y);
        return y;
    }
}
