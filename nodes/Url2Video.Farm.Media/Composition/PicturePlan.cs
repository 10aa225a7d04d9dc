using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Where in a frame a picture is drawn and how much of it is kept for that: no more than its camera can show. Pure.</summary>
/// <param name="HasFill">Something of the frame is left beside it.</param>
/// <param name="Width">That the picture is brought to; so is the height.</param>
internal readonly record struct PicturePlan(PixelRect Area, bool HasFill, int Width, int Height)
{
    /// <param name="pictureWidth">As it was decoded.</param>
    /// <param name="frameWidth">Of the frame, or of the box that is a frame to it.</param>
    public static PicturePlan Of(Background.Picture background, int pictureWidth, int pictureHeight, int frameWidth, int frameHeight)
    {
        var whole = new PixelRect(0, 0, frameWidth, frameHeight);
        if (StepOf(background, pictureWidth, pictureHeight, frameWidth, frameHeight) is { } step)
        {
            var (bentWidth, bentHeight) = PictureFitter.ReducedSize(pictureWidth, pictureHeight, step);
            return new PicturePlan(whole, false, bentWidth, bentHeight);
        }

        var isContained = background.Fit == PictureFit.Contain || PictureFitter.IsTooSmall(pictureWidth, pictureHeight, frameWidth, frameHeight);
        var area = isContained ? PictureFitter.Contained(pictureWidth, pictureHeight, frameWidth, frameHeight) : whole;
        var widest = new CameraPath(MoveOf(background), pictureWidth, pictureHeight, area.Width, area.Height).WidestQ32;
        var (width, height) = PictureFitter.ReducedSize(pictureWidth, pictureHeight, widest, area.Width);
        return new PicturePlan(area, area.Width < frameWidth || area.Height < frameHeight, width, height);
    }

    /// <summary>The move of an upright camera as two poses; on a track it goes past all of the picture at one zoom.</summary>
    public static CameraMove MoveOf(Background.Picture background)
    {
        return background.Motion switch
        {
            CameraMotion.Zoom zoom => new CameraMove(zoom.From, zoom.To),
            CameraMotion.Track track => Still(track.ZoomMillionths),
            _ => background.Camera,
        };

        static CameraMove Still(int zoom) => new(CameraPose.Whole with { ZoomMillionths = zoom }, CameraPose.Whole with { ZoomMillionths = zoom });
    }

    // Null for a camera that stays upright.
    private static double? StepOf(Background.Picture background, int pictureWidth, int pictureHeight, int frameWidth, int frameHeight) => background.Motion switch
    {
        CameraMotion.Turn turn => new TurnGeometry(turn, pictureWidth, pictureHeight, frameWidth, frameHeight).Step,
        CameraMotion.DollyZoom dolly => new DollyGeometry(dolly, pictureWidth, pictureHeight, frameWidth, frameHeight).Step,
        _ => null,
    };
}
