using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A part of a picture that moves while the rest stands still. Distances are of the picture's shorter side, in millionths.</summary>
/// <param name="DxMillionths">How far it goes to the right in one period, −100,000..100,000; <paramref name="DyMillionths"/> down.</param>
/// <param name="DepthMillionths">How much nearer it comes in one period, of its distance from the middle of the area; −200,000..200,000.</param>
/// <param name="AmbientMillionths">How far it sways all the time, 0..20,000.</param>
public sealed record MotionBrush(BrushArea Area, int DxMillionths, int DyMillionths, int DepthMillionths, int AmbientMillionths)
{
    public const int PerPictureMax = 5;

    public const int KeysMax = 16;

    public BrushMode Mode { get; init; }

    /// <summary>Milliseconds: of a period of <see cref="BrushMode.Flow"/> and <see cref="BrushMode.Swing"/>, of the way of <see cref="BrushMode.Ease"/>.</summary>
    public int Length { get; init; } = 4_000;

    /// <summary>Milliseconds before an <see cref="BrushMode.Ease"/> begins.</summary>
    public int Delay { get; init; }

    /// <summary>Of an <see cref="BrushMode.Ease"/>.</summary>
    public CubicBezier Ease { get; init; } = CubicBezier.Linear;

    /// <summary>200 takes half the time.</summary>
    public int SpeedPercent { get; init; } = 100;

    /// <summary>How much of the movement is made, over time; empty for all of it.</summary>
    public ImmutableArray<BrushKey> Intensity { get => field.IsDefault ? [] : field; init; }

    /// <summary>Of the swaying.</summary>
    public ulong Seed { get; init; }
}

public enum BrushMode
{
    /// <summary>It goes on and on: two copies half a period apart, each shown while the other starts anew.</summary>
    Flow,

    /// <summary>There and back, for ever.</summary>
    Swing,

    /// <summary>There, once.</summary>
    Ease,
}

/// <param name="Millis">After the shot's first frame; above that of the key before.</param>
/// <param name="Percent">0..100.</param>
public readonly record struct BrushKey(int Millis, int Percent, CubicBezier Ease);

/// <summary>Which pixels of a picture move.</summary>
/// <param name="FeatherMillionths">Of the picture's shorter side: over which the movement fades out inside the edge.</param>
public abstract record BrushArea(int FeatherMillionths)
{
    /// <summary>The light pixels of a grey picture that is stretched over the picture.</summary>
    public sealed record Painted(string PictureId, int FeatherMillionths) : BrushArea(FeatherMillionths);

    /// <param name="Box">Around the ellipse, in millionths of the picture.</param>
    public sealed record Ellipse(LayerBox Box, int FeatherMillionths) : BrushArea(FeatherMillionths);

    /// <param name="Points">3..<see cref="PointsMax"/> corners, millionths of the picture's width and height; even-odd.</param>
    public sealed record Polygon(ImmutableArray<PathPoint> Points, int FeatherMillionths) : BrushArea(FeatherMillionths)
    {
        public const int PointsMax = 64;

        public bool Equals(Polygon? other) => other is not null && FeatherMillionths == other.FeatherMillionths && Points.SequenceEqual(other.Points);

        public override int GetHashCode() => Points.Aggregate(FeatherMillionths, HashCode.Combine);
    }
}
