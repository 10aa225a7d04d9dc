using AngleSharp.Dom;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>A block of a page before anybody judged it.</summary>
/// <param name="LinkChars">How many of its characters are link text.</param>
internal sealed record RawBlock(BlockKind Kind, int Level, string Text, int LinkChars, IElement Element)
{
    public double LinkDensity => Text.Length == 0 ? 0 : Math.Min(1, LinkChars / (double)Text.Length);

    public bool IsProse => Kind is BlockKind.Paragraph or BlockKind.Quote or BlockKind.ListItem;
}

/// <summary>An image where it stands in a page, not yet fetched.</summary>
/// <param name="After">How many raw blocks stand before it.</param>
internal sealed record RawImage(string Reference, string Alt, string Caption, int After, int? Width, int? Height, int Rank);
