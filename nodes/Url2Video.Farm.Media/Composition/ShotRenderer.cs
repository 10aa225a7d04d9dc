using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>One shot, prepared: draws any of its frames.</summary>
internal sealed class ShotRenderer : IDisposable
{
    private readonly IBackgroundRenderer _background;

    /// <param name="frames">How many frames the shot is seen, the transition after it included.</param>
    public ShotRenderer(Shot shot, long frames, RenderContext context)
    {
        _background = shot.Background switch
        {
            Background.Picture picture => PictureBackground.Create(picture, frames, context),
            Background.Solid solid => new SolidBackground(solid.Colour.ToYuv()),
            _ => throw new ArgumentException($"Not a background: {shot.Background}.", nameof(shot)),
        };
    }

    public void Draw(long frame, YuvImage target) => _background.Draw(frame, target);

    public void Dispose() => _background.Dispose();
}
