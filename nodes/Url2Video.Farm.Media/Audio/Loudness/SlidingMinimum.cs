namespace Url2Video.Farm.Media.Audio.Loudness;

/// <summary>The smallest of the last N values in amortised constant time (a monotone queue in a ring).</summary>
internal sealed class SlidingMinimum(int window)
{
    private readonly (long Value, long At)[] _ring = new (long, long)[window];
    private int _first;
    private int _count;
    private long _now;

    internal long Next(long value)
    {
        while (_count > 0 && _ring[(_first + _count - 1) % window].Value >= value)
        {
            _count--;
        }

        if (_count > 0 && _ring[_first].At <= _now - window)
        {
            (_first, _count) = ((_first + 1) % window, _count - 1);
        }

        _ring[(_first + _count++) % window] = (value, _now++);
        return _ring[_first].Value;
    }
}
