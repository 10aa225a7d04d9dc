namespace Url2Video.Farm.Media.Audio.Loudness;

/// <summary>
/// Integrated loudness after ITU-R BS.1770-4 (gates at −70 LUFS and −10 LU) of 48 kHz sound, streamed. Only additions,
/// multiplications and divisions in a fixed order: the same sound measures the same on every machine. Not thread-safe.
/// </summary>
internal sealed class IntegratedLoudness(int channels)
{
    /// <summary>Blocks are 400 ms and overlap by three quarters, so energy is kept per 100 ms.</summary>
    private const int HopSamples = 4_800;
    private const int HopsPerBlock = 4;
    private readonly KWeighting[] _filters = new KWeighting[channels];
    private readonly List<double> _hops = [];
    private double _sum;
    private int _inHop;

    /// <param name="interleaved">Full scale ±1; a whole number of frames.</param>
    internal void Add(ReadOnlySpan<double> interleaved)
    {
        for (var at = 0; at < interleaved.Length; at += channels)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var y = _filters[channel].Next(interleaved[at + channel]);
                _sum += y * y;
            }

            if (++_inHop == HopSamples)
            {
                _hops.Add(_sum / HopSamples);
                (_sum, _inHop) = (0, 0);
            }
        }
    }

    /// <summary>Gated mean energy; 0 when everything is below the absolute gate or shorter than one block.</summary>
    internal double GatedEnergy()
    {
        var absolute = LoudnessUnits.Energy(-7_000);
        var relative = Mean(absolute) / 10;
        return Mean(Math.Max(absolute, relative));
    }

    private double Mean(double above)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i + HopsPerBlock <= _hops.Count; i++)
        {
            var energy = (_hops[i] + _hops[i + 1] + _hops[i + 2] + _hops[i + 3]) / HopsPerBlock;
            if (energy > above)
            {
                (sum, count) = (sum + energy, count + 1);
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
