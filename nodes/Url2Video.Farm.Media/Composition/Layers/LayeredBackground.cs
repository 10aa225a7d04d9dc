using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A background with layers over it, in their order: look, effects and text see them as part of the picture.</summary>
internal sealed class LayeredBackground(IBackgroundRenderer background, LayerRenderer[] layers) : IBackgroundRenderer
{
    public void Draw(long frame, YuvImage target)
    {
        background.Draw(frame, target);
        foreach (var layer in layers)
        {
            layer.Draw(frame, target);
        }
    }

    public void Glance(long frame, YuvImage target)
    {
        background.Glance(frame, target);
        foreach (var layer in layers)
        {
            layer.Glance(frame, target);
        }
    }

    public void Dispose()
    {
        background.Dispose();
        Array.ForEach(layers, l => l.Dispose());
    }
}
