using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture under a moving camera: over the whole frame, or whole in its middle over a blurred copy of itself.</summary>
internal sealed class PictureBackground : IBackgroundRenderer
{
    private readonly YuvImage _picture;
    private readonly IWindowPath _path;
    private readonly FrameSampler _sampler;
    private readonly PixelRect _area;

    private readonly BlurredFill? _fill;
    private readonly BrushedPicture? _brushed;

    private PictureBackground(
        YuvImage picture, BrushedPicture? brushed, IWindowPath path, RenderContext context, PixelRect area, BlurredFill? fill) =>
        (_picture, _brushed, _path, _sampler, _area, _fill) = (picture, brushed, path, context.Sampler, area, fill);

    /// <summary>Gives a picture the colours of another; null: its own.</summary>
    public static void Style(YuvImage image, PictureStyle? style, RenderContext context)
    {
        if (style is not null)
        {
            using var other = context.Pictures.Open(style.PictureId);
            StyleTransfer.Apply(image, other.Image, style.Percent, context.Lanes);
        }
    }

    /// <param name="frames">Length of the camera's move.</param>
    public static IBackgroundRenderer Create(Background.Picture background, long frames, RenderContext context)
    {
        var decoded = context.Pictures.Open(background.PictureId);
        if (decoded.Opacity is { } opacity)
        {
            PictureFitter.Flatten(decoded.Image, opacity, context.Theme);
            opacity.Dispose();
        }

        Style(decoded.Image, background.Style, context);
        var (width, height, image) = (context.Width, context.Height, decoded.Image);
        if (background.Motion is CameraMotion.Turn or CameraMotion.DollyZoom)
        {
            return new WarpBackground(image, background.Motion, background.Brushes, frames, context);
        }

        var isContained = background.Fit == PictureFit.Contain || PictureFitter.IsTooSmall(image, width, height);
        var area = isContained ? PictureFitter.Contained(image, width, height) : new PixelRect(0, 0, width, height);
        var fill = area.Width < width || area.Height < height ? new BlurredFill(image, context) : null;
        var picture = PictureFitter.Reduce(image, PathOver(image).WidestQ32, area.Width);
        var brushed = background.Brushes.IsEmpty ? null : new BrushedPicture(picture, background.Brushes, context);
        return new PictureBackground(picture, brushed, PathOver(picture), context, area, fill);

        IWindowPath PathOver(YuvImage over)
        {
            var (pose, rate) = (background.Camera, context.Rate);
            return background.Motion switch
            {
                CameraMotion.Zoom zoom => new ZoomPath(Over(new CameraMove(zoom.From, zoom.To)), zoom.Timing.ClockOf(frames, rate), rate),
                CameraMotion.Track track => new TrackPath(track.Path, Over(Still(track.ZoomMillionths)), over.Width, over.Height,
                    track.Timing.ClockOf(frames, rate), rate),
                _ => new WholeShotPath(Over(pose), frames),
            };

            CameraPath Over(CameraMove move) => new(move, over.Width, over.Height, area.Width, area.Height);
        }

        static CameraMove Still(int zoom) =>
            new(CameraPose.Whole with { ZoomMillionths = zoom }, CameraPose.Whole with { ZoomMillionths = zoom });
    }

    public void Draw(long frame, YuvImage target)
    {
        _fill?.Draw(target);

        _sampler.Draw(_brushed?.At(frame) ?? _picture, _path.At(frame), target, _area);
    }

    public void Dispose()
    {
        _picture.Dispose();
        _brushed?.Dispose();
        _fill?.Dispose();
    }
}
