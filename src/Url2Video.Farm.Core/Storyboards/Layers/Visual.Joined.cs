using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

public abstract partial record Visual
{
    /// <summary>One colour.</summary>
    public sealed record Solid(Rgb Colour, string? Why, int? Score) : Visual(Why, Score);

    /// <summary>Two pictures that share the frame, to be compared.</summary>
    /// <param name="Left">Or the upper one.</param>
    /// <param name="Alt">What is seen, for people who cannot see it.</param>
    /// <param name="Labels">None, or one for each picture.</param>
    public sealed record Split(VisualAsset Left, VisualAsset Right, string Alt, ImmutableArray<string> Labels, string? Why, int? Score)
        : Visual(Why, Score)
    {
        public const int SweepMax = 16;

        public const int LabelCharsMax = 40;

        public const int DividerMax = 1_000;

        public Point LeftFocus { get; init; } = Point.Centre;

        public Point RightFocus { get; init; } = Point.Centre;

        public SplitArrangement Arrangement { get; init; }

        public SplitMode Mode { get; init; }

        /// <summary>Where the divider is, in ten-thousandths of the frame's width or height; before the first of <see cref="Sweep"/>.</summary>
        public int At { get; init; } = Point.Scale / 2;

        /// <summary>Where it goes, in order of time.</summary>
        public ImmutableArray<SplitKeyframe> Sweep { get; init => field = value.IsDefault ? [] : value; } = [];

        /// <summary>Ten-thousandths of the frame's shorter side; 0 for none.</summary>
        public int DividerWidth { get; init; } = 40;

        public Rgb DividerColour { get; init; } = new(255, 255, 255);
    }

    /// <summary>An object seen from all sides: pictures taken around it, one after another.</summary>
    /// <param name="Assets">2..<see cref="AssetsMax"/>, in order around the object.</param>
    public sealed record Spin(ImmutableArray<VisualAsset> Assets, string Alt, Fit Fit, string? Why, int? Score) : Visual(Why, Score)
    {
        /// <summary>Every five degrees.</summary>
        public const int AssetsMax = 72;

        public const int TurnsHundredthsMax = 2_000;

        /// <summary>Negative turns the other way.</summary>
        public int TurnsHundredths { get; init; } = 100;

        public int MsDelay { get; init; }

        /// <summary>Null: the whole time the scene is seen.</summary>
        public int? Ms { get; init; }

        public Curve Easing { get; init; } = Curve.Linear;

        /// <summary>How much of a picture's time is spent on fading to the next, percent.</summary>
        public int FadePercent { get; init; } = 100;
    }
}

public enum SplitArrangement
{
    SideBySide,
    Stacked,
}

public enum SplitMode
{
    /// <summary>Each picture is fitted to its own part of the frame.</summary>
    Beside,

    /// <summary>Both lie under the whole frame, and the divider wipes between them: before and after.</summary>
    Slide,
}

/// <param name="MsAt">After the scene's first frame.</param>
/// <param name="At">Ten-thousandths.</param>
public readonly record struct SplitKeyframe(int MsAt, int At, Curve Easing);
