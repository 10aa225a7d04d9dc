namespace Url2Video.Farm.Media.Audio.Narration;

/// <summary>
/// The noise of a recording, bin by bin: the level that one moment in twenty stays under is what is there when nobody speaks.
/// Levels are counted in classes of an eighth of an octave, so memory does not grow with the recording.
/// </summary>
internal sealed class NoiseFloor(int bins)
{
    /// <summary>Exponent and the three highest bits of the mantissa of a float: monotone in its value.</summary>
    private const int Shift = 20;
    private const int Classes = 1 << (31 - Shift);

    /// <summary>Moments that are noise for sure, in hundredths: even fluent speech has more pauses. More of them would take vowels for noise.</summary>
    private const int QuantilePercent = 5;

    /// <summary>That quantile of smoothed noise power lies this much under its mean (measured on white noise, smoothing 0.8).</summary>
    private const double Bias = 2.4;
    private readonly int[] _counts = new int[bins * Classes];
    private readonly double[] _smooth = new double[bins];
    private int _frames;

    internal void Add(ReadOnlySpan<double> power)
    {
        for (var k = 0; k < bins; k++)
        {
            _smooth[k] = _frames == 0 ? power[k] : 0.8 * _smooth[k] + 0.2 * power[k];
            _counts[k * Classes + (BitConverter.SingleToInt32Bits((float)_smooth[k]) >> Shift)]++;
        }

        _frames++;
    }

    /// <summary>Mean noise power of each bin; 0 where there is digital silence.</summary>
    internal double[] Estimate()
    {
        var result = new double[bins];
        for (var k = 0; k < bins && _frames > 0; k++)
        {
            var left = Math.Max(1, _frames * QuantilePercent / 100);
            var at = 0;
            while (at < Classes - 1 && (left -= _counts[k * Classes + at]) > 0)
            {
                at++;
            }

            // The middle of the class.
            result[k] = at == 0 ? 0 : Bias * BitConverter.Int32BitsToSingle((at << Shift) | (1 << (Shift - 1)));
        }

        return result;
    }
}
