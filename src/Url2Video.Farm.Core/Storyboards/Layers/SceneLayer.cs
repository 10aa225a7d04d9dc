using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>A picture in a place of its own, over the scene's visual and under its text.</summary>
/// <param name="Visual">Of any kind; a picture at rest keeps its holes.</param>
/// <param name="Box">Its place and size when it is not scaled.</param>
/// <param name="Opacity">Hundredths, for all of it and all the time.</param>
/// <param name="Radius">Of <see cref="LayerMask.Rounded"/>: of its corners, in ten-thousandths of its shorter side.</param>
/// <param name="Keyframes">In order of time, at most <see cref="KeyframesMax"/>; empty for a layer at rest.</param>
public sealed record SceneLayer(
    Visual Visual, LayerBox Box, int Opacity, BlendMode Blend, LayerMask Mask, int Radius, ImmutableArray<LayerKeyframe> Keyframes)
{
    /// <summary>Each costs up to what the scene's own visual costs.</summary>
    public const int PerSceneMax = 8;

    public const int KeyframesMax = 32;

    /// <summary>The radius of rounded corners unless it is said.</summary>
    public const int RadiusDefault = 1_000;
}

/// <summary>A rectangle of the frame in ten-thousandths of its width and height; it may reach beyond the frame.</summary>
public readonly record struct LayerBox(int X, int Y, int Width, int Height)
{
    public static LayerBox Frame { get; } = new(0, 0, Point.Scale, Point.Scale);
}

/// <summary>How a layer's colours meet those under it; the words are those of CSS <c>mix-blend-mode</c>, but for add (plus-lighter).</summary>
public enum BlendMode
{
    Normal,
    Multiply,
    Screen,
    Overlay,
    SoftLight,
    Add,
    Darken,
    Lighten,
    Difference,
}

/// <summary>What of its box a layer fills.</summary>
public enum LayerMask
{
    None,
    Circle,
    Rounded,
}

/// <summary>How a layer stands at a moment of the scene; between two of them it moves on the later one's curve.</summary>
/// <param name="MsAt">After the scene's first frame.</param>
/// <param name="X">Where its middle is, in <see cref="PlaceScale"/>ths of the frame's width; Y of its height.</param>
/// <param name="Scale">Of its box, in ten-thousandths.</param>
/// <param name="DegreesHundredths">Clockwise.</param>
/// <param name="Opacity">Hundredths; times the layer's own.</param>
public sealed record LayerKeyframe(int MsAt, int X, int Y, int Scale, int DegreesHundredths, int Opacity, Curve Easing)
{
    /// <summary>One decimal more than a box has, so that the middle of every box can be said.</summary>
    public const int PlaceScale = 100_000;

    public const int ScaleMax = 8 * Point.Scale;

    /// <summary>Ten turns either way.</summary>
    public const int DegreesHundredthsMax = 360_000;
}
