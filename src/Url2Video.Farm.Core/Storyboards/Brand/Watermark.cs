namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Where a mark stands in the frame.</summary>
public enum MarkAnchor
{
    /// <summary>The corner in which it hides least of the scene; decided for each scene from its own pictures.</summary>
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

/// <summary>A mark over the whole film: a picture or a line of text, one of the two. It keeps clear of burned-in captions.</summary>
/// <param name="Asset">Null for a text.</param>
/// <param name="Text">1..<see cref="CharsMax"/> characters; null for a picture.</param>
/// <param name="Margin">From the edges, ten-thousandths of the side that leads to them, 0..<see cref="MarginMax"/>.</param>
/// <param name="Width">Of a picture, and the most of a text; ten-thousandths of the shorter side, <see cref="WidthMin"/>..<see cref="WidthMax"/>.</param>
/// <param name="OpacityPercent">1..100.</param>
public sealed record Watermark(VisualAsset? Asset, string? Text, MarkAnchor Anchor, int Margin, int Width, int OpacityPercent)
{
    public const string Pointer = "/watermark/asset";

    public const int CharsMax = 80;

    public const int MarginMax = 2_000;

    /// <summary>EBU R 95: graphics stay 5 % off every edge.</summary>
    public const int MarginDefault = 500;

    public const int WidthMin = 200;

    public const int WidthMax = 5_000;

    public const int WidthDefault = 1_300;

    /// <summary>A line of text is longer than a picture is wide.</summary>
    public const int TextWidthDefault = 4_000;

    public const int OpacityPercentDefault = 70;
}
