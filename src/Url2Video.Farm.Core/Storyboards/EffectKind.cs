namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The effects a scene may have.</summary>
public enum EffectKind
{
    /// <summary>Paper falls: squares, ribbons and discs in five colours.</summary>
    Confetti,

    /// <summary>Glints that live two seconds and leave a trail.</summary>
    Sparkles,

    /// <summary>Flakes of many sizes drift down.</summary>
    Snow,

    /// <summary>Streaks fall fast.</summary>
    Rain,

    /// <summary>Glowing specks rise.</summary>
    Embers,

    /// <summary>Rings rise and sway.</summary>
    Bubbles,

    /// <summary>Soft lights wander and pulse.</summary>
    Fireflies,

    /// <summary>Points of light twinkle in place.</summary>
    Stars,

    /// <summary>Specks float in the light.</summary>
    Dust,

    /// <summary>Large soft discs of light drift.</summary>
    Bokeh,

    /// <summary>Light becomes dark, colours their opposites.</summary>
    Invert,

    /// <summary>Few steps of light.</summary>
    Posterize,

    /// <summary>Black and white, nothing between.</summary>
    Threshold,

    /// <summary>What is bright turns dark again.</summary>
    Solarize,

    /// <summary>Ink for the shadows, the accent for the lights.</summary>
    Duotone,

    /// <summary>Cold is blue, warm is yellow and white.</summary>
    Thermal,

    /// <summary>Green, as through an intensifier.</summary>
    NightVision,

    /// <summary>Drifting haze.</summary>
    Fog,

    /// <summary>Out of focus.</summary>
    Blur,

    /// <summary>Bright places shine over their surroundings.</summary>
    Glow,

    /// <summary>Edges are raised.</summary>
    Sharpen,

    /// <summary>Beaten metal.</summary>
    Emboss,

    /// <summary>Lines where light changes.</summary>
    Edges,

    /// <summary>Sharp in the middle, soft above and below: a model world.</summary>
    TiltShift,

    /// <summary>Coarse pixels.</summary>
    Mosaic,

    /// <summary>Printed dots.</summary>
    Halftone,

    /// <summary>The left half on both sides.</summary>
    MirrorH,

    /// <summary>The upper half above and below.</summary>
    MirrorV,

    /// <summary>One quarter four times.</summary>
    Kaleidoscope,

    /// <summary>As through moving water.</summary>
    Ripple,

    /// <summary>A hand-held camera.</summary>
    Shake,

    /// <summary>Breathes in and out.</summary>
    Pulse,

    /// <summary>Bands jump for moments.</summary>
    Glitch,

    /// <summary>Colours beside their light.</summary>
    RgbSplit,

    /// <summary>Dark lines of an old screen.</summary>
    Scanlines,

    /// <summary>Worn tape: soft colour, jitter, a band that wanders.</summary>
    Vhs,

    /// <summary>The light of an old projector.</summary>
    Flicker,

    /// <summary>Lines and specks of a worn print.</summary>
    Scratches,

    /// <summary>Warm light that fell onto the film.</summary>
    LightLeak,

    /// <summary>Dark but for a circle.</summary>
    Spotlight,

    /// <summary>Cinema's bars above and below.</summary>
    Letterbox,

    /// <summary>A frame in the colour of the text.</summary>
    Border,

    /// <summary>The accent lies over everything, as coloured light.</summary>
    ColourWash,
}
