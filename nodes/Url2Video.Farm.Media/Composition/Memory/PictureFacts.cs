namespace Url2Video.Farm.Media.Composition;

/// <summary>What the header of a picture tells of the memory it wants.</summary>
/// <param name="Width">As <see cref="IPictureSource.Open"/> gives it; so is the height.</param>
/// <param name="DecodeBytes">The most that decoding it takes for a moment, the result apart.</param>
/// <param name="HasOpacity">It may have holes.</param>
public readonly record struct PictureFacts(int Width, int Height, long DecodeBytes = 0, bool HasOpacity = false);
