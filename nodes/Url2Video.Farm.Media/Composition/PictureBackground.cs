using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture under a moving camera: over the whole frame, or whole in its middle over a blurred copy of itself.</summary>
internal sealed class PictureBackground : IBackgroundRenderer
{
    private readonly YuvImage _picture;
    private readonly CameraPath _path;
    private readonly long _frames;
    private readonly FrameSampler _sampler;
    private readonly PixelRect _area;

    private readonly BlurredFill? _fill;

    private PictureBackground(YuvImage picture, CameraPath path, long frames, RenderContext context, PixelRect area, BlurredFill? fill) =>
        (_picture, _path, _frames, _sampler, _area, _fill) = (picture, path, frames, context.Sampler, area, fill);

    /// <param name="frames">Length of the camera's move.</param>
    public static PictureBackground Create(Background.Picture background, long frames, RenderContext context)
    {
        var decoded = context.Pictures.Open(background.PictureId);
        if (decoded.Opacity is { } opacity)
        {
            PictureFitter.Flatten(decoded.Image, opacity, context.Theme);
            opacity.Dispose();
        }

        var (width, height, image) = (context.Width, context.Height, decoded.Image);
        var isContained = background.Fit == PictureFit.Contain || PictureFitter.IsTooSmall(image, width, height);
        var area = isContained ? PictureFitter.Contained(image, width, height) : new PixelRect(0, 0, width, height);
        var fill = area.Width < width || area.Height < height ? new BlurredFill(image, context) : null;
        var picture = PictureFitter.Reduce(image, background.Camera, area.Width, area.Height);
        var path = new CameraPath(background.Camera, picture.Width, picture.Height, area.Width, area.Height);
        return new PictureBackground(picture, path, frames, context, area, fill);
    }

    public void Draw(long frame, YuvImage target)
    {
        _fill?.Draw(target);

        // The first frame is the start of the move and the last its end.
        var share = EasingCurve.At(Easing.Linear, frame, _frames - 1);
        _sampler.Draw(_picture, _path.At(share), target, _area);
    }

    public void Dispose()
    {
        _picture.Dispose();
        _fill?.Dispose();
    }
}
