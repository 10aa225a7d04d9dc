using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Draws every pixel of a frame.</summary>
internal interface IBackgroundRenderer : IDisposable
{
    /// <param name="frame">Counted from the start of the shot.</param>
    void Draw(long frame, YuvImage target);
}

internal sealed class SolidBackground(Yuv colour) : IBackgroundRenderer
{
    public void Draw(long frame, YuvImage target) => target.Fill(colour.Y, colour.U, colour.V);

    public void Dispose()
    {
    }
}
