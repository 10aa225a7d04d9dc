namespace Url2Video.Farm.Media.Audio.Loudness;

/// <summary>The two filters of ITU-R BS.1770-4 for one channel at 48 kHz, in double precision, one sample after another.</summary>
internal struct KWeighting
{
    private double _x1, _x2, _y1, _y2, _z1, _z2;

    /// <summary>Filters one sample (full scale ±1).</summary>
    internal double Next(double x)
    {
        // Table 1 (head as a sphere: +4 dB shelf) and table 2 (high-pass, "RLB") of the recommendation.
        var y = 1.53512485958697 * x - 2.69169618940638 * _x1 + 1.19839281085285 * _x2 + 1.69065929318241 * _y1 - 0.73248077421585 * _y2;
        var z = y - 2.0 * _y1 + _y2 + 1.99004745483398 * _z1 - 0.99007225036621 * _z2;
        (_x2, _x1) = (_x1, x);
        (_y2, _y1) = (_y1, y);
        (_z2, _z1) = (_z1, z);
        return z;
    }
}
