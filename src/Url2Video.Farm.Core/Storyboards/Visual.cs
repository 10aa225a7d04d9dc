using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>What is behind the text of a scene, and why it was chosen.</summary>
/// <param name="Why">One sentence for the person who edits; not part of the picture. Null when nobody chose.</param>
/// <param name="Score">How well it fits, 0..100; null when nobody measured.</param>
public abstract partial record Visual(string? Why, int? Score)
{
    /// <param name="Alt">What is seen, for people who cannot see it.</param>
    /// <param name="Focus">The point that must stay in the picture when it is cropped.</param>
    public sealed record Image(
        VisualAsset Asset,
        string Alt,
        Point Focus,
        Fit Fit,
        Camera Camera,
        string? Why,
        int? Score) : Visual(Why, Score)
    {
        /// <summary>Parts of it that move, at most <see cref="MotionBrush.PerPictureMax"/>; each over what those before it made.</summary>
        public ImmutableArray<MotionBrush> Brushes { get; init => field = value.IsDefault ? [] : value; } = [];
    }

    /// <summary>A moving background computed from the palette.</summary>
    /// <param name="Seed">0..2⁵³−1.</param>
    public sealed record Procedural(Pattern Pattern, long Seed, string? Why, int? Score) : Visual(Why, Score);
}

/// <summary>An image by its path in the submitted bundle (as written by a person) or by its bytes (as the farm works with it).</summary>
public abstract record VisualAsset
{
    private VisualAsset() { }

    /// <param name="Path">Relative, forward slashes, no <c>..</c>; relative to the storyboard document.</param>
    public sealed record InBundle(string Path) : VisualAsset;

    public sealed record Resolved(ArtifactRef Artifact) : VisualAsset;
}

/// <summary>How an image of another shape fills the canvas; the words are those of CSS <c>object-fit</c>.</summary>
public enum Fit
{
    /// <summary>Fills the canvas, edges are cropped.</summary>
    Cover,

    /// <summary>All of it is seen, on a blurred copy of itself.</summary>
    Contain,
}

public enum Pattern
{
    Gradient,
    Waves,
    Grid,
}

/// <summary>A point of an image in ten-thousandths of its width and height, from the top left.</summary>
public readonly record struct Point(int X, int Y)
{
    public const int Scale = 10_000;

    public static Point Centre { get; } = new(Scale / 2, Scale / 2);
}

/// <summary>What the camera sees at one moment: <see cref="CameraGeometry"/> makes pixels of it.</summary>
/// <param name="Centre">Where it looks; moved as little as needed so that the view stays inside the picture.</param>
/// <param name="Zoom">Ten-thousandths, 10000..40000: 10000 shows as much as <see cref="Fit"/> gives, 20000 half as wide.</param>
public readonly record struct CameraView(Point Centre, int Zoom)
{
    public static CameraView Whole { get; } = new(Point.Centre, Point.Scale);
}

public enum Easing
{
    Linear,

    /// <summary>Slow at both ends: smoothstep, 3t² − 2t³.</summary>
    Smooth,
}

/// <summary>A move over the whole time of the scene, transition included.</summary>
public sealed record Camera(CameraView From, CameraView To, Easing Easing)
{
    public static Camera Still { get; } = new(CameraView.Whole, CameraView.Whole, Easing.Linear);

    /// <summary>A move by its name, in place of the two views; null for the views.</summary>
    public CameraMove? Move { get; init; }
}
