using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Quality;

/// <summary>What the film was to be: what the measures are held against.</summary>
/// <param name="Frames">That it should have.</param>
/// <param name="Samples">Of its sound.</param>
public sealed record FilmOutline(int Width, int Height, Rational Fps, long Frames, long Samples, ImmutableArray<SceneSpan> Scenes)
{
    /// <summary>The shorter side may not be less.</summary>
    public int ShortSideMin { get; init; } = QualityBounds.ShortSideMin;

    /// <summary>Null: there is none to be held.</summary>
    public int? LoudnessLufsTenths { get; init; }

    /// <summary>There is music from beginning to end.</summary>
    public bool HasMusic { get; init; }

    /// <summary>Colours by what they are for; those that must be seen are marked.</summary>
    public ImmutableArray<PaletteEntry> Palette { get; init; } = [];

    /// <summary>What was not measured counts as an error: nobody may let it pass unseen.</summary>
    public bool IsGate { get; init; }

    public long MsAt(long frame) => SampleClock.SamplesAt(Math.Max(0, frame), Fps) / SampleClock.SamplesPerMilli;

    public long FramesIn(int ms) => SampleClock.FramesIn(ms * (long)SampleClock.SamplesPerMilli, Fps);

    public long MsTotal => MsAt(Frames);

    /// <summary>Null outside the film.</summary>
    public SceneSpan? SceneAt(long frame) => Scenes.LastOrDefault(s => s.StartFrame <= frame) is { } scene && frame < scene.StartFrame + scene.Frames ? scene : null;
}

/// <summary>A scene, as far as a judge needs to know it.</summary>
/// <param name="Id">Null in a film of which nobody knows the scenes.</param>
/// <param name="TransitionFrames">At its start.</param>
public sealed record SceneSpan(string? Id, long StartFrame, long Frames, int TransitionFrames)
{
    /// <summary>Something in it never rests: a picture that stands still is a fault.</summary>
    public bool Moves { get; init; }

    /// <summary>It shows a picture, not a drawing of the house.</summary>
    public bool IsPicture { get; init; }

    /// <summary>It is blurred, coarse or dark on purpose.</summary>
    public bool IsAltered { get; init; }

    /// <summary>It comes in through black.</summary>
    public bool ComesThroughBlack { get; init; }

    /// <summary>Somebody speaks in it.</summary>
    public bool IsSpoken { get; init; }
}

/// <param name="Role">text, accent, background, surface.</param>
/// <param name="Colour">As people write it.</param>
/// <param name="IsWanted">It must be found in some frame.</param>
public sealed record PaletteEntry(string Role, string Colour, bool IsWanted);
