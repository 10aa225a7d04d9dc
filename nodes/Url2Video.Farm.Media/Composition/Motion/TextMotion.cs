namespace Url2Video.Farm.Media.Composition;

public enum TextMotionKind
{
    None,
    FadeIn,
    FadeInUp,
    SlideInLeft,
    SlideInRight,
    SlideInUp,
    SlideInDown,
    ZoomIn,
    BlurIn,
    Wipe,
    WordByWord,
    WordPop,
    LetterByLetter,
    Typewriter,
    CountUp,
    Morph,
}

/// <summary>How the text of a card comes onto the screen, in place of the card's own way.</summary>
/// <param name="Delay">Milliseconds after the card's first frame.</param>
/// <param name="Length">Milliseconds that it takes, for one unit where words or letters come one by one.</param>
public sealed record TextMotion(TextMotionKind Kind, int Delay, int Length, CubicBezier Ease)
{
    /// <summary>How far away it starts, in tenths of a pixel of a frame whose shorter side is 1080.</summary>
    public int DistanceTenths { get; init; }

    /// <summary>Words or letters a second, in tenths; above 0 for kinds that have a pace.</summary>
    public int PerSecondTenths { get; init; } = 10;

    /// <summary>Of <see cref="TextMotionKind.Typewriter"/>.</summary>
    public bool HasCursor { get; init; }

    /// <summary>Of <see cref="TextMotionKind.CountUp"/>; null counts nothing.</summary>
    public Counter? Counter { get; init; }

    /// <summary>Of <see cref="TextMotionKind.Morph"/>: what the text is before, and what it is then; other texts of the card fade in.</summary>
    public (string From, string To)? Morph { get; init; }

    /// <summary>Words or letters come one by one.</summary>
    public bool HasPace => Kind is TextMotionKind.WordByWord or TextMotionKind.WordPop or TextMotionKind.LetterByLetter
        or TextMotionKind.Typewriter;

    /// <summary>A card moves as a whole, with the boxes under its text.</summary>
    internal bool IsWhole => Kind is TextMotionKind.None or TextMotionKind.FadeIn or TextMotionKind.FadeInUp
        or TextMotionKind.SlideInLeft or TextMotionKind.SlideInRight or TextMotionKind.SlideInUp or TextMotionKind.SlideInDown;
}
