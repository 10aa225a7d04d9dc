using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Draws every pixel of a frame.</summary>
internal interface IBackgroundRenderer : IDisposable
{
    /// <param name="frame">Counted from the start of the shot.</param>
    void Draw(long frame, YuvImage target);

    /// <summary>As <see cref="Draw"/>, or something like it that is much cheaper where frames are dear to reach; the same whenever it is asked for.</summary>
    void Glance(long frame, YuvImage target) => Draw(frame, target);
}

internal sealed class SolidBackground(Yuv colour) : IBackgroundRenderer
{
    public void Draw(long frame, YuvImage target) => target.Fill(colour.Y, colour.U, colour.V);

    public void Dispose()
    {
    }
}
