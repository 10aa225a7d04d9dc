using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A plane seen through a lens: source = centre + distance · (X / Z, Y / Z), with X, Y and Z linear in the pixel.</summary>
internal readonly record struct PlaneWarp(
    double CentreX, double CentreY, double Xx, double Xy, double X0, double Yx, double Yy, double Y0, double Zx, double Zy, double Z0) : IWarp
{
    public (double X, double Y) At(double x, double y)
    {
        var z = (Zx * x) + (Zy * y) + Z0;
        return (CentreX + (((Xx * x) + (Xy * y) + X0) / z), CentreY + (((Yx * x) + (Yy * y) + Y0) / z));
    }

    /// <summary>The same for a copy of the source of another size.</summary>
    public PlaneWarp Scaled(double x, double y) => new(
        ((CentreX + 0.5) * x) - 0.5, ((CentreY + 0.5) * y) - 0.5, Xx * x, Xy * x, X0 * x, Yx * y, Yy * y, Y0 * y, Zx, Zy, Z0);
}

/// <summary>
/// A camera that turns before a flat picture. Additions, multiplications, divisions and square roots only, in a fixed order, so that
/// every machine gets the same bits.
/// </summary>
internal sealed class TurnGeometry
{
    private const int Samples = 64;

    /// <summary>What is used of the picture: between the moments that are tried, a curve may reach a little farther.</summary>
    private const double Used = 0.998;

    private readonly TurnAxis _axis;
    private readonly double _turns, _focal, _distance;
    private readonly int _pictureWidth, _pictureHeight, _width, _height;

    /// <param name="width">Of the frame.</param>
    public TurnGeometry(CameraMotion.Turn turn, int pictureWidth, int pictureHeight, int width, int height)
    {
        (_axis, _turns) = (turn.Axis, turn.DegreesHundredths / 36_000.0);
        (_pictureWidth, _pictureHeight, _width, _height) = (pictureWidth, pictureHeight, width, height);
        var halfView = turn.FieldOfViewHundredths / 72_000.0;
        _focal = width / 2.0 * StrictMath.CosTurns(halfView) / StrictMath.SinTurns(halfView);
        _distance = Distance(turn.Timing.Ease);
    }

    /// <summary>Source pixels to a pixel of the frame where the camera looks straight at the picture.</summary>
    public double Step => _distance / _focal;

    /// <param name="done">The share of the move, 2.30.</param>
    public PlaneWarp At(long done) => Warp(AngleAt(done), _distance);

    /// <summary>
    /// The angle in turns. All but a roll begin half of it to the other side, so that the picture is met straight in the middle of the move.
    /// </summary>
    private double AngleAt(long done)
    {
        var share = Math.Clamp(done, 0, EasingCurve.One) / (double)EasingCurve.One; // A curve that shoots over must not turn the camera past the picture's edge.
        return _turns * (_axis == TurnAxis.Roll ? share : share - 0.5);
    }

    /// <summary>How far the picture must hang away so that it fills the frame at every moment of the move.</summary>
    private double Distance(CubicBezier ease)
    {
        double reachX = 0, reachY = 0;
        for (var sample = 0; sample <= Samples; sample++)
        {
            var warp = Warp(AngleAt(ease.Apply(EasingCurve.One / Samples * sample)), 1) with { CentreX = 0, CentreY = 0 };
            foreach (var (x, y) in ((double, double)[])[(-0.5, -0.5), (_width - 0.5, -0.5), (-0.5, _height - 0.5), (_width - 0.5, _height - 0.5)])
            {
                var (atX, atY) = warp.At(x, y);
                (reachX, reachY) = (Math.Max(reachX, Math.Abs(atX)), Math.Max(reachY, Math.Abs(atY)));
            }
        }

        return Math.Min(_pictureWidth * Used / (2 * reachX), _pictureHeight * Used / (2 * reachY));
    }

    private PlaneWarp Warp(double turns, double distance)
    {
        // A ray of the camera is ((x − cx) / f, (y − cy) / f, 1), y down, before the camera is turned.
        var (sin, cos) = (StrictMath.SinTurns(turns), StrictMath.CosTurns(turns));
        var (scale, rayX, rayY) = (1 / _focal, (0.5 - (_width / 2.0)) / _focal, (0.5 - (_height / 2.0)) / _focal);
        var (centreX, centreY) = ((_pictureWidth / 2.0) - 0.5, (_pictureHeight / 2.0) - 0.5);
        var d = distance;
        return _axis switch
        {
            // X = x cos + sin, Z = cos − x sin.
            TurnAxis.Pan => new PlaneWarp(centreX, centreY,
                d * scale * cos, 0, d * ((rayX * cos) + sin), 0, d * scale, d * rayY, -scale * sin, 0, cos - (rayX * sin)),

            // Up is towards smaller y: Y = y cos − sin, Z = cos + y sin.
            TurnAxis.Tilt => new PlaneWarp(centreX, centreY,
                d * scale, 0, d * rayX, 0, d * scale * cos, d * ((rayY * cos) - sin), 0, scale * sin, cos + (rayY * sin)),
            TurnAxis.Roll => new PlaneWarp(centreX, centreY,
                d * scale * cos, -d * scale * sin, d * ((rayX * cos) - (rayY * sin)),
                d * scale * sin, d * scale * cos, d * ((rayX * sin) + (rayY * cos)), 0, 0, 1),

            // The camera stands at (sin, 0, 1 − cos) and looks at (0, 0, 1): X / Z = x / (cos + x sin), Y / Z = y cos / (cos + x sin).
            _ => new PlaneWarp(centreX, centreY, d * scale, 0, d * rayX, 0, d * scale * cos, d * rayY * cos, scale * sin, 0, cos + (rayX * sin)),
        };
    }
}
