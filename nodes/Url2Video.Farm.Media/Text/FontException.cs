namespace Url2Video.Farm.Media.Text;

public enum FontErrorKind
{
    /// <summary>None of the directories holds a font.</summary>
    NoFonts,

    /// <summary>A font file cannot be read as a font.</summary>
    Unreadable,

    /// <summary>libass or HarfBuzz is not installed or refused to start.</summary>
    NoTextEngine,
}

/// <summary>Text cannot be set at all.</summary>
public sealed class FontException(FontErrorKind kind, string message) : Exception(message)
{
    public FontErrorKind Kind { get; } = kind;
}
