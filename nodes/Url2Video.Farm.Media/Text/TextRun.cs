using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Text;

/// <summary>Text of one font. Tags tell words apart: their glyphs come as separate bitmaps.</summary>
internal readonly record struct TextRun(FontFace Face, string Text, int Tag);

/// <summary>A line in reading order; libass puts it into visual order.</summary>
/// <param name="Width">Pixels, rounded up.</param>
internal sealed record TextLine(ImmutableArray<TextRun> Runs, int Width);

/// <summary>Plain text with the tag its glyphs will carry.</summary>
internal readonly record struct TextSpan(string Text, int Tag = 0);

/// <summary>How a block of text is set; sizes in pixels.</summary>
/// <param name="EmMax">Size tried first.</param>
/// <param name="EmMin">Smallest size before text is cut.</param>
/// <param name="LineHeightThousandths">Of the em.</param>
internal sealed record TextStyle(string Family, bool IsBold, int EmMax, int EmMin, int LinesMax, int LineHeightThousandths = 1_200);

/// <summary>A block of text that fits its box.</summary>
/// <param name="LineHeight">Pixels from one baseline to the next.</param>
/// <param name="IsCut">Something had to be left out.</param>
/// <param name="IsRightToLeft">The direction of its first letter.</param>
internal sealed record LaidOutText(ImmutableArray<TextLine> Lines, int Em, int LineHeight, bool IsCut, bool IsRightToLeft)
{
    public int Width => Lines.IsEmpty ? 0 : Lines.Max(l => l.Width);

    public int Height => Lines.Length * LineHeight;

    /// <summary>From the top of a line to its baseline: capitals (0.71 em in most faces) then stand in its middle.</summary>
    public int Baseline => (LineHeight / 2) + (Em * 357 / 1000);
}
