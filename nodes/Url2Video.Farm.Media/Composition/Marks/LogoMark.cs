namespace Url2Video.Farm.Media.Composition;

/// <summary>Where a mark stands in the frame.</summary>
public enum MarkAnchor
{
    /// <summary>In each shot the corner in which there is least to see.</summary>
    Auto,
    TopLeft,
    Top,
    TopRight,
    Left,
    Centre,
    Right,
    BottomLeft,
    Bottom,
    BottomRight,
}

/// <summary>A mark over the film, for its length: a picture, or a line of text.</summary>
/// <param name="PictureId">Passed to <see cref="IPictureSource.Open"/>; a picture without opacity shows as a rectangle. Not looked at when there is a text.</param>
/// <param name="WidthMillionths">Of the frame's shorter side, 20,000..500,000; the most that a text may have.</param>
/// <param name="OpacityPercent">1..100.</param>
public sealed record LogoMark(string PictureId, MarkAnchor Anchor = MarkAnchor.TopRight, int WidthMillionths = 130_000, int OpacityPercent = 90)
{
    /// <summary>Written in place of the picture; null for the picture.</summary>
    public string? Text { get; init; }

    /// <summary>From the edges, millionths of the side that leads to them, 0..200,000; EBU R 95 keeps graphics 5 % off.</summary>
    public int MarginMillionths { get; init; } = 50_000;
}
