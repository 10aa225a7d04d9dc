namespace Url2Video.Farm.Media.Audio.Narration;

/// <summary>A gain a millisecond, drawn through in straight lines: what levellers and compressors decide, without delaying the sound.</summary>
internal static class GainCurve
{
    /// <summary>Samples between two decisions.</summary>
    internal const int Step = 48;

    /// <summary>Mean square of each step of a signal; the last may be short.</summary>
    internal static double[] Energies(ReadOnlySpan<double> samples)
    {
        var result = new double[(samples.Length + Step - 1) / Step];
        for (var i = 0; i < result.Length; i++)
        {
            var part = samples[(i * Step)..Math.Min(samples.Length, (i + 1) * Step)];
            var sum = 0.0;
            foreach (var sample in part)
            {
                sum += sample * sample;
            }

            result[i] = sum / part.Length;
        }

        return result;
    }

    /// <summary>Mean over a window centred on each step.</summary>
    internal static double[] Centred(double[] energies, int reach)
    {
        var result = new double[energies.Length];
        for (var i = 0; i < energies.Length; i++)
        {
            var (from, until) = (Math.Max(0, i - reach), Math.Min(energies.Length, i + reach + 1));
            var sum = 0.0;
            for (var k = from; k < until; k++)
            {
                sum += energies[k];
            }

            result[i] = sum / (until - from);
        }

        return result;
    }

    /// <summary>Gain at a sample: between the middles of the two steps around it.</summary>
    internal static double At(double[] gains, int sample)
    {
        var twice = 2 * sample - Step;
        if (twice <= 0)
        {
            return gains[0];
        }

        var step = twice / (2 * Step);
        if (step + 1 >= gains.Length)
        {
            return gains[^1];
        }

        var fraction = (twice - step * 2 * Step) / (2.0 * Step);
        return gains[step] + (gains[step + 1] - gains[step]) * fraction;
    }
}
