namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>What all effects have in common: they begin and end in silence and have a known peak.</summary>
internal static class EffectShape
{
    /// <summary>A quarter of a millisecond: still a stroke, no longer a step.</summary>
    private const int AttackSamples = 12;

    /// <summary>10 ms.</summary>
    private const int ReleaseSamples = 480;

    /// <summary>Smooths the ends, takes out the offset and scales the peak.</summary>
    /// <param name="peakDecibelHundredths">Of full scale.</param>
    internal static int[] Finish(double[] samples, int peakDecibelHundredths)
    {
        var mean = samples.Average();
        var largest = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (samples[i] - mean) * Weight(i, samples.Length);
            largest = Math.Max(largest, Math.Abs(samples[i]));
        }

        var scale = largest == 0 ? 0 : StrictMath.Amplitude(peakDecibelHundredths) / largest * ScratchSamples.FullScale;
        return [.. samples.Select(s => (int)Math.Round(s * scale))];
    }

    /// <summary>0 → 1 → 0 over a length, slow at both ends.</summary>
    internal static double Hump(double t) => t <= 0 || t >= 1 ? 0 : 16 * t * t * (1 - t) * (1 - t);

    private static double Weight(int at, int length) => Math.Min(Smooth((double)at / AttackSamples), Smooth((double)(length - 1 - at) / ReleaseSamples));

    private static double Smooth(double t) => t >= 1 ? 1 : t * t * (3 - 2 * t);
}
