using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>An upright view that moves over a picture.</summary>
internal interface IWindowPath
{
    /// <summary>The widest window of the whole move.</summary>
    long WidestQ32 { get; }

    /// <param name="frame">Counted from the start of the shot.</param>
    CropWindow At(long frame);
}

/// <summary>From pose to pose over all frames the shot is seen: the first frame is the start of the move and the last its end.</summary>
internal sealed class WholeShotPath(CameraPath path, long frames) : IWindowPath
{
    public long WidestQ32 => path.WidestQ32;

    public CropWindow At(long frame) => path.At(EasingCurve.At(Easing.Linear, frame, frames - 1));
}

/// <summary>From pose to pose in a time of its own.</summary>
internal sealed class ZoomPath(CameraPath path, MoveClock clock, FrameRate rate) : IWindowPath
{
    public long WidestQ32 => path.WidestQ32;

    // A curve that overshoots ends at the poses: beyond them nothing was promised to be in the picture.
    public CropWindow At(long frame) => path.At(Math.Clamp(clock.ShareAt(MoveClock.MicrosAt(frame, rate)), 0, EasingCurve.One));
}

/// <summary>Along a curve through points, in 2.30 fixed point.</summary>
internal sealed class TrackPath(
    ImmutableArray<PathPoint> points, CameraPath path, int pictureWidth, int pictureHeight, MoveClock clock, FrameRate rate) : IWindowPath
{
    public long WidestQ32 => path.WidestQ32;

    public CropWindow At(long frame)
    {
        var window = path.At(0);
        var (x, y) = PlaceAt(clock.ShareAt(MoveClock.MicrosAt(frame, rate)));
        return window with
        {
            XQ32 = Share(((long)pictureWidth << 32) - window.WidthQ32, x),
            YQ32 = Share(((long)pictureHeight << 32) - window.HeightQ32, y),
        };
    }

    /// <summary>Where on the curve a share of the move is, both of 2.30.</summary>
    internal (long X, long Y) PlaceAt(long share)
    {
        var along = Math.Clamp(share, 0, EasingCurve.One) * (points.Length - 1);
        var index = (int)Math.Min(along >> 30, points.Length - 2);
        var t = along - ((long)index << 30);
        var (a, b, c, d) = (Point(index - 1), Point(index), Point(index + 1), Point(index + 2));
        return (Curve(a.XMillionths, b.XMillionths, c.XMillionths, d.XMillionths, t),
            Curve(a.YMillionths, b.YMillionths, c.YMillionths, d.YMillionths, t));
    }

    // The curve goes on straight at both ends, so that it neither stops at them nor bends: two points make a line.
    private PathPoint Point(int index)
    {
        if ((uint)index < (uint)points.Length)
        {
            return points[index];
        }

        var (end, inner) = index < 0 ? (points[0], points[1]) : (points[^1], points[^2]);
        return new PathPoint((2 * end.XMillionths) - inner.XMillionths, (2 * end.YMillionths) - inner.YMillionths);
    }

    private static long Share(long room, long share) => (long)((Int128)room * share >> 30);

    // Catmull-Rom, millionths to 2.30: half of 2b + (c − a) t + (2a − 5b + 4c − d) t² + (3b − a − 3c + d) t³.
    private static long Curve(long a, long b, long c, long d, long t)
    {
        var sum = (Int128)((3 * b) - a - (3 * c) + d) * t;
        sum = (sum + ((Int128)((2 * a) - (5 * b) + (4 * c) - d) << 30)) * t >> 30;
        sum = (sum + ((Int128)(c - a) << 30)) * t >> 30;
        return (long)Math.Clamp((long)((sum + ((Int128)(2 * b) << 30)) / 2_000_000), 0, EasingCurve.One);
    }
}
