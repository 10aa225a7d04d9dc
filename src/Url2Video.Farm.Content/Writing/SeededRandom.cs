namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): a choice depends on the seed and on what it is for, never on how many came before.
/// </summary>
internal static class SeededRandom
{
    /// <param name="purpose">Keeps choices for different things apart.</param>
    /// <param name="index">Which of them.</param>
    /// <returns>0..<paramref name="count"/>−1.</returns>
    public static int Choose(ulong seed, int purpose, int index, int count) => (int)(Mix(seed, purpose, index) % (ulong)count);

    /// <summary>A seed that JSON readers with doubles keep exactly.</summary>
    public static long SeedFor(ulong seed, int purpose, int index) => (long)(Mix(seed, purpose, index) & ((1UL << 53) - 1));

    private static ulong Mix(ulong seed, int purpose, int index)
    {
        var z = unchecked(seed + 0x9E3779B97F4A7C15UL * (ulong)(purpose * 1_000_003L + index + 1));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
