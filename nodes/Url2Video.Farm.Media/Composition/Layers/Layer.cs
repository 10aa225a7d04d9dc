using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture in a place of its own over a shot's background, moved by keys.</summary>
/// <param name="Content">What is seen in it. A picture at rest keeps its holes; anything else fills its box.</param>
/// <param name="Box">Its place and size when it is not scaled.</param>
public sealed record Layer(Background Content, LayerBox Box)
{
    /// <summary>Each costs up to what the background costs.</summary>
    public const int PerShotMax = 8;

    public const int KeysMax = 32;

    /// <summary>0..32767, for all of it and all the time.</summary>
    public int Alpha { get; init; } = FixedPoint.One15;

    /// <summary>How its colours meet those under it.</summary>
    public BlendMode Blend { get; init; }

    public LayerShape Shape { get; init; }

    /// <summary>Of <see cref="LayerShape.Rounded"/>: the radius of its corners, of its shorter side; at most a half.</summary>
    public int CornerMillionths { get; init; } = 100_000;

    /// <summary>In order of time; empty for a layer at rest in its box.</summary>
    public ImmutableArray<LayerKey> Keys { get => field.IsDefault ? [] : field; init; }
}

/// <summary>A rectangle of the frame in millionths of its width and height; it may reach beyond the frame.</summary>
public readonly record struct LayerBox(int X, int Y, int Width, int Height)
{
    public static LayerBox Frame { get; } = new(0, 0, 1_000_000, 1_000_000);
}

/// <summary>What of its box a layer fills.</summary>
public enum LayerShape
{
    Box,

    /// <summary>The largest circle in the middle of the box.</summary>
    Circle,

    /// <summary>The box with round corners.</summary>
    Rounded,
}

/// <summary>How a layer stands at a moment; between two keys it moves on the later one's curve.</summary>
/// <param name="Millis">After the shot's first frame; above that of the key before.</param>
/// <param name="XMillionths">Where its middle is, of the frame's width; Y of the height.</param>
/// <param name="ScaleMillionths">Of its box, 0..8,000,000.</param>
/// <param name="DegreesHundredths">Clockwise.</param>
/// <param name="Alpha">0..32767; times the layer's own.</param>
public sealed record LayerKey(
    int Millis, int XMillionths, int YMillionths, int ScaleMillionths, int DegreesHundredths, int Alpha, CubicBezier Ease);
