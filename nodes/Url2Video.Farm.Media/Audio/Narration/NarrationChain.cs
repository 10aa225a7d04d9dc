namespace Url2Video.Farm.Media.Audio.Narration;

/// <summary>How hard a recording is worked on.</summary>
public enum Enhancement
{
    Off,
    Light,
    Standard,
    Aggressive,
}

/// <summary>
/// The stages between a recording and the mix: rumble, noise, level, sibilants, dynamics. None of them delays the sound by a sample,
/// and the same recording gives the same bits on every machine.
/// </summary>
internal static class NarrationChain
{
    /// <param name="samples">Mono at 48 kHz, ±1; replaced.</param>
    internal static void Apply(double[] samples, Enhancement enhancement)
    {
        switch (enhancement)
        {
            case Enhancement.Off:
                return;
            case Enhancement.Light:
                HighPass(samples);
                Denoiser.Apply(samples, 900, 1);
                Leveller.Apply(samples, 400);
                return;
            case Enhancement.Standard:
                HighPass(samples);
                Denoiser.Apply(samples, 1_500, 1);
                Leveller.Apply(samples, 800);
                DeEsser.Apply(samples, 600);
                Compressor.Apply(samples, 25);
                return;
            default:
                HighPass(samples);
                Denoiser.Apply(samples, 2_400, 1.1);
                Leveller.Apply(samples, 1_200);
                DeEsser.Apply(samples, 900);
                Compressor.Apply(samples, 40);
                return;
        }
    }

    private static void HighPass(double[] samples)
    {
        var (first, second) = (Biquad.HighPass(75, 0.5412), Biquad.HighPass(75, 1.3066));
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = second.Next(first.Next(samples[i]));
        }
    }
}
