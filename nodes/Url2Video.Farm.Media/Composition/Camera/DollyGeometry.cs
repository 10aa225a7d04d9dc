using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Two scales about one point: one near it, another far from it, and a smooth change between.</summary>
/// <param name="X">The point in the frame.</param>
/// <param name="AtX">The point in the source.</param>
/// <param name="Near">Source pixels to a pixel of the frame up to <paramref name="Inner"/> from the point.</param>
/// <param name="Far">Likewise beyond <paramref name="Outer"/>.</param>
internal readonly record struct RadialWarp(double X, double Y, double AtX, double AtY, double Near, double Far, double Inner, double Outer)
    : IWarp
{
    private double ScaleX { get; init; } = 1;

    private double ScaleY { get; init; } = 1;

    public (double X, double Y) At(double x, double y)
    {
        var (dx, dy) = (x - X, y - Y);
        var t = Math.Clamp((Math.Sqrt((dx * dx) + (dy * dy)) - Inner) / (Outer - Inner), 0, 1);
        var step = Near + ((Far - Near) * (t * t * (3 - (2 * t))));
        return (AtX + (dx * step * ScaleX), AtY + (dy * step * ScaleY));
    }

    /// <summary>The same for a copy of the source of another size.</summary>
    public RadialWarp Scaled(double x, double y) =>
        this with { AtX = ((AtX + 0.5) * x) - 0.5, AtY = ((AtY + 0.5) * y) - 0.5, ScaleX = x, ScaleY = y };
}

/// <summary>
/// A camera that travels while its lens holds the subject. With the subject at distance d and the background b behind it, a lens
/// of focal length f · d / d0 shows the subject unchanged and the background at (d / d0) · (d0 + b) / (d + b) of its size.
/// </summary>
internal sealed class DollyGeometry
{
    private readonly CameraMotion.DollyZoom _move;
    private readonly double _near, _inner;
    private readonly (double X, double Y) _frame, _source;

    /// <param name="width">Of the frame.</param>
    public DollyGeometry(CameraMotion.DollyZoom move, int pictureWidth, int pictureHeight, int width, int height)
    {
        _move = move;
        var pose = move.Subject with { ZoomMillionths = 1_000_000 };
        var window = new CameraPath(new CameraMove(pose, pose), pictureWidth, pictureHeight, width, height).At(0);
        var whole = window.WidthQ32 / (double)(1L << 32) / width;

        // The widest view is all that the picture has; the subject then is as large as it stays.
        _near = whole * Math.Min(1, BackgroundAt(EasingCurve.One));
        _source = (pictureWidth * (pose.CentreXMillionths / 1e6), pictureHeight * (pose.CentreYMillionths / 1e6));
        _frame = ((_source.X - (window.XQ32 / (double)(1L << 32))) / whole, (_source.Y - (window.YQ32 / (double)(1L << 32))) / whole);
        _inner = Math.Min(width, height) * (move.SubjectMillionths / 2e6);
        Step = whole;
    }

    /// <summary>Source pixels to a pixel of the frame in the widest view.</summary>
    public double Step { get; }

    /// <summary>The size of the background, 1 at the start.</summary>
    public double BackgroundAt(long done)
    {
        var distance = _move.FromCm + ((_move.ToCm - _move.FromCm) * (Math.Clamp(done, 0, EasingCurve.One) / (double)EasingCurve.One));
        return distance / _move.FromCm * (_move.FromCm + (double)_move.BackgroundCm) / (distance + _move.BackgroundCm);
    }

    /// <param name="done">The share of the move, 2.30.</param>
    public RadialWarp At(long done) => new(
        _frame.X - 0.5, _frame.Y - 0.5, _source.X - 0.5, _source.Y - 0.5, _near, _near / BackgroundAt(done), _inner, 3 * _inner);
}
