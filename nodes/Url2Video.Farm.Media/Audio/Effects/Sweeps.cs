namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>Moving air: it passes by, or it rises.</summary>
internal static class Sweeps
{
    /// <summary>0.7 s; loudest in its middle.</summary>
    internal static double[] Whoosh(ulong seed)
    {
        var noise = new Noise(seed);
        var tune = noise.Between(0.85, 1.2);
        var (body, air) = (default(BandSweep), default(BandSweep));
        var result = new double[33_600];
        for (var i = 0; i < result.Length; i++)
        {
            var t = (double)i / result.Length;
            var centre = tune * (350 + 1_900 * EffectShape.Hump(t)) / 48_000;
            var white = noise.Next();
            result[i] = EffectShape.Hump(t) * (body.Next(white, centre, 0.5) + 0.4 * air.Next(white, 2.4 * centre, 0.7));
        }

        return result;
    }

    /// <summary>2 s of noise and a tone that climb two octaves; cut at the top, where the next scene hits.</summary>
    internal static double[] Riser(ulong seed)
    {
        var noise = new Noise(seed);
        var tune = noise.Between(0.92, 1.08);
        var (band, phase, second) = (default(BandSweep), 0.0, 0.0);
        var result = new double[96_000];
        for (var i = 0; i < result.Length; i++)
        {
            var t = (double)i / result.Length;
            var rise = 1 + 3 * t * t;
            phase += 160 * tune * rise / 48_000;
            second += 161.3 * tune * rise / 48_000;
            var level = t * t * (0.15 + 0.85 * t);
            result[i] = level * (0.8 * band.Next(noise.Next(), tune * (300 + 4_200 * t * t) / 48_000, 0.35)
                + 0.3 * StrictMath.SinTurns(phase) + 0.3 * StrictMath.SinTurns(second));
        }

        return result;
    }
}
