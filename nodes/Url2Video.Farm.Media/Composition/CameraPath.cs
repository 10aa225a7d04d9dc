using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Turns a camera move into windows of a picture, in exact integer arithmetic.</summary>
internal sealed class CameraPath
{
    private const long Million = 1_000_000;
    private readonly CameraMove _move;
    private readonly int _width, _height;
    private readonly long _coverWidthQ32, _coverHeightQ32;
    private readonly long _zoomMax;

    /// <param name="frameWidth">Of the frame, for its shape.</param>
    public CameraPath(CameraMove move, int pictureWidth, int pictureHeight, int frameWidth, int frameHeight)
    {
        (_move, _width, _height) = (move, pictureWidth, pictureHeight);
        var isWider = (long)pictureWidth * frameHeight > (long)pictureHeight * frameWidth;
        _coverWidthQ32 = isWider ? (long)(((Int128)pictureHeight * frameWidth << 32) / frameHeight) : (long)pictureWidth << 32;
        _coverHeightQ32 = isWider ? (long)pictureHeight << 32 : (long)(((Int128)pictureWidth * frameHeight << 32) / frameWidth);

        // A zoom goes no deeper than the picture's pixels allow.
        var limit = (long)((Int128)_coverWidthQ32 * CompositionLimits.UpscaleMaxThousandths * 1000 / ((Int128)frameWidth << 32));
        _zoomMax = Math.Clamp(limit, Million, 8 * Million);
    }

    /// <summary>The widest window of the whole move.</summary>
    public long WidestQ32 => (long)((Int128)_coverWidthQ32 * Million / Math.Min(Zoom(_move.Start), Zoom(_move.End)));

    /// <param name="share">0 at the start, <see cref="EasingCurve.One"/> at the end, before easing.</param>
    public CropWindow At(long share)
    {
        var eased = EasingCurve.Apply(_move.Easing, share);
        var zoomQ30 = EasingCurve.Between(Zoom(_move.Start) << 30, Zoom(_move.End) << 30, eased);
        var width = (long)(((Int128)_coverWidthQ32 * Million << 30) / zoomQ30);
        var height = (long)(((Int128)_coverHeightQ32 * Million << 30) / zoomQ30);
        var centreX = Centre(_move.Start.CentreXMillionths, _move.End.CentreXMillionths, eased, _width);
        var centreY = Centre(_move.Start.CentreYMillionths, _move.End.CentreYMillionths, eased, _height);
        return new CropWindow(
            Math.Clamp(centreX - (width >> 1), 0, ((long)_width << 32) - width),
            Math.Clamp(centreY - (height >> 1), 0, ((long)_height << 32) - height),
            width,
            height);
    }

    private long Zoom(CameraPose pose) => Math.Clamp(pose.ZoomMillionths, Million, _zoomMax);

    private static long Centre(int start, int end, long eased, int size) =>
        (long)((Int128)EasingCurve.Between((long)start << 30, (long)end << 30, eased) * size * 4 / Million);
}
