using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>A part of a picture that moves while the rest stands still. Distances are ten-thousandths of the picture's shorter side.</summary>
/// <param name="Feather">Over which the movement fades out at the edge of the mask.</param>
/// <param name="Dx">How far it goes to the right in <paramref name="Ms"/>; <paramref name="Dy"/> down.</param>
/// <param name="Depth">How much nearer it comes, of its distance from the middle of the mask.</param>
/// <param name="Ambient">How far it sways all the time.</param>
/// <param name="Ms">Of a period of flow and swing, of the way of ease.</param>
public sealed record MotionBrush(BrushMask Mask, int Feather, int Dx, int Dy, int Depth, int Ambient, BrushMode Mode, int Ms)
{
    public const int PerPictureMax = 5;

    public const int DistanceMax = 1_000;

    public const int AmbientMax = 200;

    public const int IntensityKeysMax = 16;

    /// <summary>Before an ease begins.</summary>
    public int MsDelay { get; init; }

    /// <summary>Of an ease.</summary>
    public Curve Easing { get; init; } = Curve.Smooth;

    /// <summary>In percent: 200 takes half the time.</summary>
    public int SpeedPercent { get; init; } = 100;

    /// <summary>How much of the movement is made, over time; empty for all of it.</summary>
    public ImmutableArray<BrushIntensity> Intensity { get; init => field = value.IsDefault ? [] : value; } = [];

    public long Seed { get; init; }
}

public enum BrushMode
{
    /// <summary>On and on, without a seam.</summary>
    Flow,

    /// <summary>There and back, for ever.</summary>
    Swing,

    /// <summary>There, once.</summary>
    Ease,
}

/// <param name="MsAt">After the scene's first frame.</param>
/// <param name="Percent">0..100.</param>
public readonly record struct BrushIntensity(int MsAt, int Percent, Curve Easing);

/// <summary>Which pixels of a picture move; places are ten-thousandths of its width and height.</summary>
public abstract record BrushMask
{
    private BrushMask() { }

    /// <summary>The light pixels of a grey picture that is stretched over the picture.</summary>
    public sealed record Painted(VisualAsset Asset) : BrushMask;

    public sealed record Ellipse(LayerBox Box) : BrushMask;

    public sealed record Rectangle(LayerBox Box) : BrushMask;

    /// <param name="Points">3..<see cref="PointsMax"/>.</param>
    public sealed record Polygon(ImmutableArray<Point> Points) : BrushMask
    {
        public const int PointsMax = 64;
    }
}
