namespace Url2Video.Farm.Media.Composition;

/// <summary>An effect of a shot.</summary>
/// <param name="Amount">0..100 percent; what it means depends on the kind.</param>
/// <param name="Seed">The same seed gives the same frames.</param>
/// <param name="Count">Particles, 1..<see cref="CountMax"/>; 0 for effects without any.</param>
public sealed record Effect(EffectKind Kind, int Amount, ulong Seed = 0, int Count = 0)
{
    public const int CountMax = 1_000;

    public const int PerShotMax = 4;
}
