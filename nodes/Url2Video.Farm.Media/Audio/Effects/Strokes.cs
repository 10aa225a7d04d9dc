namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>Short hits: typewriter key, switch, bubble, deep hit.</summary>
internal static class Strokes
{
    /// <summary>A type bar on paper over a roll of rubber: a burst of noise, two metal tones, a low knock; the key lets go 45 ms later.</summary>
    internal static double[] Key(ulong seed)
    {
        var noise = new Noise(seed);
        var tune = noise.Between(0.92, 1.08);
        var (high, metal, knock) = (new Resonator(3_900 * tune, 900, 0.35), new Resonator(2_350 * tune, 700, 0.5), new Resonator(190 * tune, 420, 0.7));
        var (burst, fade) = (0.9, Resonator.DecayPerSample(2_400));
        var release = (int)(2_160 * noise.Between(0.9, 1.1));
        var result = new double[4_320];
        for (var i = 0; i < result.Length; i++)
        {
            burst = i == release ? burst + 0.3 : burst * fade;
            result[i] = burst * noise.Next() + high.Next() + metal.Next() + knock.Next();
        }

        return result;
    }

    internal static double[] Click(ulong seed)
    {
        var noise = new Noise(seed);
        var tune = noise.Between(0.95, 1.05);
        var (a, b) = (new Resonator(2_100 * tune, 1_600, 1), new Resonator(4_700 * tune, 2_200, 0.5));
        var (burst, fade) = (0.6, Resonator.DecayPerSample(5_000));
        var result = new double[1_920];
        for (var i = 0; i < result.Length; i++)
        {
            burst *= fade;
            result[i] = a.Next() + b.Next() + burst * noise.Next();
        }

        return result;
    }

    /// <summary>A tone that rises as the bubble closes.</summary>
    internal static double[] Pop(ulong seed)
    {
        var noise = new Noise(seed);
        var tune = noise.Between(0.9, 1.15);
        var (phase, level, fade) = (0.0, 1.0, Resonator.DecayPerSample(420));
        var result = new double[5_760];
        for (var i = 0; i < result.Length; i++)
        {
            var t = (double)i / result.Length;
            phase += 380 * tune * (1 + 2.2 * t) / 48_000;
            level *= fade;
            result[i] = level * StrictMath.SinTurns(phase);
        }

        return result;
    }

    /// <summary>A falling low tone under a dull burst, and what rings after it.</summary>
    internal static double[] Impact(ulong seed)
    {
        var noise = new Noise(seed);
        var tune = noise.Between(0.94, 1.06);
        var (phase, level, fade) = (0.0, 1.0, Resonator.DecayPerSample(38));
        var (burst, burstFade, dull) = (0.8, Resonator.DecayPerSample(220), default(BandSweep));
        var ring = new Resonator(86 * tune, 30, 0.35);
        var result = new double[72_000];
        for (var i = 0; i < result.Length; i++)
        {
            // From 110 Hz down to 38 Hz within a fifth of a second.
            var down = 9_600.0 / (9_600 + i);
            phase += tune * (38 + 72 * down * down) / 48_000;
            level *= fade;
            burst *= burstFade;
            result[i] = level * StrictMath.SinTurns(phase) + dull.Next(burst * noise.Next(), 900.0 / 48_000, 0.9) + ring.Next();
        }

        return result;
    }
}
