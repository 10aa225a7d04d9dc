using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Everything that is seen, and when. Immutable; pictures are named, not held.</summary>
/// <param name="Width">Luma pixels, even, 128..8192.</param>
/// <param name="Height">Luma pixels, even, 128..8192.</param>
/// <param name="Shots">In order, without gaps: each starts where the one before ends; the first starts at frame 0.</param>
/// <param name="Captions">Burned-in captions in order of time, not overlapping; empty for none.</param>
public sealed record Film(
    int Width,
    int Height,
    FrameRate Rate,
    Theme Theme,
    ImmutableArray<FilmShot> Shots,
    ImmutableArray<CaptionCue> Captions)
{
    /// <summary>A mark over the whole film, or null.</summary>
    public LogoMark? Logo { get; init; }

    /// <summary>
    /// Keep room for captions below the cards. A film cut out of a longer one must say what the longer one says, even where
    /// no caption falls into its part: its cards would else stand elsewhere.
    /// </summary>
    public bool HasCaptionArea { get => field || !Captions.IsDefaultOrEmpty; init; }

    public CaptionPreset CaptionPreset { get; init; } = CaptionPreset.BoxedActiveWord;

    /// <summary>Length in frames.</summary>
    public long Frames => Shots.IsDefaultOrEmpty ? 0 : Shots[^1].EndFrame;
}

/// <summary>How burned-in captions stand out from the picture.</summary>
public enum CaptionPreset
{
    /// <summary>On a dark box, the word that is being said in the accent colour.</summary>
    BoxedActiveWord,

    /// <summary>On a dark box, one colour.</summary>
    Boxed,

    /// <summary>Outlined letters, no box.</summary>
    Outlined,

    /// <summary>As <see cref="BoxedActiveWord"/>, and the word that is being said grows for a moment as it begins.</summary>
    BoxedPoppingWord,
}

/// <summary>A shot's place in the film.</summary>
/// <param name="StartFrame">First frame, on the film's clock.</param>
/// <param name="Frames">Length, above 0, up to the start of the next shot.</param>
/// <param name="TransitionFrames">
/// Frames at the start during which the shot before is still seen, moving on; at most <paramref name="Frames"/>, 0 for a cut and for
/// the first shot.
/// </param>
public sealed record FilmShot(Shot Shot, long StartFrame, long Frames, int TransitionFrames = 0)
{
    public long EndFrame => StartFrame + Frames;

    /// <summary>How it comes in over the shot before, in its transition frames.</summary>
    public TransitionKind Transition { get; init; }

    /// <summary>
    /// For a film that is cut out of a longer one: frames for which the shot is seen beyond its end, under the transition into
    /// a shot that is not part of this film. The camera moves over all frames a shot is seen.
    /// </summary>
    public int TailFrames { get; init; }
}

/// <summary>One scene: what lies behind, and what is written on it.</summary>
/// <param name="Cards">Drawn in order; their frames count from the start of the shot.</param>
public sealed record Shot(Background Background, ImmutableArray<TextCard> Cards)
{
    /// <summary>Pictures over the background, in this order; at most <see cref="Layer.PerShotMax"/>. Look and effects work on them too.</summary>
    public ImmutableArray<Layer> Layers { get => field.IsDefault ? [] : field; init; }

    /// <summary>Lamps on the background and its layers; null for the light they have.</summary>
    public Lighting? Lighting { get; init; }

    /// <summary>How the background is graded, under its text; null for as it is.</summary>
    public Look? Look { get; init; }

    /// <summary>In this order: on the graded background, and particles over the text; at most <see cref="Effect.PerShotMax"/>.</summary>
    public ImmutableArray<Effect> Effects { get => field.IsDefault ? [] : field; init; }
}

/// <summary>One caption on screen. Frames count on the film's clock.</summary>
/// <param name="StartFrame">Below 0 in a film cut out of a longer one, when it began before the cut.</param>
/// <param name="EndFrame">First frame without it.</param>
/// <param name="Words">In reading order; laid out on at most two lines.</param>
public sealed record CaptionCue(long StartFrame, long EndFrame, ImmutableArray<CaptionWord> Words);

/// <summary>A word of a caption; it is highlighted from its start until its end.</summary>
public sealed record CaptionWord(string Text, long StartFrame, long EndFrame);

/// <summary>A logo in a corner of the safe area, for the length of the film.</summary>
/// <param name="PictureId">Passed to <see cref="IPictureSource.Open"/>; a picture without opacity shows as a rectangle.</param>
/// <param name="WidthMillionths">Of the frame's shorter side, 20,000..500,000.</param>
/// <param name="OpacityPercent">1..100.</param>
public sealed record LogoMark(string PictureId, LogoCorner Corner = LogoCorner.TopRight, int WidthMillionths = 130_000,
    int OpacityPercent = 90);

public enum LogoCorner
{
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}
