using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Something that is painted over the background of a shot; any frame, in any order.</summary>
internal interface ISprite : IDisposable
{
    /// <param name="frame">Counted from the start of the shot.</param>
    void Draw(long frame, YuvImage target, MaskPainter painter);
}
