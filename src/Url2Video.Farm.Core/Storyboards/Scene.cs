using System.Collections.Immutable;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>What a scene is for; decides type sizes and weights, never what is said.</summary>
public enum SceneRole
{
    Title,
    Hook,
    Point,
    Quote,
    Number,
    Cta,
}

/// <param name="Id">1..64 letters, digits, <c>-</c> and <c>_</c>; names the scene through edits.</param>
/// <param name="Say">What the voice reads, at most <see cref="Limits.NarrationCharsMax"/> characters; empty for a silent scene.</param>
/// <param name="Texts">What stands on the screen, at most <see cref="TextElement.PerSceneMax"/>, back to front.</param>
/// <param name="Provenance">Where the words come from; null for words a person wrote.</param>
public sealed record Scene(
    string Id,
    SceneRole Role,
    string Say,
    ImmutableArray<TextElement> Texts,
    Visual Visual,
    Transition Transition,
    SceneTiming Timing,
    Provenance? Provenance)
{
    /// <summary>How its picture is graded; null for the film's look.</summary>
    public Look? Look { get; init; }

    /// <summary>Pictures over its visual and under its text, back to front; at most <see cref="SceneLayer.PerSceneMax"/>.</summary>
    public ImmutableArray<SceneLayer> Layers { get => field.IsDefault ? [] : field; init; }

    /// <summary>Lamps on its picture; null for the light it has.</summary>
    public Lighting? Lighting { get; init; }

    /// <summary>What is done to its picture or falls over it, in this order; at most <see cref="SceneEffect.PerSceneMax"/>.</summary>
    public ImmutableArray<SceneEffect> Effects { get => field.IsDefault ? [] : field; init; }

    /// <summary>A recording in place of the voice; <see cref="Say"/> is then what it says, for the captions. Null for the voice.</summary>
    public VisualAsset? Narration { get; init; }

    /// <summary>At most <see cref="SceneSound.PerSceneMax"/>.</summary>
    public ImmutableArray<SceneSound> Sounds { get; init => field = value.IsDefault ? [] : value; } = [];

    public bool IsSilent => Say.Length == 0 && Narration is null;

    /// <summary>True when a node must have the voice for it.</summary>
    public bool NeedsVoice => Say.Length > 0 && Narration is null;
}

public enum TextKind
{
    /// <summary>A heading, and optionally a line under it.</summary>
    Title,

    /// <summary>One to six short lines, each with a mark.</summary>
    Bullets,

    /// <summary>A name plate at the lower left, and optionally a smaller line under it.</summary>
    LowerThird,

    /// <summary>One line of plain text above the captions.</summary>
    Caption,

    /// <summary>A figure, large, and optionally what it counts.</summary>
    Number,

    /// <summary>Somebody's words, and optionally who said them.</summary>
    Quote,

    /// <summary>Figures as a picture, under a heading.</summary>
    Chart,
}

/// <param name="Values">The lines; how many a kind takes is in <see cref="ValuesMaxOf"/>. Each 1..<see cref="CharsMax"/>
/// characters.</param>
public sealed record TextElement(TextKind Kind, ImmutableArray<string> Values)
{
    public const int PerSceneMax = 4;

    /// <summary>How it comes onto the screen; null for the house's own way.</summary>
    public TextAnimation? Animation { get; init; }

    /// <summary>The figures of a <see cref="TextKind.Chart"/>; null for every other kind.</summary>
    public Chart? Chart { get; init; }

    /// <summary>More does not fit on a screen that is seen for a few seconds.</summary>
    public const int CharsMax = 240;

    public static int ValuesMaxOf(TextKind kind) => kind switch
    {
        TextKind.Bullets => 6,
        TextKind.Caption or TextKind.Chart => 1,
        _ => 2,
    };
}

/// <summary>How the scene comes in over the one before; the first scene's transition is never seen.</summary>
/// <param name="Ms">0 for a cut, else 100..3000.</param>
public sealed record Transition(TransitionKind Kind, int Ms)
{
    public static Transition Default { get; } = new(TransitionKind.CrossFade, 500);
}

/// <param name="MsMin">Shortest time on screen, 500..60000, the transition included.</param>
/// <param name="MsFixed">Exact time on screen, 500..600000; null when speech and padding decide. Speech that is longer still wins.</param>
/// <param name="MsLead">Silence before the words, 0..10000.</param>
/// <param name="MsTail">Silence after the words, 0..10000.</param>
public sealed record SceneTiming(int MsMin, int? MsFixed, int MsLead, int MsTail)
{
    public static SceneTiming Default { get; } = new(2_000, null, 250, 350);
}

/// <summary>Where a scene's words were found, so that every claim of the film can be followed back.</summary>
/// <param name="Url">The page, or null when the source has no address.</param>
/// <param name="Blocks">Numbers of the blocks in the SourceDoc.</param>
/// <param name="Paths">CSS paths of those blocks, same order.</param>
/// <param name="Quotes">The source sentences as they stand on the page.</param>
public sealed record Provenance(string? Url, ImmutableArray<int> Blocks, ImmutableArray<string> Paths, ImmutableArray<string> Quotes)
{
    public const int EntriesMax = 32;

    public const int PathCharsMax = 400;

    public const int QuoteCharsMax = 2_000;
}
