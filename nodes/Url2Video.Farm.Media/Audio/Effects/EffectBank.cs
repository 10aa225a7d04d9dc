namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>The takes of each effect, made when first asked for. Mono, 24-bit scale; the same bits on every machine.</summary>
internal sealed class EffectBank
{
    /// <summary>Takes of a kind: enough that repeated keys do not sound like a machine gun, few enough to keep.</summary>
    internal const int Variants = 16;
    private readonly Dictionary<(EffectKind, int), int[]> _made = [];

    /// <param name="variant">Below <see cref="Variants"/>, see <see cref="VariantOf"/>.</param>
    internal int[] Take(EffectKind kind, int variant)
    {
        if (!_made.TryGetValue((kind, variant), out var samples))
        {
            _made[(kind, variant)] = samples = Make(kind, variant);
        }

        return samples;
    }

    internal static int VariantOf(ulong seed) => (int)(seed * 0x9E3779B97F4A7C15 >> 60);

    /// <summary>Peaks are set so that at 0 dB each sits beside a voice at the house's level without covering it.</summary>
    internal static int[] Make(EffectKind kind, int variant)
    {
        var seed = ((ulong)kind << 32) + (ulong)variant;
        return kind switch
        {
            EffectKind.Key => EffectShape.Finish(Strokes.Key(seed), -1_800),
            EffectKind.Click => EffectShape.Finish(Strokes.Click(seed), -1_800),
            EffectKind.Whoosh => EffectShape.Finish(Sweeps.Whoosh(seed), -1_200),
            EffectKind.Pop => EffectShape.Finish(Strokes.Pop(seed), -1_500),
            EffectKind.Ding => EffectShape.Finish(Bells.Ding(seed), -1_500),
            EffectKind.Riser => EffectShape.Finish(Sweeps.Riser(seed), -1_200),
            EffectKind.Impact => EffectShape.Finish(Strokes.Impact(seed), -900),
            EffectKind.Sparkle => EffectShape.Finish(Bells.Sparkle(seed), -1_600),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such effect."),
        };
    }
}
