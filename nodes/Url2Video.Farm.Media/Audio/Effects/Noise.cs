using Url2Video.Farm.Media.Audio.Music;

namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>White noise −1..1 and even choices from one seed.</summary>
internal struct Noise(ulong seed)
{
    private SplitMix _random = new(seed);

    /// <summary>53 bits, exact in a double.</summary>
    internal double Next() => (long)(_random.Next() >> 11) / 4_503_599_627_370_496.0 - 1;

    /// <summary>Between low and high.</summary>
    internal double Between(double low, double high) => low + (high - low) * (Next() + 1) / 2;
}
