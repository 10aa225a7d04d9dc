namespace Url2Video.Farm.Core.Storyboards;

public enum TextAnimationKind
{
    /// <summary>There at once.</summary>
    None,

    /// <summary>Comes in where it stands.</summary>
    FadeIn,

    /// <summary>Comes in while it rises.</summary>
    FadeInUp,

    /// <summary>From the left to its place.</summary>
    SlideInLeft,

    /// <summary>From the right.</summary>
    SlideInRight,

    /// <summary>From below.</summary>
    SlideInUp,

    /// <summary>From above.</summary>
    SlideInDown,

    /// <summary>Grows to its size.</summary>
    ZoomIn,

    /// <summary>Becomes sharp.</summary>
    BlurIn,

    /// <summary>Uncovered in reading direction.</summary>
    Wipe,

    /// <summary>Word after word.</summary>
    WordByWord,

    /// <summary>Word after word, each growing a little past its size.</summary>
    WordPop,

    /// <summary>Letter after letter, each rising a little.</summary>
    LetterByLetter,

    /// <summary>Typed, with a cursor.</summary>
    Typewriter,

    /// <summary>The figure counts to its value; for texts of the kind <see cref="TextKind.Number"/>.</summary>
    CountUp,

    /// <summary>Another text becomes this one, by its outlines.</summary>
    Morph,
}

/// <summary>What a typed letter sounds like.</summary>
public enum KeySound
{
    None,
    Mechanical,
    Soft,
}

/// <summary>How a text comes onto the screen. What a kind does not use is left at its default.</summary>
/// <param name="MsDelay">After the moment the text would come without it, 0..<see cref="MsDelayMax"/>.</param>
/// <param name="Ms">How long it takes, for one word or letter where they come one by one; 50..<see cref="MsMax"/>.</param>
public sealed record TextAnimation(TextAnimationKind Kind, int MsDelay, int Ms, Curve Easing)
{
    public const int MsDelayMax = 60_000;

    public const int MsMax = 30_000;

    public const int DistancePxTenthsMax = 20_000;

    public const int PerSecondTenthsMax = 2_000;

    public const long CountFromMax = 1_000_000_000_000;

    /// <summary>How far away it starts, in tenths of a pixel of a frame whose shorter side is 1080.</summary>
    public int DistancePxTenths { get; init; }

    /// <summary>Words or letters a second, in tenths.</summary>
    public int PerSecondTenths { get; init; }

    public bool HasCursor { get; init; }

    public KeySound Keys { get; init; }

    /// <summary>Where a count begins, in whole units.</summary>
    public long CountFrom { get; init; }

    /// <summary>Thousands are set apart as the language does; null: when the text itself does.</summary>
    public bool? IsGrouped { get; init; }

    /// <summary>Of <see cref="TextAnimationKind.Morph"/>: what the text is before, 1..<see cref="TextElement.CharsMax"/> characters.</summary>
    public string FromText { get; init; } = "";

    public bool HasMove => Kind is not (TextAnimationKind.None or TextAnimationKind.Typewriter);

    public bool HasDistance => Kind is TextAnimationKind.FadeInUp or TextAnimationKind.LetterByLetter
        or TextAnimationKind.SlideInLeft or TextAnimationKind.SlideInRight or TextAnimationKind.SlideInUp or TextAnimationKind.SlideInDown;

    /// <summary>Words or letters come one by one.</summary>
    public bool HasPace => Kind is TextAnimationKind.WordByWord or TextAnimationKind.WordPop or TextAnimationKind.LetterByLetter
        or TextAnimationKind.Typewriter;

    /// <summary>The figures of the manual where it names them, else what looks calm.</summary>
    public static TextAnimation DefaultOf(TextAnimationKind kind) => kind switch
    {
        TextAnimationKind.None => new(kind, 0, 0, Curve.Linear),
        TextAnimationKind.FadeIn => new(kind, 0, 600, Curve.Smooth),
        TextAnimationKind.FadeInUp => new(kind, 100, 800, Curve.EaseOut) { DistancePxTenths = 300 },
        TextAnimationKind.SlideInLeft or TextAnimationKind.SlideInRight => new(kind, 0, 700, Curve.EaseOut) { DistancePxTenths = 1_600 },
        TextAnimationKind.SlideInUp or TextAnimationKind.SlideInDown => new(kind, 0, 700, Curve.EaseOut) { DistancePxTenths = 900 },
        TextAnimationKind.ZoomIn => new(kind, 0, 700, Curve.EaseOut),
        TextAnimationKind.BlurIn => new(kind, 0, 700, Curve.EaseOut),
        TextAnimationKind.Wipe => new(kind, 0, 900, Curve.Smooth),
        TextAnimationKind.WordByWord => new(kind, 0, 350, Curve.EaseOut) { PerSecondTenths = 60 },
        TextAnimationKind.WordPop => new(kind, 0, 400, Curve.EaseOutBack) { PerSecondTenths = 60 },
        TextAnimationKind.LetterByLetter => new(kind, 0, 300, Curve.EaseOut) { PerSecondTenths = 300, DistancePxTenths = 150 },
        TextAnimationKind.Typewriter => new(kind, 0, 0, Curve.Linear)
        {
            PerSecondTenths = 500, HasCursor = true, Keys = KeySound.Mechanical,
        },
        TextAnimationKind.CountUp => new(kind, 0, 1_500, Curve.EaseOut),
        TextAnimationKind.Morph => new(kind, 800, 2_000, Curve.Smooth),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an animation."),
    };
}
