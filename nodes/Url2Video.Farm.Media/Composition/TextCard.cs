using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Something written on a shot. Text is plain text: nothing in it is markup.</summary>
/// <param name="StartFrame">First frame it is seen, counted from the start of the shot.</param>
/// <param name="EndFrame">First frame it is gone (it fades out before); <see cref="ToTheEnd"/> to stay.</param>
public abstract record TextCard(int StartFrame, int EndFrame)
{
    /// <summary>An end for a card that stays as long as its shot, and fades with it.</summary>
    public const int ToTheEnd = int.MaxValue;

    /// <summary>How its text comes; null for the card's own way.</summary>
    public TextMotion? Motion { get; init; }

    /// <summary>A headline that rises into place over 0.6 s.</summary>
    /// <param name="Kicker">A few words above, in the accent colour, or null.</param>
    /// <param name="Subtitle">A line or two below, or null.</param>
    public sealed record Title(int StartFrame, int EndFrame, string Text, string? Kicker = null, string? Subtitle = null,
        CardPlace Place = CardPlace.Centre)
        : TextCard(StartFrame, EndFrame);

    /// <summary>Points that appear one by one.</summary>
    public sealed record Bullets(int StartFrame, int EndFrame, string? Heading, ImmutableArray<BulletPoint> Points)
        : TextCard(StartFrame, EndFrame)
    {
        /// <summary>How the heading comes; <see cref="TextCard.Motion"/> is that of the points.</summary>
        public TextMotion? HeadingMotion { get; init; }
    }

    /// <summary>A name and what it is, boxed, bottom left.</summary>
    public sealed record LowerThird(int StartFrame, int EndFrame, string Text, string? Detail = null) : TextCard(StartFrame, EndFrame);

    /// <summary>Someone's words, and whose.</summary>
    public sealed record Quote(int StartFrame, int EndFrame, string Text, string? Source = null) : TextCard(StartFrame, EndFrame);

    /// <summary>A figure, large, and what it counts.</summary>
    public sealed record BigNumber(int StartFrame, int EndFrame, string Value, string Label) : TextCard(StartFrame, EndFrame);

    /// <summary>Figures as a picture that grows, under a heading.</summary>
    /// <param name="Values">2..<see cref="CompositionLimits.ChartValuesMax"/>, at least one above 0.</param>
    public sealed record Chart(int StartFrame, int EndFrame, ChartShape Shape, string Heading, ImmutableArray<ChartValue> Values)
        : TextCard(StartFrame, EndFrame);

    /// <summary>One line at a given place: for storyboards that lay out their own text.</summary>
    /// <param name="XMillionths">
    /// Of the frame's width: the left edge, middle or right edge of the line, as <paramref name="Align"/> says.
    /// </param>
    /// <param name="YMillionths">Of the frame's height: the top of the line box.</param>
    /// <param name="SizeMillionths">Em size, of the frame's shorter side.</param>
    /// <param name="RiseMillionths">How far it rises into place, of the frame's shorter side; 0 to only fade.</param>
    /// <param name="IsKeptReadable">Put a box under it where the background would swallow it.</param>
    public sealed record Placed(
        int StartFrame,
        int EndFrame,
        string Text,
        int XMillionths,
        int YMillionths,
        int SizeMillionths,
        Rgb Colour,
        LineAlign Align = LineAlign.Centre,
        bool IsBold = false,
        bool HasShadow = true,
        bool IsBoxed = false,
        int RiseMillionths = 0,
        int FadeInMilliseconds = 400,
        bool IsKeptReadable = true) : TextCard(StartFrame, EndFrame);
}

/// <param name="StartFrame">First frame the point is seen, counted from the start of the shot.</param>
public sealed record BulletPoint(string Text, int StartFrame);

public enum ChartShape
{
    Bar,
    Line,
    Donut,
}

/// <param name="Written">The value as it is read.</param>
/// <param name="Value">What it measures against the others; not negative.</param>
public sealed record ChartValue(string Label, string Written, long Value);

/// <summary>Where a card sits within the safe area.</summary>
public enum CardPlace
{
    Centre,
    Top,
    BottomLeft,
}
