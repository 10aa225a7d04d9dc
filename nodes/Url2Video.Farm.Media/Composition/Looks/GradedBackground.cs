using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A background under its look. Text lies above the look, so its colours are those of the brand; what it stands on is measured with it.
/// </summary>
internal sealed class GradedBackground(IBackgroundRenderer background, LookRenderer look) : IBackgroundRenderer
{
    public void Draw(long frame, YuvImage target)
    {
        background.Draw(frame, target);
        look.Apply(target, frame);
    }

    public void Glance(long frame, YuvImage target)
    {
        background.Glance(frame, target);
        look.Apply(target, frame);
    }

    public void Dispose()
    {
        background.Dispose();
        look.Dispose();
    }
}
