using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Changes a composed picture in place: a function of the frame's number and what is there, never of other frames.</summary>
internal interface IShotEffect : IDisposable
{
    /// <summary>Particles fall over text; everything else is part of the picture under it.</summary>
    bool IsOverText => false;

    /// <param name="frame">Counted from the start of the shot.</param>
    void Draw(long frame, YuvImage image);

    /// <summary>Most effects hold nothing.</summary>
    void IDisposable.Dispose()
    {
    }
}
