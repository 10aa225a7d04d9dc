namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>Struck metal.</summary>
internal static class Bells
{
    /// <summary>Partials of a small bell: frequency, level, decay in dB/s. Higher ones die sooner.</summary>
    private static readonly (double Ratio, double Level, double Decay)[] Partials = [(1, 1, 42), (2.01, 0.55, 60), (2.76, 0.4, 75), (5.4, 0.2, 130)];

    /// <summary>The A major pentatonic from 2.2 kHz up.</summary>
    private static readonly double[] Steps = [1, 1.122462, 1.259921, 1.498307, 1.681793, 2, 2.244924];

    internal static double[] Ding(ulong seed)
    {
        var noise = new Noise(seed);
        var result = new double[72_000];
        Strike(result, 0, 1_318.5 * noise.Between(0.97, 1.03), 1);
        return result;
    }

    /// <summary>Nine small bells within 0.6 s, each a little quieter.</summary>
    internal static double[] Sparkle(ulong seed)
    {
        var noise = new Noise(seed);
        var result = new double[57_600];
        for (var i = 0; i < 9; i++)
        {
            var at = (int)(i * 3_000 + noise.Between(0, 1_800));
            var step = Steps[(int)noise.Between(0, Steps.Length - 0.001)];
            Strike(result, at, 2_217 * step, 0.9 - 0.07 * i);
        }

        return result;
    }

    private static void Strike(double[] into, int at, double hertz, double level)
    {
        foreach (var (ratio, share, decay) in Partials)
        {
            if (hertz * ratio > 18_000)
            {
                continue;
            }

            var tone = new Resonator(hertz * ratio, decay, level * share);
            for (var i = at; i < into.Length; i++)
            {
                into[i] += tone.Next();
            }
        }
    }
}
