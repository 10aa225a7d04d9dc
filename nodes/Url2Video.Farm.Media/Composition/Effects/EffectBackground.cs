using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A background with effects on it: text stands on what comes out, and is measured on it.</summary>
internal sealed class EffectBackground(IBackgroundRenderer background, IShotEffect[] effects) : IBackgroundRenderer
{
    public void Draw(long frame, YuvImage target)
    {
        background.Draw(frame, target);
        Apply(frame, target);
    }

    public void Glance(long frame, YuvImage target)
    {
        background.Glance(frame, target);
        Apply(frame, target);
    }

    public void Dispose()
    {
        background.Dispose();
        Array.ForEach(effects, e => e.Dispose());
    }

    private void Apply(long frame, YuvImage target)
    {
        foreach (var effect in effects)
        {
            effect.Draw(frame, target);
        }
    }
}
