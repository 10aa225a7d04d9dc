using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>What a person should know of an effect, and what it does when nothing is said.</summary>
/// <param name="Amount">The default, hundredths.</param>
/// <param name="Meaning">What the amount stands for.</param>
/// <param name="Count">Particles by default; null for an effect that has none.</param>
public sealed record EffectFacts(EffectKind Kind, string Summary, int Amount, string Meaning, int? Count);

/// <summary>All effects, in the order of <see cref="EffectKind"/>.</summary>
public static class EffectTable
{
    public static ImmutableArray<EffectFacts> All { get; } =
    [
        new(EffectKind.Confetti, "Paper falls: squares, ribbons and discs in five colours.", 100, "opacity", 200),
        new(EffectKind.Sparkles, "Glints that live two seconds and leave a trail.", 100, "opacity", 60),
        new(EffectKind.Snow, "Flakes of many sizes drift down.", 85, "opacity", 300),
        new(EffectKind.Rain, "Streaks fall fast.", 45, "opacity", 350),
        new(EffectKind.Embers, "Glowing specks rise.", 90, "opacity", 90),
        new(EffectKind.Bubbles, "Rings rise and sway.", 60, "opacity", 40),
        new(EffectKind.Fireflies, "Soft lights wander and pulse.", 80, "opacity", 40),
        new(EffectKind.Stars, "Points of light twinkle in place.", 90, "opacity", 150),
        new(EffectKind.Dust, "Specks float in the light.", 60, "opacity", 140),
        new(EffectKind.Bokeh, "Large soft discs of light drift.", 30, "opacity", 26),
        new(EffectKind.Invert, "Light becomes dark, colours their opposites.", 100, "share of the effect", null),
        new(EffectKind.Posterize, "Few steps of light.", 60, "how few", null),
        new(EffectKind.Threshold, "Black and white, nothing between.", 100, "share of the effect", null),
        new(EffectKind.Solarize, "What is bright turns dark again.", 100, "share of the effect", null),
        new(EffectKind.Duotone, "Ink for the shadows, the accent for the lights.", 90, "share of the effect", null),
        new(EffectKind.Thermal, "Cold is blue, warm is yellow and white.", 100, "share of the effect", null),
        new(EffectKind.NightVision, "Green, as through an intensifier.", 100, "share of the effect", null),
        new(EffectKind.Fog, "Drifting haze.", 45, "density", null),
        new(EffectKind.Blur, "Out of focus.", 40, "radius, up to a fortieth of the height", null),
        new(EffectKind.Glow, "Bright places shine over their surroundings.", 50, "strength", null),
        new(EffectKind.Sharpen, "Edges are raised.", 40, "strength", null),
        new(EffectKind.Emboss, "Beaten metal.", 100, "share of the effect", null),
        new(EffectKind.Edges, "Lines where light changes.", 100, "share of the effect", null),
        new(EffectKind.TiltShift, "Sharp in the middle, soft above and below: a model world.", 60, "radius of the softness", null),
        new(EffectKind.Mosaic, "Coarse pixels.", 60, "their size", null),
        new(EffectKind.Halftone, "Printed dots.", 80, "share of the effect", null),
        new(EffectKind.MirrorH, "The left half on both sides.", 100, "no meaning", null),
        new(EffectKind.MirrorV, "The upper half above and below.", 100, "no meaning", null),
        new(EffectKind.Kaleidoscope, "One quarter four times.", 100, "no meaning", null),
        new(EffectKind.Ripple, "As through moving water.", 35, "height of the waves", null),
        new(EffectKind.Shake, "A hand-held camera.", 40, "how far", null),
        new(EffectKind.Pulse, "Breathes in and out.", 40, "how far", null),
        new(EffectKind.Glitch, "Bands jump for moments.", 50, "how far and how often", null),
        new(EffectKind.RgbSplit, "Colours beside their light.", 40, "how far", null),
        new(EffectKind.Scanlines, "Dark lines of an old screen.", 40, "how dark", null),
        new(EffectKind.Vhs, "Worn tape: soft colour, jitter, a band that wanders.", 60, "how worn", null),
        new(EffectKind.Flicker, "The light of an old projector.", 40, "how much it varies", null),
        new(EffectKind.Scratches, "Lines and specks of a worn print.", 60, "opacity", null),
        new(EffectKind.LightLeak, "Warm light that fell onto the film.", 80, "opacity", null),
        new(EffectKind.Spotlight, "Dark but for a circle.", 70, "how dark", null),
        new(EffectKind.Letterbox, "Cinema's bars above and below.", 100, "up to 2.39:1", null),
        new(EffectKind.Border, "A frame in the colour of the text.", 40, "its width", null),
        new(EffectKind.ColourWash, "The accent lies over everything, as coloured light.", 60, "strength", null),
    ];

    public static EffectFacts Of(EffectKind kind) => All[(int)kind];
}
