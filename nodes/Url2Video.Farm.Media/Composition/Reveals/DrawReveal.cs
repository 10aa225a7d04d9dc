using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Outlines first, then the filling.</summary>
internal sealed class DrawReveal(LogoPicture logo, LogoPainter painter) : IReveal
{
    /// <summary>Percent of the time in which the pen goes round.</summary>
    private const int PenPercent = 65;

    private readonly Plane8 _outlines = LogoOutlines.Of(logo);
    private readonly Plane8 _order = LogoOutlines.OrderOf(logo.Width, logo.Height);

    public void Draw(YuvImage target, int x, int y, long time)
    {
        var pen = EasingCurve.Apply(Easing.Smooth, Math.Min(EasingCurve.One, time * 100 / PenPercent));
        var rest = Math.Max(0, time - (EasingCurve.One * PenPercent / 100)) * 100 / (100 - PenPercent);
        var filled = (int)(EasingCurve.Apply(Easing.Smooth, Math.Min(EasingCurve.One, rest)) * 255 >> 30);
        var weight = new DrawWeight(_outlines, _order, (int)(pen * DrawWeight.DrawnMax >> 30), filled);
        painter.Paint(target, new LogoPlacement((long)x << 16, (long)y << 16, LogoPlacement.OwnSize), logo.Whole, weight, FixedPoint.One15);
    }

    public void Dispose()
    {
        _outlines.Dispose();
        _order.Dispose();
    }
}
