namespace Url2Video.Farm.Media.Audio.Narration;

/// <summary>
/// Automatic gain: loud and quiet sentences come to one level. It looks both ways in time, so it never lags, and holds still in
/// pauses, so it never lifts the room between the words.
/// </summary>
internal static class Leveller
{
    /// <summary>A quarter of a second to each side: syllables average out, sentences do not.</summary>
    private const int LevelSteps = 250;

    /// <summary>Half a second to each side: the gain itself moves slowly.</summary>
    private const int GainSteps = 500;

    /// <summary>Quieter than this under the loudest half second is a pause.</summary>
    private const int PauseDecibelHundredths = -3_000;

    /// <param name="samples">Mono at 48 kHz; replaced.</param>
    /// <param name="rangeDecibelHundredths">The most that is given or taken.</param>
    internal static void Apply(double[] samples, int rangeDecibelHundredths)
    {
        if (samples.Length == 0)
        {
            return;
        }

        var levels = Running(GainCurve.Energies(samples), LevelSteps);
        var pause = levels.Max() * StrictMath.TenToTenThousandths(10 * PauseDecibelHundredths);
        var (sum, count) = (0.0, 0);
        foreach (var level in levels.Where(l => l > pause))
        {
            (sum, count) = (sum + level, count + 1);
        }

        if (count == 0)
        {
            return;
        }

        var (wanted, largest) = (sum / count, StrictMath.Amplitude(rangeDecibelHundredths));
        var gains = Running(Held(levels, pause, wanted, largest), GainSteps);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] *= GainCurve.At(gains, i);
        }
    }

    /// <summary>What each moment needs; a pause keeps what the speech before it needed, the first one what comes.</summary>
    private static double[] Held(double[] levels, double pause, double wanted, double largest)
    {
        var result = new double[levels.Length];
        var last = Need(levels.First(l => l > pause));
        for (var i = 0; i < levels.Length; i++)
        {
            last = levels[i] > pause ? Need(levels[i]) : last;
            result[i] = last;
        }

        return result;

        double Need(double level) => Math.Clamp(Math.Sqrt(wanted / level), 1 / largest, largest);
    }

    /// <summary>Mean over a centred window by running sums in whole numbers, which do not drift.</summary>
    private static double[] Running(double[] values, int reach)
    {
        const double Scale = 1L << 40;
        var sums = new Int128[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + (Int128)Math.Round(values[i] * Scale);
        }

        var result = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (from, until) = (Math.Max(0, i - reach), Math.Min(values.Length, i + reach + 1));
            result[i] = (double)(sums[until] - sums[from]) / (until - from) / Scale;
        }

        return result;
    }
}
