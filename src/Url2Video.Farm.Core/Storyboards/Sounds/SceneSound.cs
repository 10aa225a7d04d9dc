namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>Sounds that are made, not sampled: the same kind and seed give the same samples everywhere.</summary>
public enum SoundKind
{
    /// <summary>One stroke of a mechanical typewriter.</summary>
    Key,

    /// <summary>A switch.</summary>
    Click,

    /// <summary>Air that passes by.</summary>
    Whoosh,

    /// <summary>A bubble.</summary>
    Pop,

    /// <summary>A bell.</summary>
    Ding,

    /// <summary>Two seconds of rising tension; it ends at its peak.</summary>
    Riser,

    /// <summary>A deep hit.</summary>
    Impact,

    /// <summary>A handful of small bells.</summary>
    Sparkle,
}

/// <summary>The moment of a scene from which a sound's time counts.</summary>
public enum SoundAnchor
{
    /// <summary>The scene begins, its transition included.</summary>
    Start,

    /// <summary>The middle of the transition into the scene.</summary>
    Transition,

    /// <summary>The first word.</summary>
    Speech,

    /// <summary>The scene ends.</summary>
    End,
}

/// <param name="MsAt">From the anchor, −10000..600000; what begins before the film is cut.</param>
/// <param name="GainDecibelTenths">−400..120.</param>
/// <param name="Count">Repetitions, 1..<see cref="CountMax"/>: 40 keys are a line being typed.</param>
/// <param name="MsEvery">Time between repetitions, 10..5000; 20 is 50 strokes a second.</param>
/// <param name="Seed">0..2⁵³−1: the same kind sounds a little different with another seed, and each repetition with its number.</param>
/// <param name="Place">Null for the middle.</param>
public sealed record SceneSound(
    SoundKind Kind, SoundAnchor On, int MsAt, int GainDecibelTenths, int Count, int MsEvery, long Seed, SoundPlace? Place)
{
    public const int PerSceneMax = 32;

    public const int CountMax = 500;

    /// <summary>Repetitions included; beyond it a film is noise, and mixing it would take longer than its pictures.</summary>
    public const int PerFilmMax = 20_000;

    /// <summary>Different places of the sounds of a film: each has a filter of its own, and every effect is kept as it is heard there.</summary>
    public const int PlacesPerFilmMax = 8;
}
