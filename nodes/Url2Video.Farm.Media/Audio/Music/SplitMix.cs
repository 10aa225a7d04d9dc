namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same bed on every machine.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    internal ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 .. <paramref name="count"/> − 1.</summary>
    internal int Below(int count) => (int)(Next() % (ulong)count);
}
