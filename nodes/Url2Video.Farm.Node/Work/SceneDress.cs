using Url2Video.Farm.Media.Composition;
using Boards = Url2Video.Farm.Core.Storyboards;
using Pixels = Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>Transitions, looks and effects in the compositor's words. Kinds have the same names on both sides; a test holds them together.</summary>
internal static class SceneDress
{
    /// <summary>A cut has no frames, so what it is called does not matter.</summary>
    public static TransitionKind TransitionOf(Boards.TransitionKind kind) =>
        kind == Boards.TransitionKind.Cut ? TransitionKind.CrossFade : Enum.Parse<TransitionKind>(kind.ToString());

    public static Look? LookOf(Boards.Look? look) => look is null ? null : new Look
    {
        Kelvin = look.Numbers.Kelvin,
        Brightness = look.Numbers.Brightness,
        Contrast = look.Numbers.Contrast,
        Saturation = look.Numbers.Saturation,
        Sepia = look.Numbers.Sepia,
        Fade = look.Numbers.Fade,
        Curve = look.Numbers.Curve,
        Toning = look.Numbers.Toning,
        Shadows = ColourOf(look.Numbers.Shadows),
        Highlights = ColourOf(look.Numbers.Highlights),
        Vignette = look.Numbers.Vignette,
        Grain = look.Numbers.Grain,
    };

    public static Effect EffectOf(Boards.SceneEffect effect) => new(
        Enum.Parse<EffectKind>(effect.Kind.ToString()), effect.Amount, unchecked((ulong)effect.Seed), effect.Count ?? 0);

    private static Pixels.Rgb ColourOf(Boards.Rgb colour) => new(colour.R, colour.G, colour.B);
}
