using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture under a moving camera: over the whole frame, or whole in its middle over a blurred copy of itself.</summary>
internal sealed class PictureBackground : IBackgroundRenderer
{
    private readonly Lease<YuvImage> _picture;
    private readonly IWindowPath _path;
    private readonly FrameSampler _sampler;
    private readonly PixelRect _area;

    private readonly BlurredFill? _fill;
    private readonly BrushedPicture? _brushed;

    private PictureBackground(
        Lease<YuvImage> picture, BrushedPicture? brushed, IWindowPath path, RenderContext context, PixelRect area, BlurredFill? fill) =>
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
        using var opening = new PictureOpening(background, context);
        var (original, plan) = (opening.Size, opening.Plan);
        var fill = plan.HasFill ? new BlurredFill(opening.Image, context) : null;
        var picture = opening.Reduced();
        if (background.Motion is CameraMotion.Turn or CameraMotion.DollyZoom)
        {
            return new WarpBackground(picture, original, background.Motion, background.Brushes, frames, context);
        }

        var brushed = background.Brushes.IsEmpty ? null : new BrushedPicture(picture.Value, background.Brushes, context);
        var path = new CameraPath(PicturePlan.MoveOf(background), picture.Value.Width, picture.Value.Height, plan.Area.Width, plan.Area.Height);
        return new PictureBackground(picture, brushed, PathAlong(path), context, plan.Area, fill);

        IWindowPath PathAlong(CameraPath over) => background.Motion switch
        {
            CameraMotion.Zoom zoom => new ZoomPath(over, zoom.Timing.ClockOf(frames, context.Rate), context.Rate),
            CameraMotion.Track track => new TrackPath(
                track.Path, over, picture.Value.Width, picture.Value.Height, track.Timing.ClockOf(frames, context.Rate), context.Rate),
            _ => new WholeShotPath(over, frames),
        };
    }

    public void Draw(long frame, YuvImage target)
    {
        _fill?.Draw(target);

        _sampler.Draw(_brushed?.At(frame) ?? _picture.Value, _path.At(frame), target, _area);
    }

    public void Dispose()
    {
        _picture.Dispose();
        _brushed?.Dispose();
        _fill?.Dispose();
    }
}
