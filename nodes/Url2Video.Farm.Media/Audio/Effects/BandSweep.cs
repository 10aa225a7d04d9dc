namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>A state-variable filter (Chamberlin) whose centre may move at every sample: noise through it is moving air.</summary>
internal struct BandSweep
{
    private double _low;
    private double _band;

    /// <param name="turns">Centre as a part of 48 kHz, below 1/6 so that it is stable.</param>
    /// <param name="damping">1/q.</param>
    internal double Next(double x, double turns, double damping)
    {
        // 2·sin(π·turns) by two terms: at most 1 % off where it is used, and strict.
        var angle = 3.14159265358979 * turns;
        var f = 2 * angle * (1 - angle * angle / 6);
        _low += f * _band;
        _band += f * (x - _low - damping * _band);
        return _band;
    }
}
