namespace Url2Video.Farm.Media.Audio.Narration;

/// <summary>
/// Louder syllables come nearer to the quieter ones. Threshold relative to the recording's own loudness, a soft knee, the gain
/// ready before the sound it is for. Levels in whole hundredths of a decibel.
/// </summary>
internal static class Compressor
{
    private const int KneeHundredths = 600;

    /// <summary>The threshold lies this much under the level of speech: vowels are above it, ends of words are not.</summary>
    private const int UnderSpeechHundredths = 600;

    /// <summary>3 ms to each side.</summary>
    private const int LevelSteps = 3;

    /// <summary>How fast the gain comes back: so many hundredths of a decibel a millisecond.</summary>
    private const int ReleaseHundredths = 12;

    /// <param name="samples">Mono at 48 kHz; replaced.</param>
    /// <param name="ratioTenths">25 is 2.5 : 1.</param>
    internal static void Apply(double[] samples, int ratioTenths)
    {
        if (samples.Length == 0)
        {
            return;
        }

        var energies = GainCurve.Energies(samples);
        var threshold = Threshold(energies);
        var levels = GainCurve.Centred(energies, LevelSteps);
        var cuts = new int[levels.Length];
        for (var i = 0; i < cuts.Length; i++)
        {
            cuts[i] = Cut(StrictMath.DecibelHundredths(Math.Sqrt(levels[i])) - threshold, ratioTenths);
        }

        Release(cuts);
        var gains = new double[cuts.Length];
        for (var i = 0; i < gains.Length; i++)
        {
            gains[i] = StrictMath.Amplitude(-cuts[i]);
        }

        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] *= GainCurve.At(gains, i);
        }
    }

    /// <summary>From the level of speech itself: the mean of what is within 20 dB of the mean.</summary>
    private static int Threshold(double[] energies)
    {
        var mean = energies.Sum() / energies.Length;
        var spoken = energies.Where(e => e > mean / 100).ToArray();
        return spoken.Length == 0 ? 0 : StrictMath.DecibelHundredths(Math.Sqrt(spoken.Sum() / spoken.Length)) - UnderSpeechHundredths;
    }

    /// <summary>Hundredths to take off at so many hundredths over the threshold; a parabola within the knee.</summary>
    internal static int Cut(int over, int ratioTenths)
    {
        var full = over <= -KneeHundredths ? 0 : over >= KneeHundredths ? over : (over + KneeHundredths) * (over + KneeHundredths) / (4 * KneeHundredths);
        return full - full * 10 / ratioTenths;
    }

    private static void Release(int[] cuts)
    {
        for (var i = 1; i < cuts.Length; i++)
        {
            cuts[i] = Math.Max(cuts[i], cuts[i - 1] - ReleaseHundredths);
        }
    }
}
