namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): one 64-bit state, and a fork gives a component a stream of its own.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public SplitMix Fork() => new(Next());

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>From low (inclusive) to high (exclusive).</summary>
    public long Between(long low, long high) => low + (long)(Next() % (ulong)(high - low));

    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;
}
