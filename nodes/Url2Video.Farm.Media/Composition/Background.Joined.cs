using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

public abstract partial record Background
{
    /// <summary>Two pictures that share the frame; what divides them may move.</summary>
    /// <param name="First">Left, or above; only its picture and where it is looked at are used.</param>
    /// <param name="Keys">Where the divider is, in order of time; at least one.</param>
    public sealed record Split(Picture First, Picture Second, ImmutableArray<SplitKey> Keys) : Background
    {
        /// <summary>A way of sixteen, and where it begins.</summary>
        public const int KeysMax = 17;

        /// <summary>One above the other.</summary>
        public bool IsStacked { get; init; }

        /// <summary>Each picture is fitted to its own part; else both lie under the whole frame and the divider wipes between them.</summary>
        public bool IsBeside { get; init; }

        /// <summary>Of the frame's shorter side, 0..100,000.</summary>
        public int DividerMillionths { get; init; } = 4_000;

        public Rgb DividerColour { get; init; } = new(255, 255, 255);
    }

    /// <summary>An object seen from all sides: pictures taken around it, one after another.</summary>
    /// <param name="PictureIds">2..<see cref="PicturesMax"/>, in order around the object.</param>
    /// <param name="TurnsHundredths">Whole turns times 100; negative to turn the other way.</param>
    public sealed record Spin(ImmutableArray<string> PictureIds, int TurnsHundredths) : Background
    {
        /// <summary>Every five degrees.</summary>
        public const int PicturesMax = 72;

        public PictureFit Fit { get; init; }

        /// <summary>Milliseconds before it begins to turn.</summary>
        public int Delay { get; init; }

        /// <summary>Milliseconds; null: until the last frame the shot is seen.</summary>
        public int? Length { get; init; }

        public CubicBezier Ease { get; init; } = CubicBezier.Linear;

        /// <summary>Of the time a picture has: how much of it is spent on fading to the next, 0..100.</summary>
        public int FadePercent { get; init; } = 100;
    }
}

/// <param name="Millis">After the shot's first frame; above that of the key before.</param>
/// <param name="AtMillionths">Of the frame's width, or height where one picture lies above the other, 0..1,000,000.</param>
public readonly record struct SplitKey(int Millis, int AtMillionths, CubicBezier Ease);
