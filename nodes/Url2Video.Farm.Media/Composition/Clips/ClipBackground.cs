using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A clip that plays under a moving camera: over the whole frame, or whole in its middle over a blurred still of itself.</summary>
internal sealed class ClipBackground : IBackgroundRenderer
{
    /// <summary>A camera that moves finds a little more than a pixel for each of the frame's; one that rests finds exactly one.</summary>
    private const int MovingThousandths = 1_125;
    private const int RestingThousandths = 1_000;

    private readonly ClipFile _clip;
    private readonly ClipClock _clock;
    private readonly WholeShotPath _path;
    private readonly FrameSampler _sampler;
    private readonly PixelRect _area;
    private readonly BlurredFill? _fill;

    /// <param name="frames">How many the shot is seen: the length of the camera's move.</param>
    public ClipBackground(Background.Clip background, long frames, RenderContext context)
    {
        _clip = context.Pictures.OpenClip(background);
        try
        {
            var (width, height) = (context.Width, context.Height);
            _clock = _clip.ClockOf(background.Part, context.Rate);
            _sampler = context.Sampler;
            var isContained = background.Fit == PictureFit.Contain || PictureFitter.IsTooSmall(_clip.Width, _clip.Height, width, height);
            _area = isContained ? PictureFitter.Contained(_clip.Width, _clip.Height, width, height) : new PixelRect(0, 0, width, height);
            var isResting = background.Camera.Start == background.Camera.End;
            var (w, h) = PictureFitter.Reduced(
                _clip.Width, _clip.Height, PathOver(_clip.Width, _clip.Height).WidestQ32, _area.Width, isResting ? RestingThousandths : MovingThousandths);
            _clip.Prepare(w, h, context.Theme.Ink);
            _path = new WholeShotPath(PathOver(w, h), frames);
            _fill = _area.Width < width || _area.Height < height ? new BlurredFill(_clip.PictureNear(_clock.TickAt(0)), context) : null;
        }
        catch
        {
            _clip.Dispose();
            throw;
        }

        CameraPath PathOver(int w, int h) => new(background.Camera, w, h, _area.Width, _area.Height);
    }

    public void Draw(long frame, YuvImage target) => Draw(_clip.PictureAt(_clock.TickAt(frame)), frame, target);

    // The key picture before: reaching the very one may take seconds of decoding, for a look at how light it is.
    public void Glance(long frame, YuvImage target) => Draw(_clip.PictureNear(_clock.TickAt(frame)), frame, target);

    public void Dispose()
    {
        _fill?.Dispose();
        _clip.Dispose();
    }

    private void Draw(YuvImage picture, long frame, YuvImage target)
    {
        _fill?.Draw(target);
        _sampler.Draw(picture, _path.At(frame), target, _area);
    }
}
