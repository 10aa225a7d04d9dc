using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>What follows a piece of text when it is read aloud.</summary>
public enum Pause
{
    None,
    Comma,
    Stop,
    Question,
    Exclamation,
    Paragraph,
}

/// <summary>A piece of the source text and how it is spoken: the map that lets captions show the source.</summary>
/// <param name="SourceStart">First UTF-16 unit in the source.</param>
/// <param name="SourceLength">UTF-16 units; the piece is what a caption shows, punctuation included.</param>
/// <param name="Words">Spoken words in order, at least one; each may end in a comma.</param>
/// <param name="After">What follows the last word.</param>
public sealed record SpokenUnit(int SourceStart, int SourceLength, ImmutableArray<string> Words, Pause After);
