namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Something that is done to a scene's picture or falls over it; <see cref="EffectTable"/> says what each kind is.</summary>
/// <param name="Amount">How much, 0..100 hundredths; what that means is in the table.</param>
/// <param name="Count">Particles, 1..<see cref="CountMax"/>; null for kinds without any.</param>
/// <param name="Seed">0..2⁵³−1; the same seed gives the same frames.</param>
public sealed record SceneEffect(EffectKind Kind, int Amount, int? Count, long Seed)
{
    /// <summary>Each costs up to some milliseconds a frame.</summary>
    public const int PerSceneMax = 4;

    /// <summary>More cannot be told apart, and would cost more than encoding.</summary>
    public const int CountMax = 1_000;
}
