namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// Mono 16-bit sound to 48 kHz by an integer polyphase filter. Coefficients are whole numbers and sums are exact, so
/// the result is the same on every CPU (swr and soxr differ with the SIMD level). Immutable after construction.
/// </summary>
internal sealed class Resampler
{
    /// <summary>±16 periods of the input's rate: transition band of about 6 % of it.</summary>
    private const int Taps = 64;
    private const int CoefficientBits = 24;
    private readonly int _up;
    private readonly int _down;
    private readonly int[] _table;

    /// <param name="rateHertz">Input rate, 8,000..48,000.</param>
    internal Resampler(int rateHertz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rateHertz, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rateHertz, 48_000);
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(48_000, rateHertz);
        (_up, _down) = (48_000 / divisor, rateHertz / divisor);
        _table = new int[_up * Taps];
        for (var phase = 0; phase < _up; phase++)
        {
            // 0.46 of the input rate: the filter is down 80 dB where images begin.
            var taps = KaiserSinc.Phase(phase, _up, Taps, 0.46);
            for (var k = 0; k < Taps; k++)
            {
                _table[phase * Taps + k] = (int)Math.Round(taps[k] * (1 << CoefficientBits));
            }
        }
    }

    /// <summary>Place on the 48 kHz clock of an input sample, rounded down.</summary>
    internal long Map(long sample) => sample * _up / _down;

    /// <summary>Output length is <see cref="Map"/> of the input length; the delay of the filter is compensated.</summary>
    internal short[] Run(ReadOnlySpan<short> input)
    {
        var padded = new short[input.Length + 2 * Taps];
        input.CopyTo(padded.AsSpan(Taps));
        var output = new short[Map(input.Length)];
        for (long n = 0; n < output.Length; n++)
        {
            var position = n * _down;
            var (at, phase) = ((int)(position / _up), (int)(position % _up));
            var window = padded.AsSpan(Taps + at - Taps / 2 + 1, Taps);
            var coefficients = _table.AsSpan(phase * Taps, Taps);
            long sum = 1L << (CoefficientBits - 1);
            for (var k = 0; k < Taps; k++)
            {
                sum += (long)window[k] * coefficients[k];
            }

            output[n] = (short)Math.Clamp(sum >> CoefficientBits, short.MinValue, short.MaxValue);
        }

        return output;
    }
}
