using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A picture that fills the frame under a moving camera.</summary>
internal sealed class PictureBackground : IBackgroundRenderer
{
    private readonly YuvImage _picture;
    private readonly CameraPath _path;
    private readonly long _frames;
    private readonly FrameSampler _sampler;
    private readonly PixelRect _area;

    private PictureBackground(YuvImage picture, CameraPath path, long frames, RenderContext context)
    {
        (_picture, _path, _frames, _sampler) = (picture, path, frames, context.Sampler);
        _area = new PixelRect(0, 0, context.Width, context.Height);
    }

    /// <param name="frames">Length of the camera's move.</param>
    public static IBackgroundRenderer Create(Background.Picture background, long frames, RenderContext context)
    {
        var decoded = context.Pictures.Open(background.PictureId);
        decoded.Opacity?.Dispose();
        var picture = PictureFitter.Reduce(decoded.Image, background.Camera, context.Width, context.Height);
        var path = new CameraPath(background.Camera, picture.Width, picture.Height, context.Width, context.Height);
        return new PictureBackground(picture, path, frames, context);
    }

    public void Draw(long frame, YuvImage target)
    {
        // The first frame is the start of the move and the last its end.
        var share = EasingCurve.At(Easing.Linear, frame, _frames - 1);
        _sampler.Draw(_picture, _path.At(share), target, _area);
    }

    public void Dispose() => _picture.Dispose();
}
