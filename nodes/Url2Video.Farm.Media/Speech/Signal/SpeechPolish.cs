using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Loudness;

namespace Url2Video.Farm.Media.Speech.Signal;

/// <summary>
/// What makes narrowband synthesis sit well in a film: rumble and offset out, a little presence, and a common level.
/// Strictly ordered arithmetic, so the same clip gives the same bytes everywhere.
/// </summary>
internal static class SpeechPolish
{
    /// <summary>A clip alone, as mono. Played on both channels it is 3 LU louder.</summary>
    internal const int LevelLufsHundredths = -2_000;

    /// <summary>Half a decibel below full scale.</summary>
    private const int PeakDecibelHundredths = -50;

    internal static void Apply(Span<short> pcm)
    {
        Level(Filter(pcm), pcm);
    }

    /// <summary>Only the common level, for what has been filtered or must not be.</summary>
    internal static void Level(double[] samples, Span<short> pcm)
    {
        var gain = Gain(samples);
        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = (short)Math.Clamp(Math.Round(samples[i] * gain * 32_768), short.MinValue, short.MaxValue);
        }
    }

    private static double[] Filter(ReadOnlySpan<short> pcm)
    {
        var rumble = Biquad.HighPass(70, 0.7071);
        var presence = Biquad.Peak(2_800, 0.9, 300);
        var result = new double[pcm.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = presence.Next(rumble.Next(pcm[i] / 32_768.0));
        }

        return result;
    }

    private static double Gain(double[] samples)
    {
        var meter = new IntegratedLoudness(1);
        meter.Add(samples);
        // A clip shorter than one 400 ms block is measured as if it were followed by itself.
        for (var repeats = 0; repeats < 8 && samples.Length is > 0 and < 19_200; repeats++)
        {
            meter.Add(samples);
        }

        var energy = meter.GatedEnergy();
        var peak = 0.0;
        foreach (var sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample));
        }

        if (energy == 0 || peak == 0)
        {
            return 1;
        }

        return Math.Min(Math.Sqrt(LoudnessUnits.Energy(LevelLufsHundredths) / energy), StrictMath.Amplitude(PeakDecibelHundredths) / peak);
    }
}
