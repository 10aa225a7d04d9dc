using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Out of focus and sharp again. Mixing and blurring change places freely, so the mix is blurred once.</summary>
internal sealed class FocusTransitions(int width, int height, Lanes lanes) : IDisposable
{
    private readonly SoftBlur _blur = new(width, height, lanes);

    public void Draw(YuvImage from, YuvImage to, int weight, YuvImage target)
    {
        ImageBlend.CrossFade(from, to, Steep.Middle(weight), target, lanes);
        var radius = (int)((long)Math.Min(height / 24, SoftBlur.RadiusMax) * Steep.Bump(weight) / FixedPoint.One15);
        _blur.Apply(target, radius, passes: 2);
    }

    public void Dispose() => _blur.Dispose();
}
