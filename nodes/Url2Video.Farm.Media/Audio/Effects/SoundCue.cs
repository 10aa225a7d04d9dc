using Url2Video.Farm.Media.Audio.Spatial;

namespace Url2Video.Farm.Media.Audio.Effects;

/// <summary>Sounds that are made, not sampled.</summary>
public enum EffectKind
{
    Key,
    Click,
    Whoosh,
    Pop,
    Ding,
    Riser,
    Impact,
    Sparkle,
}

/// <summary>One effect on the film's clock.</summary>
/// <param name="StartSample">48 kHz; what lies outside the film is not heard.</param>
/// <param name="GainDecibelHundredths">−4000..1200.</param>
/// <param name="Seed">Chooses one of <see cref="EffectBank.Variants"/> takes.</param>
/// <param name="Position">Null for the middle.</param>
public sealed record SoundCue(long StartSample, EffectKind Kind, int GainDecibelHundredths, ulong Seed, SoundPosition? Position);
