namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// How a shot comes in over the one before. Directions say where things go: in <see cref="WipeLeft"/> the edge travels to the left, in
/// <see cref="PushUp"/> the pictures do.
/// </summary>
public enum TransitionKind
{
    /// <summary>Both are mixed.</summary>
    CrossFade,

    WipeLeft,
    WipeRight,
    WipeUp,
    WipeDown,

    /// <summary>From the top left to the bottom right.</summary>
    Diagonal,

    /// <summary>From the bottom left to the top right.</summary>
    DiagonalUp,

    /// <summary>A circle grows from the middle.</summary>
    CircleOpen,

    /// <summary>A circle closes on the middle.</summary>
    CircleClose,

    /// <summary>A six-sided aperture opens.</summary>
    Iris,
    Diamond,
    Star,

    /// <summary>A hand goes once round.</summary>
    Clock,

    /// <summary>Four hands go a quarter round each.</summary>
    Pinwheel,

    /// <summary>A hand goes round while the circle grows.</summary>
    Spiral,

    /// <summary>Two doors part sideways.</summary>
    BarnDoorH,

    /// <summary>Two doors part upwards and downwards.</summary>
    BarnDoorV,

    /// <summary>Lying slats turn.</summary>
    BlindsH,

    /// <summary>Standing slats turn.</summary>
    BlindsV,

    /// <summary>The white fields of a chessboard, then the black ones.</summary>
    Checker,

    /// <summary>Square by square, in no order.</summary>
    Blocks,

    /// <summary>Grain by grain.</summary>
    Dissolve,

    /// <summary>Like ink in water.</summary>
    Clouds,

    /// <summary>The new picture pushes the old one out.</summary>
    PushLeft,
    PushRight,
    PushUp,
    PushDown,

    /// <summary>The new picture slides over the old one.</summary>
    CoverLeft,
    CoverRight,
    CoverUp,
    CoverDown,

    /// <summary>The old picture slides away from over the new one.</summary>
    RevealLeft,
    RevealRight,
    RevealUp,
    RevealDown,

    /// <summary>Through black.</summary>
    FadeBlack,

    /// <summary>Through white.</summary>
    FadeWhite,

    /// <summary>Into the old picture.</summary>
    ZoomIn,

    /// <summary>Back from the new picture.</summary>
    ZoomOut,

    /// <summary>Out of focus, and sharp again.</summary>
    Blur,

    /// <summary>Into coarse pixels, and out of them.</summary>
    Mosaic,

    /// <summary>Torn into bands, as by a bad signal.</summary>
    Glitch,
}
