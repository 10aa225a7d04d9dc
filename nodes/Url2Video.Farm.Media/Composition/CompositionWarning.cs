namespace Url2Video.Farm.Media.Composition;

public enum CompositionWarningKind
{
    /// <summary>The family the theme asks for is not among the fonts.</summary>
    FontFamilyMissing,

    /// <summary>No font has a glyph for a character; it was left out.</summary>
    GlyphMissing,

    /// <summary>Text did not fit its box at the smallest size, or passed the limit, and was cut.</summary>
    TextCut,
}

/// <summary>Something that could not be shown as asked.</summary>
/// <param name="Detail">Names the character, font or text.</param>
public sealed record CompositionWarning(CompositionWarningKind Kind, string Detail);
