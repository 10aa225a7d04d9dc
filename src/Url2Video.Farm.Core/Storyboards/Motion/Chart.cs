using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

public enum ChartType
{
    /// <summary>A bar for each value, one under the other.</summary>
    Bar,

    /// <summary>Values in a row, joined.</summary>
    Line,

    /// <summary>Parts of a whole.</summary>
    Donut,
}

/// <summary>Figures to be drawn.</summary>
/// <param name="Unit">Written behind each value; empty for none.</param>
public sealed record Chart(ChartType Type, ImmutableArray<ChartDatum> Data, string Unit)
{
    public const int DataMin = 2;

    /// <summary>More is not taken in by somebody who sees it for a few seconds.</summary>
    public const int DataMax = 8;

    public const int LabelCharsMax = 40;

    public const int UnitCharsMax = 8;
}

/// <param name="Hundredths">The value, 0..<see cref="HundredthsMax"/>.</param>
public readonly record struct ChartDatum(string Label, int Hundredths)
{
    public const int HundredthsMax = 1_000_000_000;
}
