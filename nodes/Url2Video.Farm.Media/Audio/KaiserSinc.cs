namespace Url2Video.Farm.Media.Audio;

/// <summary>Windowed-sinc low-pass prototypes for polyphase filters, computed once by <see cref="StrictMath"/>.</summary>
internal static class KaiserSinc
{
    /// <summary>About 80 dB of stop band.</summary>
    private const double Beta = 8.0;

    /// <summary>
    /// Coefficients of phase <paramref name="phase"/> of <paramref name="phases"/>: tap k weighs the input sample at
    /// k − taps/2 + 1 relative to the output's place, whose fraction is phase/phases. They sum to 1.
    /// </summary>
    /// <param name="cutoff">Of the input's rate, 0..0.5.</param>
    internal static double[] Phase(int phase, int phases, int taps, double cutoff)
    {
        var result = new double[taps];
        var fraction = (double)phase / phases;
        var sum = 0.0;
        for (var k = 0; k < taps; k++)
        {
            var distance = k - taps / 2 + 1 - fraction;
            var inWindow = distance / (taps / 2.0);
            var window = Math.Abs(inWindow) >= 1 ? 0 : StrictMath.BesselI0(Beta * Math.Sqrt(1 - inWindow * inWindow));
            var turns = cutoff * distance;
            var sinc = turns == 0 ? 1.0 : StrictMath.SinTurns(turns) / (turns * 6.283185307179586477);
            result[k] = window * sinc;
            sum += result[k];
        }

        for (var k = 0; k < taps; k++)
        {
            result[k] /= sum;
        }

        return result;
    }
}
