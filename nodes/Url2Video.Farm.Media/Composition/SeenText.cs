using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

public enum SeenKind
{
    Card,
    Caption,
    Logo,
}

/// <summary>Which text it is: the same in every frame that shows it.</summary>
/// <param name="Shot">Number of the shot; −1 for what is of the film.</param>
/// <param name="Number">Of a card's text its place in the shot, of a caption its first frame.</param>
public readonly record struct SeenKey(SeenKind Kind, int Shot, long Number);

/// <summary>A text or logo that stands still on a frame, all of it.</summary>
/// <param name="Colour">Of the letters.</param>
public sealed record SeenText(SeenKey Key, PixelRect Place, Yuv Colour);

/// <summary>A text of a shot as it was laid out.</summary>
/// <param name="IsAtRest">Whether at a frame of the shot it is all there, in its place.</param>
internal sealed record LaidText(PixelRect Place, Yuv Colour, Func<long, bool> IsAtRest);
