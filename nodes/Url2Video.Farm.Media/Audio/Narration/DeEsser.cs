namespace Url2Video.Farm.Media.Audio.Narration;

/// <summary>Takes the edge off s and sh: when most of a moment's sound is hiss, the band above 5 kHz steps back.</summary>
internal static class DeEsser
{
    private const double Hertz = 5_000;

    /// <summary>2 ms to each side.</summary>
    private const int LevelSteps = 2;

    /// <summary>Hiss with this share of a moment's energy is a sibilant…</summary>
    private const double Share = 0.35;

    /// <summary>…if it is not quieter than this part of the mean: breath is no sibilant.</summary>
    private const double Quiet = 0.1;

    /// <param name="samples">Mono at 48 kHz; replaced.</param>
    /// <param name="depthDecibelHundredths">The most the band steps back, positive.</param>
    internal static void Apply(double[] samples, int depthDecibelHundredths)
    {
        if (samples.Length == 0)
        {
            return;
        }

        var high = HighBand(samples);
        var all = GainCurve.Centred(GainCurve.Energies(samples), LevelSteps);
        var hiss = GainCurve.Centred(GainCurve.Energies(high), LevelSteps);
        var mean = all.Sum() / all.Length;
        var least = StrictMath.Amplitude(-depthDecibelHundredths);
        var gains = new double[all.Length];
        for (var i = 0; i < gains.Length; i++)
        {
            var share = all[i] <= Quiet * mean ? 0 : Math.Min(1, hiss[i] / all[i]);
            gains[i] = share <= Share ? 1 : Math.Max(least, Math.Sqrt(Share * (1 - share) / (share * (1 - Share) + 1e-12)));
        }

        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] += (GainCurve.At(gains, i) - 1) * high[i];
        }
    }

    /// <summary>Forwards and backwards, so that what is taken off is in step with what it is taken off from.</summary>
    private static double[] HighBand(double[] samples)
    {
        var result = new double[samples.Length];
        var forward = Biquad.HighPass(Hertz, 0.7071);
        for (var i = 0; i < samples.Length; i++)
        {
            result[i] = forward.Next(samples[i]);
        }

        var backward = Biquad.HighPass(Hertz, 0.7071);
        for (var i = samples.Length - 1; i >= 0; i--)
        {
            result[i] = backward.Next(result[i]);
        }

        return result;
    }
}
